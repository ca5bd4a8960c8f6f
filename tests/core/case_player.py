"""What becomes of a case in a script: who takes it, who sees what, at whose phone it rings.

`counsellor` and `colleague` work at the first service under `receivers:`, `other_office` at all
others.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.opening import OsmHours, PublicHolidays
from bot.core import case_events, desk, events
from bot.core.case_events import CaseEvent
from bot.core.conversation import step
from bot.core.findings import findings
from bot.core.handing_over import replaced
from bot.core.knowledge import Book, Confirmed
from bot.core.letters import (
    CardView,
    DetailsView,
    FarewellView,
    Letter,
    StatusView,
    ToGroup,
    ToPerson,
    View,
    letters,
)
from bot.core.move import move
from bot.core.referral import Contact, Ended, Referral, Taken, Waiting
from bot.core.responsibility import doors
from bot.core.screen import screen
from bot.core.screens import ResultBody
from bot.core.state import Around, Conversation, Offer, Order, Receiver
from bot.core.team import Colleague, Reach, Team
from bot.core.timers import timers

PERSON = 1
COLLEAGUES = {"counsellor": 11, "colleague": 12, "other_office": 21}
_ENDS = (events.QuitNow, events.Erased, events.Stopped)


def as_scripted(book: Book, script: Mapping[str, Any]) -> Book:
    """The book with the confirmed services, opening hours and deputies that the script names."""
    changed = dict(book.services)
    for name in script.get("confirmed", ()):
        known = Confirmed(date(2026, 11, 20), "Leitung")
        site = replace(changed[name].sites[0], phones=("+49 3876 789000",), confirmed=known)
        changed[name] = replace(changed[name], sites=(site,))
    holidays = PublicHolidays(book.region.holidays, ZoneInfo(book.region.time_zone))
    for name, hours in script.get("hours", {}).items():
        site = replace(changed[name].sites[0], hours=OsmHours(hours, holidays))
        changed[name] = replace(changed[name], sites=(site,))
    for name, deputy in script.get("deputies", {}).items():
        changed[name] = replace(changed[name], deputy=deputy)
    return replace(book, services=changed)


class CasePlayer:
    """The person's cases, and the teams that have linked a channel."""

    def __init__(self, book: Book, script: Mapping[str, Any], now: datetime) -> None:
        self.book = book
        self.now = now.astimezone(ZoneInfo(book.region.time_zone))
        self.talk = Conversation(script.get("language", "de"))
        self.receivers = {
            service: Receiver(Reach(reach), 3)
            for service, reach in script.get("receivers", {}).items()
        }
        first = next(iter(self.receivers), None)
        shut = script.get("private_chats_closed", ())
        crews: dict[bool, tuple[Colleague, ...]] = {
            mine: tuple(
                Colleague(number, private=name not in shut)
                for name, number in COLLEAGUES.items()
                if (name != "other_office") is mine
            )
            for mine in (True, False)
        }
        self.teams = {
            service: Team(-number, (service,), crews[service == first])
            for number, service in enumerate(self.receivers, 1)
        }
        self.cases: dict[str, Referral] = {}
        self.told: object = None
        self.rung: list[str] = []

    def do(self, event: events.Event) -> None:
        """What the person does."""
        before = self._standing()
        if not isinstance(event, _ENDS):
            for code in [c for c, one in self.cases.items() if one.silent or one.unreachable]:
                self._happen(code, case_events.CameBack())
        language = self.talk.language
        fresh = f"R{len(self.cases) + 1}"
        here = replace(self.talk, around=Around(fresh, self.receivers, tuple(self.cases.values())))
        turn = step(here, event, self.book)
        for effect in turn.effects:
            match effect:
                case Offer():
                    self._offer(effect, here)
                case Order(code, order):
                    self._happen(code, order)
                case _:
                    pass
        if turn.conversation.language != language:
            for code in self.cases:
                self._happen(code, case_events.Spoke(turn.conversation.language))
        around = Around(fresh, self.receivers, tuple(self.cases.values()))
        self.talk = replace(turn.conversation, around=around)
        self._rings(before)

    def _offer(self, order: Offer, talk: Conversation) -> None:
        today = self.now.date()
        every = doors(findings(talk.case, self.book), talk.case, self.book, today).every()
        old = replaced(order.service, talk, self.book, today)
        utc = self.now.astimezone(UTC)
        self.cases[order.code] = Referral(
            order.code,
            PERSON,
            talk.language,
            order.service,
            order.card,
            utc,
            Waiting(utc),
            doors=tuple(door.id for door in every if door.id in self.book.services),
            deputy=order.deputy,
            privately=self.teams[order.service].private if order.child else None,
            follows=old[0].code if old else None,
        )
        for one in old:
            self._happen(one.code, case_events.HandedOver())

    def _happen(self, code: str, event: CaseEvent) -> None:
        done = move(self.cases[code], event, self.book, self.now.astimezone(UTC))
        self.cases[code] = done.referral
        self.told = done.reply

    def _act(self, *happens: tuple[str, CaseEvent]) -> None:
        before = self._standing()
        for code, event in happens:
            self._happen(code, event)
        self._rings(before)

    # What happens in a script.

    def _counsellor(self, button: str) -> None:
        self._tapped(COLLEAGUES["counsellor"], button)

    def _colleague(self, button: str) -> None:
        self._tapped(COLLEAGUES["colleague"], button)

    def _other_office(self, button: str) -> None:
        self._tapped(COLLEAGUES["other_office"], button)

    def _tapped(self, who: int, button: str) -> None:
        tap = desk.decode(button)
        assert tap is not None, "there is no such button"
        one = self.cases[tap.subject]
        teams = [self.teams[service] for service in one.services if service in self.teams]
        own = next((team for team in teams if team.colleague(who)), teams[0])
        event = desk.event(tap, who, one, own, self.book)
        if isinstance(event, desk.Refusal):
            self.told = event
            return
        self._act((one.code, event))

    def _opens_private_chat(self, name: str) -> None:
        who = COLLEAGUES[name]
        for service, team in self.teams.items():
            crew = tuple(replace(c, private=c.private or c.person == who) for c in team.crew)
            self.teams[service] = replace(team, crew=crew)
        self._act(*((code, case_events.OpenedPrivate(who)) for code in self.cases))

    def _leaves(self, name: str) -> None:
        gone = case_events.ColleagueGone(COLLEAGUES[name])
        self._act(*((code, gone) for code in self.cases))

    def _stands_in(self, name: str) -> None:
        """A colleague takes over what the counsellor has."""
        passed = case_events.PassedOn(COLLEAGUES["counsellor"], COLLEAGUES[name])
        self._act(*((code, passed) for code in self.cases))

    def _group_is_lost(self, service: str) -> None:
        self._act(*((code, case_events.ChannelFailed(service)) for code in self.cases))

    def _person_blocks_the_bot(self, _value: object) -> None:
        self._act(*((code, case_events.PersonGone()) for code in self.cases))

    def _gives_phone(self, number: str) -> None:
        self.do(events.GavePhone(number))

    def _deletes_everything(self, _value: object) -> None:
        self.do(events.Erased())

    def _forgotten(self, _value: object) -> None:
        """A day after the last tap the talk is destroyed; cases stay."""
        self.talk = Conversation(self.talk.language)

    def _time(self, text: str | datetime) -> None:
        """`+1 day`, `Wednesday 16:00`, or a whole date; what becomes due until then happens."""
        before = self._standing()
        until = later(self.now, text)
        while True:
            waiting = [
                (due, code, which)
                for code, one in self.cases.items()
                for which, due in timers(one, self.book).items()
            ]
            due, code, which = min(waiting, default=(until + timedelta(1), "", None))
            if due > until or which is None:
                break
            self.now = max(self.now, due.astimezone(self.now.tzinfo))
            self._happen(code, case_events.Due(which))
        self.now = until
        self._rings(before)

    # What must be so in a script.

    def _is_told(self, expected: str) -> None:
        """Whoever of the counsellors tapped last."""
        assert str(self.told) == expected

    def _rings_at(self, expected: list[str] | str) -> None:
        """Whose phones rang because of the line before; or `nobody`."""
        assert (self.rung or "nobody") == expected

    def _person_sees(self, text: str) -> None:
        one, expected = self._case(text)
        views = [view for view in self._seen(one, PERSON) if isinstance(view, StatusView)]
        assert [_status(view, one) for view in views] == (
            [] if expected == "nothing" else [expected]
        )

    def _group_sees(self, text: str) -> None:
        self._sees_card(text, lambda one: ToGroup(one.service))

    def _other_group_sees(self, text: str) -> None:
        self._sees_card(text, lambda one: ToGroup(one.services[-1]))

    def _colleague_sees(self, text: str) -> None:
        self._sees_in_private("colleague", text)

    def _counsellor_sees(self, text: str) -> None:
        self._sees_in_private("counsellor", text)

    def _other_office_sees(self, text: str) -> None:
        self._sees_in_private("other_office", text)

    def _sees_in_private(self, name: str, text: str) -> None:
        one, expected = self._case(text)
        seen = [_private(view) for view in self._seen(one, COLLEAGUES[name])]
        assert (" and ".join(seen) or "nothing") == expected

    def _sees_card(self, text: str, where: Any) -> None:
        one, expected = self._case(text)
        place = where(one)
        seen = [_private(letter.view) for letter in self._of(one).values() if letter.to == place]
        assert (seen or ["nothing"]) == [expected]

    def _on_the_card(self, text: str) -> None:
        """All that colleagues can read who have not taken it, as `fact=option …`."""
        one, expected = self._case(text)
        views = [letter.view for letter in self._of(one).values()]
        facts = {view.facts for view in views if isinstance(view, CardView)}
        assert facts == {tuple(tuple(word.split("=")) for word in expected.split())}

    def _is_not_offered(self, service: str) -> None:
        """Among the services that the counsellor can suggest."""
        one, _ = self._case("")
        views = [letter.view for letter in self._of(one).values()]
        offered = [view.choices.services for view in views if isinstance(view, DetailsView)]
        assert offered
        assert service not in offered[0]

    def _leaves_behind(self, service: str) -> None:
        """Where the case is, when the result shows another first door."""
        body = screen(self.talk, self.book, self.now).body
        assert isinstance(body, ResultBody)
        assert body.old_door == service

    def _in_the_details(self, text: str) -> None:
        """What only the one who has taken it reads besides."""
        one, expected = self._case(text)
        views = [letter.view for letter in self._of(one).values()]
        read = [view.card.claimer for view in views if isinstance(view, DetailsView)]
        assert read == [tuple(tuple(word.split("=")) for word in expected.split())]

    def _cases_of_the_person(self, expected: list[str]) -> None:
        """Each as `code service`, those that are over too."""
        assert [f"{one.code} {one.service}" for one in self.cases.values()] == expected

    def _case(self, text: str) -> tuple[Referral, str]:
        """The case named in front, or the newest one."""
        assert self.cases, "nothing was handed over"
        code, _, rest = text.partition(" ")
        if code in self.cases:
            return self.cases[code], rest
        return self.cases[next(reversed(self.cases))], text

    def _seen(self, one: Referral, who: int) -> list[View]:
        return [letter.view for letter in self._of(one).values() if letter.to == ToPerson(who)]

    def _of(self, one: Referral) -> Mapping[str, Letter]:
        return letters(one, self.book, self.now)

    def _standing(self) -> dict[tuple[str, str], Letter]:
        return {
            (code, slot): letter
            for code, one in self.cases.items()
            for slot, letter in self._of(one).items()
        }

    def _rings(self, before: Mapping[tuple[str, str], Letter]) -> None:
        names = {PERSON: "person"} | {number: name for name, number in COLLEAGUES.items()}
        rung = []
        for slot, letter in self._standing().items():
            if slot not in before:
                to = letter.to
                rung.append(
                    f"group of {to.service}" if isinstance(to, ToGroup) else names[to.person]
                )
        self.rung = sorted(set(rung))


