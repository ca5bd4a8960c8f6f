"""What only the counsellor reads who has taken a case, and what can be done with it."""

from collections.abc import Iterator
from typing import assert_never

from bot.core import desk
from bot.core.card import LANGUAGE
from bot.core.desk import Verb
from bot.core.letters import DetailsView
from bot.core.referral import (
    TAKEN_FOR,
    Contact,
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Said,
    Template,
)
from bot.language import endings, exchange, formats
from bot.language.facts import fact
from bot.language.keyboards import Row, columns, tap
from bot.language.speaker import Speaker
from bot.language.times import here, short_day, short_instant
from bot.message import Button, Style, Writer

_NEWEST = 6
"""Messages that are shown; who wrote more remembers them."""
_IN_A_ROW = 4
"""Times of day."""


def details(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    out.line(_("🔐 Only for you: request {code}").format(code=view.code), Style.BOLD)
    out.line(_("For: {office}").format(office=german.office(view.service)))
    taken = short_instant(view.stage.since, german)
    out.line(_("Taken by you on {when}").format(when=taken))
    _warnings(view, german, out)
    _card(view, german, out)
    _so_far(view, german, out)
    out.line()
    last_day = here(view.stage.since + TAKEN_FOR, german).date()
    gone = _("On {day} I delete these details. Please copy and forward nothing.")
    out.line(gone.format(day=short_day(last_day, german)), Style.ITALIC)
    return _page(view, german, out)


def _warnings(view: DetailsView, german: Speaker, out: Writer) -> None:
    _ = german.say
    if view.unreachable:
        out.line(
            _("📵 The person cannot be reached here any more. What you write does not arrive."),
            Style.BOLD,
        )
    if view.nudged and view.stage.contact is Contact.NONE and not view.exchange:
        out.line(
            _("🔔 The person is waiting for you. Otherwise all colleagues can take it again soon."),
            Style.BOLD,
        )
    if view.stage.phone is not None:
        out.line(_("☎️ The person asks for a call: {phone}").format(phone=view.stage.phone))


def _card(view: DetailsView, german: Speaker, out: Writer) -> None:
    _ = german.say
    for title, rows in (
        (_("👥 Everybody in the team has seen:"), view.card.group),
        (_("👤 Only you see:"), view.card.claimer),
    ):
        if rows:
            out.line()
            out.line(title, Style.BOLD)
        for name, option in rows:
            out.line(f"• {fact(name, option, german)}")


def _so_far(view: DetailsView, german: Speaker, out: Writer) -> None:
    _ = german.say
    lines = []
    match view.stage.contact:
        case Contact.REACHED:
            lines.append(_("✅ You have talked with the person."))
        case Contact.UNREACHED:
            lines.append(_("📵 You could not reach the person."))
        case Contact.NONE:
            pass
    if len(view.exchange) > _NEWEST:
        lines.append("…")
    for message in view.exchange[-_NEWEST:]:
        lines += _said(message, german)
    if view.suggestion is not None:
        office = german.office(view.suggestion.service)
        lines.append(_("💡 Suggested, waiting for the person: {office}").format(office=office))
    if lines:
        out.line()
        out.line(_("So far:"), Style.BOLD)
    for line in lines:
        out.line(line)


def _said(message: Said, german: Speaker) -> Iterator[str]:
    _ = german.say
    when = short_instant(message.at, german)
    said = exchange.title(message, german)
    yield _("{message} (sent on {when})").format(message=said, when=when)
    if message.answer is None:
        yield _("No answer yet")
    else:
        answer = exchange.answer(message.answer, german)
        yield _("Answer: {answer}").format(answer=answer)


def _page(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    match view.stage.desk:
        case Page.MAIN:
            return _main(view, german)
        case Page.SAY:
            rows = _say(view, german, out)
        case Page.SITE:
            rows = _sites(view, german, out)
        case PickDay(site):
            rows = _days(view, site, german, out)
        case PickTime() as pick:
            rows = _times(view, pick, german, out)
        case Page.DECLINE:
            rows = endings.reasons(view.code, german, out)
        case Page.FORWARD:
            rows = _forward(view, german, out)
        case PickService():
            rows = _services(view, german, out)
        case _:
            assert_never(view.stage.desk)
    return [*rows, (_back(view, german),)]


def _back(view: DetailsView, german: Speaker) -> Button:
    _ = german.say
    return tap(_("⬅️ Back"), view.code, Verb.CLAIM)


def _main(view: DetailsView, german: Speaker) -> list[Row]:
    _ = german.say
    code = view.code
    write = () if view.unreachable else (tap(_("💬 Send a message"), code, Verb.SAY),)
    return [
        write,
        (tap(_("✅ Reached"), code, Verb.REACHED), tap(_("📵 Not reached"), code, Verb.UNREACHED)),
        (tap(_("💡 Suggest another office"), code, Verb.FORWARD),),
        (tap(_("↩️ Back to all"), code, Verb.RELEASE), tap(_("🚫 Decline"), code, Verb.DECLINE)),
        (tap(_("☑️ Finished"), code, Verb.DONE),),
    ]


def _ask(question: str, out: Writer) -> None:
    out.line().line(question, Style.BOLD)


def _say(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    spoken = formats.language_names([dict(view.card.group).get(LANGUAGE, "de")], "de")
    text = _("What would you like to say? The person reads it in this language: {language}")
    _ask(text.format(language=spoken), out)
    return [(tap(exchange.label(which, german), view.code, Verb.SAY, which),) for which in Template]


def _sites(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    _ask(_("Where is the appointment?"), out)
    service = german.book.services.get(view.service)
    sites = service.sites if service else ()
    return [
        (
            tap(
                exchange.site_name(number, sites[number], german),
                view.code,
                Verb.SAY,
                f"{Template.APPOINTMENT}.{number}",
            ),
        )
        for number in view.choices.sites
        if number < len(sites)
    ]


def _days(view: DetailsView, site: int, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    _ask(_("On which day is the appointment?"), out)
    _where(view, site, german, out)
    if not view.choices.days:
        out.line(_("I know no day on which you are open. Please send: Please call us."))
    return columns(
        tap(short_day(day, german), view.code, Verb.DAY, day.isoformat())
        for day in view.choices.days
    )


def _times(view: DetailsView, pick: PickTime, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    text = _("At what time on {day}? The person gets the message at once.")
    _ask(text.format(day=short_day(pick.day, german)), out)
    _where(view, pick.site, german, out)
    if not view.choices.times:
        out.line(_("On this day you are not open any more. Please choose another day."))
    buttons = [
        tap(formats.clock(clock), view.code, Verb.AT, desk.at_value(clock))
        for clock in view.choices.times
    ]
    return [
        tuple(buttons[start : start + _IN_A_ROW]) for start in range(0, len(buttons), _IN_A_ROW)
    ]


def _where(view: DetailsView, site: int, german: Speaker, out: Writer) -> None:
    """Whoever works there sees a wrong address before the person does."""
    where = exchange.meeting_place(site, german.book.services.get(view.service))
    if where is not None:
        out.line(f"📍 {where}")


def _forward(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    _ask(_("Why does another office fit better? The person reads it like this:"), out)
    return [(tap(exchange.reason(why, german), view.code, Verb.FORWARD, why),) for why in Forward]


def _services(view: DetailsView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    _ask(_("Which office? The person decides. Until then the request stays with you."), out)
    if not view.choices.services:
        out.line(_("I know no other office here."))
    return [
        (tap(german.office(service), view.code, Verb.TO, service),)
        for service in view.choices.services
    ]
