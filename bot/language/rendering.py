"""A screen in words: the only place where ids become sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from bot.core.desk import Refusal
from bot.core.knowledge import Book
from bot.core.letters import StatusView, View
from bot.core.move import Reply
from bot.core.screens import (
    AnswersBody,
    ConsentBody,
    DeskBody,
    DistrictsBody,
    DoorBody,
    HumanBody,
    MenuBody,
    OfficesBody,
    OutsideBody,
    QuestionBody,
    ReasonsBody,
    ResultBody,
    Screen,
    ShareBody,
    WhichPlaceBody,
    WhyBody,
)
from bot.core.state import Note
from bot.core.team_views import TeamView, WelcomeView, Word
from bot.language import doors, formats, letters, pages, questions, reasons, toasts
from bot.language.catalogues import Catalogue
from bot.language.consent import consent
from bot.language.keyboards import Row, finished
from bot.language.speaker import Speaker
from bot.message import Message, Picture, Style, Writer


@dataclass(frozen=True, slots=True)
class Renderer:
    catalogues: Mapping[str, Catalogue]
    bot_name: str
    demonstration: bool = False
    """Every letter says so first."""

    def speaker(self, language: str, book: Book) -> Speaker:
        known = language if language in self.catalogues else "en"
        return Speaker(self.catalogues[known], book, self.bot_name)

    def render(self, screen: Screen, book: Book) -> Message:
        speaker = self.speaker(screen.language, book)
        out = Writer()
        if screen.note is not None:
            out.line(note(screen.note, speaker), Style.ITALIC).line()
        rows, picture = self._body(screen, speaker, out)
        # The desk reads German, from left to right.
        language = "de" if isinstance(screen.body, DeskBody) else speaker.language
        text = formats.in_reading_direction(out.done(), language)
        buttons = _labelled(finished(rows, speaker, screen), speaker.language)
        return Message(text, buttons, picture)

    def letter(self, view: View | TeamView, book: Book) -> Message:
        """What one letter says: to the person in their language, to counsellors in German."""
        speaker, german = self._reader(view, book), self.speaker("de", book)
        out = Writer()
        self._demonstration(view, speaker, out)
        rows = letters.letter(view, speaker, german, out)
        text = formats.in_reading_direction(out.done(), speaker.language)
        return Message(text, _labelled(rows, speaker.language))

    def placeholder(self, view: View | TeamView, book: Book) -> Message:
        """What stands there until the letter is filled in, and rings: it says nothing."""
        speaker = self._reader(view, book)
        out = Writer()
        self._demonstration(view, speaker, out)
        out.line(letters.placeholder(view, speaker))
        return Message(formats.in_reading_direction(out.done(), speaker.language))

    def said(self, what: Reply | Refusal | Word, book: Book) -> str:
        """What a counsellor is told at once, in German, at most 200 characters."""
        return toasts.said(what, self.speaker("de", book).say)

    def phone_button(self, language: str, book: Book) -> str:
        """What stands on the button with which a person sends their own number."""
        _ = self.speaker(language, book).say
        return formats.label(_("📞 Send my number"), language)

    def _reader(self, view: View | TeamView, book: Book) -> Speaker:
        return self.speaker(view.language if isinstance(view, StatusView) else "de", book)

    def _demonstration(self, view: View | TeamView, speaker: Speaker, out: Writer) -> None:
        _ = speaker.say
        shown = isinstance(view, WelcomeView) and view.demonstration
        if self.demonstration or shown:
            out.line(_("Demonstration – not a real request"), Style.BOLD).line()

    def forgotten(self, language: str, book: Book, *, stopped: bool) -> Message:
        """The last word after everything was destroyed."""
        speaker = self.speaker(language, book)
        _ = speaker.say
        done = _("✅ I have forgotten everything about you.")
        text = _("I will not write to you again. To start again, write /start.")
        again = _("To start again, write /start.")
        out = Writer().line(done).line(text if stopped else again)
        return Message(formats.in_reading_direction(out.done(), speaker.language))

    def farewell(self) -> Message:
        """For a group, whose language nobody knows: the bot talks in private only."""
        link = f"https://t.me/{self.bot_name}"
        out = Writer()
        for language in ("de", "en"):
            if language in self.catalogues:
                _ = self.catalogues[language].interface
                out.line(_("I only talk in a private chat. Please write to me here:"))
        return Message(out.line(link, url=link).done())

    def innocuous(self) -> Message:
        """For a message that can no longer be deleted: says nothing in any language."""
        return Message(Writer().line("…").done())

    def _body(
        self, screen: Screen, speaker: Speaker, out: Writer
    ) -> tuple[list[Row], Picture | None]:
        body = screen.body
        match body:
            case QuestionBody():
                return questions.question(body, screen, speaker, out), None
            case WhichPlaceBody():
                return questions.which_place(body, speaker, out), None
            case OutsideBody():
                return questions.outside(body, speaker, out), None
            case DistrictsBody():
                return questions.districts(body, speaker, out), None
            case WhyBody():
                return questions.why(body, speaker, out), None
            case AnswersBody():
                return questions.answers(body, speaker, out), None
            case ResultBody():
                return doors.result(body, speaker, out), None
            case DoorBody():
                return doors.door(body, speaker, out), None
            case DeskBody():
                german = self.speaker("de", speaker.book)
                return doors.desk(body, speaker, german, out), None
            case HumanBody():
                return doors.human(body, speaker, out), None
            case ReasonsBody():
                return reasons.reasons(body, speaker, out), None
            case OfficesBody():
                return doors.offices(body, speaker, out), None
            case ShareBody():
                return pages.share(body, speaker, out)
            case MenuBody():
                return pages.menu(body, speaker, out), None
            case ConsentBody():
                german = self.speaker("de", speaker.book)
                return consent(body, speaker, german, out), None
            case _:
                assert_never(body)


def _labelled(rows: Iterable[Row], language: str) -> tuple[Row, ...]:
    return tuple(
        tuple(replace(one, label=formats.label(one.label, language)) for one in row)
        for row in rows
        if row
    )


def note(kind: Note, speaker: Speaker) -> str:
    _ = speaker.say
    match kind:
        case Note.NOT_UNDERSTOOD:
            return _("Sorry, I did not understand. Please tap a button, or use other words.")
        case Note.CHOOSE:
            return _("I am not sure what you mean. Please tap a button.")
        case Note.BUTTONS_ONLY:
            return _(
                "I cannot look at pictures, voice messages or documents, and I did not open it. "
                "Please tap a button or type."
            )
        case Note.WHICH_PLACE:
            return _("I know more than one place with such a name.")
        case Note.PLACE_UNKNOWN:
            return _(
                "I do not know this place. Please type it again, send the postcode, or choose the "
                "district."
            )
        case Note.PLACE_OUTSIDE:
            return _("I know this place, but it is not in Brandenburg.")
        case Note.NOTED:
            return _("👍 Understood. You can change it under “My answers”.")
        case Note.WELCOME_BACK:
            return _("Welcome back. You can go on here. To start again, use “My answers”.")
        case Note.SENT:
            return _("✅ It is on its way. A message below says where it is.")
        case Note.NOT_SENT:
            return _("Nothing was sent.")
        case Note.ALREADY_SENT:
            return _(
                "I have sent nothing new. This office has it already, or you have handed over "
                "several things that are not finished yet."
            )
        case Note.NOT_RECEIVING:
            return _("I cannot hand anything over to this office now. Please call or go there.")
        case Note.TAKEN_BACK:
            return _("✅ You have taken it back. I tell the office.")
        case Note.PASSED_ON:
            return _("✅ I have passed on your answer.")
        case Note.SEND_PHONE:
            return _(
                "To send your number, tap the button at the very bottom. Only the person who has "
                "taken your request gets it."
            )
        case _:
            assert_never(kind)