def later(now: datetime, text: str | datetime) -> datetime:
    """In the zone of `now`; hours of the clock on the wall for days and weekdays."""
    if isinstance(text, datetime):
        return text.replace(tzinfo=now.tzinfo)
    if match := re.fullmatch(r"\+(\d+) (minute|hour|day)s?", text):
        count, unit = int(match[1]), match[2]
        if unit == "day":
            return now + timedelta(days=count)
        gone = timedelta(**{f"{unit}s": count})
        return (now.astimezone(UTC) + gone).astimezone(now.tzinfo)
    weekday, clock = text.split(" ")
    hour, minute = map(int, clock.split(":"))
    for days in range(8):
        then = (now + timedelta(days)).replace(hour=hour, minute=minute)
        if then > now and f"{then:%A}" == weekday:
            return then
    raise AssertionError(f"{text}: no such day")


def _status(view: StatusView, one: Referral) -> str:
    said = view.said
    words = []
    if view.ended is not None:
        reason = f": {view.ended.reason}" if view.ended.reason else ""
        return f"ended, {view.ended.how}{reason}"
    if view.waits:
        words.append("waits" if view.told_by is None else f"waits until {view.told_by:%A %H:%M}")
        words += [f"again, {view.back}"] if view.back else []
        words += ["late"] if view.is_late else []
        words += [f"also at {view.deputy}"] if view.deputy else []
    else:
        words.append("taken" if view.service == one.service else f"taken by {view.service}")
        words += [str(view.contact)] if view.contact is not Contact.NONE else []
    if said is not None:
        when = f" {said.day} {said.clock:%H:%M}" if said.day and said.clock else ""
        words.append(f"told {said.template}{when}")
        words += [f"answered {said.answer}"] if said.answer else []
    words += [f"suggested {view.suggestion.service}"] if view.suggestion else []
    return ", ".join(words)


def _private(view: View) -> str:
    match view:
        case CardView(stage=Waiting() as waiting):
            return "waiting, why not" if waiting.declining else "waiting"
        case CardView(stage=Taken()):
            return "taken"
        case CardView(stage=Ended(how=how)) | FarewellView(stage=Ended(how=how)):
            return f"ended, {how}"
        case DetailsView():
            words = ["details"]
            words += [f"chooses {one}" for one in _page(view)]
            words += ["nudged"] if view.nudged else []
            words += ["unreachable"] if view.unreachable else []
            words += ["phone"] if view.stage.phone else []
            words += [f"wrote {one.template}" for one in view.exchange[-1:]]
            words += [f"answered {one.answer}" for one in view.exchange[-1:] if one.answer]
            words += [f"suggested {view.suggestion.service}"] if view.suggestion else []
            return ", ".join(words)
        case _:
            raise AssertionError(view)


def _page(view: DetailsView) -> list[str]:
    """What there is to choose from."""
    offered = view.choices
    several = (offered.sites, offered.days, offered.times, offered.services)
    return ["from a list"] if any(several) else []
