"""Screens of the questionnaire: questions, places, why we ask, and the answers so far."""

from bot.core import events
from bot.core.case import DONT_KNOW, ELSEWHERE, NO
from bot.core.events import Menu
from bot.core.knowledge import Option, Question, QuestionKind
from bot.core.place import Candidate
from bot.core.screens import (
    AnswersBody,
    DistrictsBody,
    OutsideBody,
    QuestionBody,
    Screen,
    WhichPlaceBody,
    WhyBody,
)
from bot.language import formats
from bot.language.keyboards import Row, columns
from bot.language.speaker import Speaker
from bot.message import Button, Style, Writer

_BROAD = 10
"""A question with more options than this explains them behind `why`, not on the screen."""


def question(body: QuestionBody, screen: Screen, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    asked = body.ask.question
    if body.is_first:
        _welcome(speaker, out)
    out.line(_wording(body, speaker), Style.BOLD)
    if asked.kind is QuestionKind.PLACE:
        out.line()
        out.line(_("You can also send your location: tap 📎 and choose “Location”."))
    if len(body.options) <= _BROAD:
        _explain(asked, body.options, speaker, out)
    rows = _choices(body, speaker)
    if body.is_first:
        ask_for_other = _("👥 I ask for somebody else")
        rows.append((speaker.button(ask_for_other, events.Reopened("for_whom")),))
        rows.append((speaker.button(_("ℹ️ Who are you?"), events.OpenedMenu(Menu.PRIVACY)),))
        return rows
    extra = [speaker.button(_("💬 Why do you ask?"), events.AskedWhy(asked.id))]
    if screen.has_answers:
        extra.append(speaker.button(_("📋 My answers"), events.AskedForAnswers()))
    return [*rows, *columns(extra)]


def _welcome(speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(_("👋 I find the office that is responsible for you. It is free of charge."))
    out.line(_("I am not a public office, and I tell nobody what you say."))
    out.line(_("Telegram can read this chat. I forget your answers after 24 hours."))
    out.line()


def _wording(body: QuestionBody, speaker: Speaker) -> str:
    asked = body.ask.question
    if _alone(body):
        return speaker.text(f"option.{asked.id}.{body.options[0].id}.text_alone")
    other = speaker.text(f"question.{asked.id}.text_other") if body.about_other else ""
    return other or speaker.text(f"question.{asked.id}.text")


def _alone(body: QuestionBody) -> bool:
    return body.ask.question.kind is QuestionKind.SEVERAL and (
        len(body.options) == 1 and body.options[0].alone is not None
    )


def _explain(asked: Question, options: tuple[Option, ...], speaker: Speaker, out: Writer) -> None:
    lines = [(option, speaker.text(f"option.{asked.id}.{option.id}.explain")) for option in options]
    if any(text for _option, text in lines):
        out.line()
    for option, text in lines:
        if text:
            out.add(f"{_pictogram(asked, option, speaker)} ")
            out.add(speaker.text(f"option.{asked.id}.{option.id}.text"), Style.BOLD)
            out.line(f": {text}")


def _pictogram(asked: Question, option: Option, speaker: Speaker) -> str:
    return speaker.german(f"option.{asked.id}.{option.id}.pictogram")


def _choices(body: QuestionBody, speaker: Speaker) -> list[Row]:
    _ = speaker.say
    asked = body.ask.question
    # Asked alone, it names its option: the next screen may ask for the others.
    what = body.options[0].fact if _alone(body) else asked.id
    unknown = speaker.button(
        _("🤷 I don’t know / I’d rather not say"), events.Answered(what, DONT_KNOW)
    )
    if _alone(body):
        option = body.options[0]
        key = f"option.{asked.id}.{option.id}"
        picture = _pictogram(asked, option, speaker)
        yes = f"{picture} {speaker.text(f'{key}.yes_alone')}"
        return [
            (speaker.button(yes, events.Answered(asked.id, option.id)),),
            (speaker.button(speaker.text(f"{key}.no_alone"), events.Answered(asked.id, NO)),),
            (unknown,),
        ]
    match asked.kind:
        case QuestionKind.PLACE:
            districts = _("🗺️ Choose the district from a list")
            outside = _("↗️ Not in Brandenburg")
            return [
                (speaker.button(districts, events.OpenedMenu(Menu.DISTRICTS)),),
                (speaker.button(outside, events.Answered("place", ELSEWHERE)),),
                (unknown,),
            ]
        case QuestionKind.SEVERAL:
            done = _("✔️ Done") if body.marked else _("✔️ None of these")
            return [
                *columns(_tick(body, option, speaker) for option in body.options),
                (speaker.button(done, events.Finished(asked.id)),),
                (unknown,),
            ]
        case QuestionKind.ONE:
            return [*columns(_choice(body, option, speaker) for option in body.options), (unknown,)]


def _choice(body: QuestionBody, option: Option, speaker: Speaker) -> Button:
    asked = body.ask.question
    given = "☑️ " if body.given == option.id else ""
    label = speaker.text(f"option.{asked.id}.{option.id}.text")
    return speaker.button(
        f"{given}{_pictogram(asked, option, speaker)} {label}",
        events.Answered(asked.id, option.id),
    )


def _tick(body: QuestionBody, option: Option, speaker: Speaker) -> Button:
    asked = body.ask.question
    tick = "✅" if option.fact in body.marked else "⬜"
    label = speaker.text(f"option.{asked.id}.{option.id}.text")
    return speaker.button(
        f"{tick} {_pictogram(asked, option, speaker)} {label}",
        events.Toggled(asked.id, option.id),
    )


def which_place(body: WhichPlaceBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("Which place do you mean?"), Style.BOLD)
    rows: list[Row] = [
        (speaker.button(f"📍 {_name(one, speaker)}", events.Answered("place", one.ags)),)
        for one in body.candidates
    ]
    rows.append((speaker.button(_("None of these. Type again"), events.Reopened("place")),))
    return rows


def _name(candidate: Candidate, speaker: Speaker) -> str:
    """A village by its own name, with its municipality instead of the district."""
    if candidate.village is None:
        return speaker.isolated_place(candidate.ags)
    municipality = speaker.book.municipalities[candidate.ags].name
    return speaker.isolate(f"{candidate.village} ({municipality})")


def outside(body: OutsideBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    name = speaker.isolate(body.name)
    out.line(
        _("{place} is not in Brandenburg. Is that where you live?").format(place=name), Style.BOLD
    )
    out.line(_("I know the offices of the state of Brandenburg only. But I can help you search."))
    yes = _("Yes, not in Brandenburg")
    return [
        (speaker.button(yes, events.Answered("place", ELSEWHERE)),),
        (speaker.button(_("No. Type the place again"), events.Reopened("place")),),
    ]


def districts(body: DistrictsBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("In which district or city do you live?"), Style.BOLD)
    return columns(
        speaker.button(speaker.isolated_place(key), events.Answered("place", key))
        for key in body.keys
    )


def why(body: WhyBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("Why do we ask this?"), Style.BOLD)
    out.line(speaker.text(f"question.{body.question.id}.why"))
    if len(body.question.options) > _BROAD:
        _explain(body.question, body.question.options, speaker, out)
    return []


def answers(body: AnswersBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("Your answers so far"), Style.BOLD)
    if not body.answers:
        out.line(_("You have not answered anything yet."))
        return []
    for asked, option in body.answers:
        out.line(f"• {speaker.answer(asked, option)}")
    out.line()
    out.line(_("Tap an answer to change it."))
    rows: list[Row] = []
    for asked in dict(body.answers):
        labels = [speaker.answer(asked, option) for one, option in body.answers if one is asked]
        label = f"✏️ {', '.join(labels)}"
        rows.append((speaker.button(formats.shortened(label, _LABEL), events.Reopened(asked.id)),))
    rows.append((speaker.button(_("🔄 Start again"), events.StartedAgain()),))
    return rows


_LABEL = 60
"""Longer labels are cut off by the phone anyway, in the middle of a word."""
