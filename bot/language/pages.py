"""Pages that are always at hand: languages, privacy, help, my data, a link to give away."""

import io
from dataclasses import dataclass

import segno

from bot.core import events
from bot.core.events import Menu
from bot.core.referral import OPEN_FOR, TAKEN_FOR, Referral, Taken
from bot.core.screens import MenuBody, ShareBody
from bot.language import formats
from bot.language.facts import fact
from bot.language.keyboards import Row, columns
from bot.language.speaker import Speaker
from bot.language.times import instant
from bot.message import Button, Picture, Style, Writer


def menu(body: MenuBody, speaker: Speaker, out: Writer) -> list[Row]:
    match body.menu:
        case Menu.LANGUAGES:
            return _languages(speaker, out)
        case Menu.PRIVACY:
            return _privacy(speaker, out)
        case Menu.DATA:
            return _data(body, speaker, out)
        case _:
            return _help(speaker, out)


def _languages(speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("🌐 Choose your language"), Style.BOLD)
    out.line(_("Your answers stay."))
    return columns(
        speaker.button(formats.autonym(language), events.ChoseLanguage(language))
        for language in speaker.book.region.languages
    )


def _privacy(speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    operator = speaker.book.region.operator
    out.line(_("Who I am, and what I keep"), Style.BOLD)
    for paragraph in (
        _("I am a program. I find the office that is responsible for you. I do not give advice."),
        _("I am not a public office. I tell nobody that you were here or what you said."),
        _(
            "I keep: your language, your place and the buttons you tapped. I do not keep your "
            "name, your phone number or what you type. Please do not send documents."
        ),
        _("After 24 hours I forget everything. With /delete I forget it at once."),
        _("Nothing is sent to an office unless you say yes."),
        _(
            "What I have handed over for you I keep for {open} days, and for {taken} days once "
            "somebody has taken it. It goes on after ✖️. With /delete I take it back."
        ).format(
            open=speaker.isolate(str(OPEN_FOR.days)), taken=speaker.isolate(str(TAKEN_FOR.days))
        ),
        _(
            "Telegram can read this chat, and Telegram knows your phone number. If that is too "
            "dangerous for you, call the office or go there. You get the same help."
        ),
        _(
            "✖️ means: leave quickly. I then delete my messages of the last 24 hours here. "
            "Delete older ones, your own messages and the chat yourself if somebody else looks "
            "at your phone."
        ),
    ):
        out.line(f"• {paragraph}")
    out.line()
    if operator.name:
        who = " · ".join(
            part
            for part in (operator.name, operator.address, operator.phone, operator.email)
            if part
        )
        out.line(_("Responsible for this bot: {who}").format(who=speaker.isolate(who)))
    else:
        out.line(_("No organisation is responsible for this bot yet. It is a test."))
    if operator.privacy_officer:
        who = speaker.isolate(operator.privacy_officer)
        out.line(_("Data protection officer: {who}").format(who=who))
    if operator.supervisor:
        who = speaker.isolate(operator.supervisor)
        out.line(_("You can complain to: {who}").format(who=who))
    out.line()
    out.line(_translation_note(speaker), Style.ITALIC)
    return []


def _translation_note(speaker: Speaker) -> str:
    _ = speaker.say
    return _("These texts were translated by a machine. No translator has checked them yet.")


def _help(speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("How it works"), Style.BOLD)
    for line in (
        _("I ask a few questions. Tap an answer, or type it in your own words."),
        _("You may always say “I don’t know”. You always get an address, a number or a link."),
        _("🌐 another language · 🆘 help now · ✖️ leave quickly"),
        _("/start – begin · /language – language · /privacy – what I keep"),
        _("/mydata – what I know about you · /delete – forget it · /stop – end"),
    ):
        for part in line.split(" · "):
            out.line(part)
    return [(speaker.button(_("🔄 Start again"), events.StartedAgain()),)]


def _data(body: MenuBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("This is all I know about you:"), Style.BOLD)
    name = formats.autonym(speaker.language)
    out.line(_("• Language: {name}").format(name=name))
    for asked, option in body.answers:
        out.line(f"• {speaker.answer(asked, option)}")
    out.line(_("• The numbers of this chat and of its messages, so that I can delete them."))
    for case in body.cases:
        _case(case, speaker, out)
    out.line()
    out.line(_("I forget it after 24 hours, or at once with /delete."))
    return []


def _case(case: Referral, speaker: Speaker, out: Writer) -> None:
    """What was handed over, as long as it is kept."""
    _ = speaker.say
    name = speaker.german(f"service.{case.service}.name") or case.service
    out.line()
    title = _("Request {code} to {office}:")
    title = title.format(code=speaker.isolate(case.code), office=speaker.isolate(name))
    out.line(title, Style.BOLD)
    for fact_name, option in (*case.card.group, *case.card.claimer):
        out.line(f"• {fact(fact_name, option, speaker)}")
    if isinstance(case.stage, Taken) and case.stage.phone:
        out.line(f"• ☎️ {speaker.isolate(case.stage.phone)}")
    until = _("I keep this request until {time} at the latest. /delete takes it back.")
    out.line(until.format(time=instant(case.expires, speaker)))


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram shows of the bot before anybody has written to it."""

    description: str
    short_description: str
    commands: tuple[tuple[str, str], ...]


def profile(speaker: Speaker) -> Profile:
    _ = speaker.say
    return Profile(
        _(
            "I find the advice service in Brandenburg that is responsible for you: address, "
            "opening hours, phone. Free of charge. I am not a public office. No names, no "
            "documents. Telegram can read this chat. I forget your answers after 24 hours."
        ),
        _("Finds the advice service in Brandenburg that is responsible for you. Free of charge."),
        (
            ("start", _("Begin")),
            ("language", _("Choose the language")),
            ("help", _("How it works")),
            ("privacy", _("Who I am, and what I keep")),
            ("mydata", _("What I know about you")),
            ("delete", _("Forget everything")),
            ("stop", _("End and forget everything")),
        ),
    )


def share(body: ShareBody, speaker: Speaker, out: Writer) -> tuple[list[Row], Picture]:
    """A link, and the same as a picture to scan; it carries place and concern only."""
    _ = speaker.say
    url = f"https://t.me/{speaker.bot_name}?start={body.payload}"
    out.line(_("🎁 Give it to somebody"), Style.BOLD)
    out.line(
        _("This link opens the same questions. It says only the language, the place and the topic.")
    )
    out.line(_("It says nothing about you."))
    out.line()
    out.line(speaker.isolate(url), url=url)
    picture = io.BytesIO()
    segno.make(url, error="m").save(picture, kind="png", scale=8, border=4)
    send = Button(_("📤 Send the link"), "", f"https://t.me/share/url?url={url}")
    return [(send,)], Picture(picture.getvalue(), "link.png")
