"""The page before anything is sent: to whom, exactly what, for how long, and that no is free."""

from bot.core import events
from bot.core.events import Menu
from bot.core.referral import OPEN_FOR, TAKEN_FOR
from bot.core.screens import ConsentBody
from bot.language.facts import facts
from bot.language.keyboards import Row, columns
from bot.language.speaker import Speaker
from bot.language.times import instant
from bot.message import Style, Writer


def consent(body: ConsentBody, speaker: Speaker, german: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    out.line(_("📨 May I hand this over for you?"), Style.BOLD)
    out.line()
    _receiver(body, speaker, out)
    _card(body, speaker, german, out)
    _terms(body, speaker, out)
    out.line()
    out.line(_("May I send exactly this?"), Style.BOLD)
    service = body.service.id
    return [
        *columns(
            (
                speaker.button(_("✅ Yes, send"), events.Consented(service, body.code)),
                speaker.button(_("❌ No"), events.Refused(service)),
            )
        ),
        (speaker.button(_("🪧 Show this at the desk"), events.OpenedDesk(service)),),
        (speaker.button(_("ℹ️ Who are you?"), events.OpenedMenu(Menu.PRIVACY)),),
    ]


def _receiver(body: ConsentBody, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(speaker.office(body.service.id), Style.BOLD)
    if provider := speaker.german(f"service.{body.service.id}.provider"):
        text = _("This office belongs to: {organisation}")
        out.line(text.format(organisation=speaker.isolate(provider)))


def _card(body: ConsentBody, speaker: Speaker, german: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line()
    out.line(_("👥 Everybody in the team sees:"), Style.BOLD)
    if body.child:
        out.line(_("Nothing stands in a group. Each of them reads it in a private chat."))
    else:
        text = _("People who can read it in their Telegram group: {count}")
        out.line(text.format(count=speaker.isolate(str(body.people))))
    facts(body.card.group, speaker, german, out)
    if body.card.claimer:
        out.line()
        out.line(_("👤 Only the one who takes it sees:"), Style.BOLD)
        facts(body.card.claimer, speaker, german, out)
    out.line()
    out.line(_("🚫 Not sent:"), Style.BOLD)
    out.line(_("Your name, your number, your user name, your municipality."))


def _terms(body: ConsentBody, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line()
    out.line(_("Good to know:"), Style.BOLD)
    lines = [
        _("By {when} you hear from them. If not, I tell you."),
        _("You are free to say no. Call or go there: you get the same help."),
        _("You can take it back at any time, with one tap."),
        _("I keep it for {open} days, and {taken} days once somebody has taken it."),
        _("Telegram can read along. Its computers are abroad."),
    ]
    if body.deputy is not None:
        lines.insert(1, _("If nobody answers by then, this office gets it too: {office}"))
    places = {
        "when": instant(body.promised, speaker),
        "open": speaker.isolate(str(OPEN_FOR.days)),
        "taken": speaker.isolate(str(TAKEN_FOR.days)),
        "office": speaker.office(body.deputy or ""),
    }
    for line in lines:
        out.line(f"• {line.format(**places)}")
    for service in body.replaces:
        text = _("Your request at another office then ends: {office}")
        out.line(f"• {text.format(office=speaker.office(service))}")
