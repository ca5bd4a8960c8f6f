"""What a counsellors' team sees that belongs to no single case."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from bot.core.desk import Verb
from bot.core.team import Caution, Danger, OpenCases
from bot.core.team_views import (
    AwayView,
    DigestView,
    Line,
    QueueView,
    StandInView,
    TeamView,
    WelcomeView,
    Word,
)
from bot.language import formats
from bot.language.keyboards import Row, columns, tap
from bot.language.speaker import Speaker
from bot.language.times import short_day, short_instant
from bot.language.toasts import said
from bot.message import Button, Style, Writer

_FEW = 10
"""Services that are named: a group with more is a demonstration, or knows what it does."""
_MOST = 25
"""Cases in one list: what is below is older tomorrow."""


def seen(view: TeamView, german: Speaker, out: Writer) -> list[Row]:
    match view:
        case WelcomeView():
            return _welcome(view, german, out)
        case DigestView():
            return _digest(view, german, out)
        case QueueView():
            return _queue(view, german, out)
        case AwayView():
            return _away(view, german, out)
        case StandInView():
            return _stand_in(view, german, out)
        case Word():
            out.line(said(view, german.say))
            return []
        case _:
            assert_never(view)


def _welcome(view: WelcomeView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    if view.danger is None:
        out.line(_("👋 Here requests arrive for:"), Style.BOLD)
    else:
        out.line(_danger(view.danger, german), Style.BOLD)
        out.line(_("Until then I post nothing here. Requests for:"))
    for service in view.services[:_FEW]:
        out.line(f"• {german.office(service)}")
    if len(view.services) > _FEW:
        out.line(_("• and {count} more").format(count=len(view.services) - _FEW))
    out.line()
    out.line(_("Colleagues who have said so: {count}").format(count=view.colleagues))
    if view.waiting_for_private:
        text = _("Private chat with me still closed: {count}")
        out.line(text.format(count=view.waiting_for_private))
    for caution in view.cautions:
        out.line(f"⚠️ {_caution(caution, german)}")
    out.line()
    out.line(_("Do you work here? Tap the button, then open the private chat and tap “Start”."))
    out.line(_("The details of a request come only there, and only to the one who takes it."))
    out.line(_("Please write nothing about people here in the group."))
    rows: list[Row] = [
        (tap(_("✋ I work here"), service, Verb.JOIN),) for service in view.services[:1]
    ]
    private = Button(
        _("🔐 Open the private chat"), "", f"https://t.me/{german.bot_name}?start=desk"
    )
    return [*rows, (private,)]


def _danger(danger: Danger, german: Speaker) -> str:
    _ = german.say
    match danger:
        case Danger.PUBLIC:
            return _("🔴 This group is public: strangers can read along. Please make it private.")
        case Danger.LINKED_CHANNEL:
            return _(
                "🔴 This group belongs to a channel: strangers can read along. Please part them."
            )
        case _:
            assert_never(danger)


def _caution(caution: Caution, german: Speaker) -> str:
    _ = german.say
    match caution:
        case Caution.NOT_PROTECTED:
            return _("Messages can be copied and forwarded. Please forbid it in the settings.")
        case Caution.NO_TIMER:
            return _("Old messages stay for ever. Please let Telegram delete them by itself.")
        case Caution.STRANGERS:
            return _("More people are in the group than have said that they work here.")
        case Caution.MANY:
            return _("Very many people are in the group. A small group protects better.")
        case _:
            assert_never(caution)


def _digest(view: DigestView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    out.line(_("⏳ These requests have been waiting for long:"), Style.BOLD)
    return _list(view.cases, None, german, out)


def _queue(view: QueueView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    if not view.cases:
        out.line(_("👍 Nobody is waiting."))
        return []
    out.line(_("📋 Open requests, the oldest first:"), Style.BOLD)
    return _list(view.cases, view.now, german, out)


def _list(cases: tuple[Line, ...], now: datetime | None, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    shown = sorted(cases, key=lambda one: one.since)[:_MOST]
    for one in shown:
        out.line()
        out.line(_headline(one, german), Style.BOLD)
        out.line(german.office(one.service))
        out.line(_since(one, now, german))
    if len(cases) > len(shown):
        out.line()
        out.line(_("Further ones: {count}").format(count=len(cases) - len(shown)))
    return columns(_buttons(shown, german))


def _headline(one: Line, german: Speaker) -> str:
    _ = german.say
    if one.mine:
        return _("{code}: yours").format(code=one.code)
    if one.taken:
        return _("{code}: taken").format(code=one.code)
    return _("{code}: free").format(code=one.code)


def _since(one: Line, now: datetime | None, german: Speaker) -> str:
    _ = german.say
    when = short_instant(one.since, german)
    if now is None:
        return _("waiting since {when}").format(when=when)
    age = formats.age(max(now, one.since) - one.since, german.language)
    return _("since {when} ({age})").format(when=when, age=age)


def _buttons(shown: Iterable[Line], german: Speaker) -> Iterable[Button]:
    _ = german.say
    for one in shown:
        if one.mine:
            yield tap(_("📂 {code}").format(code=one.code), one.code, Verb.CLAIM)
        elif not one.taken:
            yield tap(_("✋ {code}").format(code=one.code), one.code, Verb.CLAIM)


def _away(view: AwayView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    last = short_day(view.until, german)
    out.line(_("🌴 You are away up to and including {day}.").format(day=last), Style.BOLD)
    if view.deputy:
        out.line(_("A colleague stands in for you."))
    if not view.open_cases:
        out.line(_("You have no open requests."))
        return []
    out.line(_("Your open requests: {count}").format(count=view.open_cases))
    out.line(_("What should happen to them?"))
    labels = {
        OpenCases.KEEP: _("📌 They stay with me"),
        OpenCases.RELEASE: _("↩️ Back to all"),
    }
    if not view.deputy:
        labels[OpenCases.DEPUTY] = _("🤝 Ask in the group who stands in")
    return [(tap(label, view.service, Verb.AWAY, which),) for which, label in labels.items()]


def _stand_in(view: StandInView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    last = short_day(view.until, german)
    text = _("🌴 A colleague is away up to and including {day}.")
    out.line(text.format(day=last), Style.BOLD)
    if view.found:
        out.line(_("Somebody stands in. Thank you!"))
        return []
    out.line(_("Who stands in? Whoever taps the button gets the open requests."))
    return [(tap(_("🤝 I stand in"), view.service, Verb.AWAY, str(view.number)),)]
