"""Every script in tests/conversations is a talk that must come out as written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core import buttons, events
from bot.core.findings import Findings, findings
from bot.core.knowledge import Absence, Book, Role
from bot.core.logic import Truth, truth
from bot.core.responsibility import Doors, doors
from bot.core.screen import screen
from bot.core.screens import DoorBody, ResultBody, ServiceCard
from bot.exchange import Typed
from bot.facts import facts
from bot.listening import Ears
from bot.talk import describe, taps
from tests.core.case_player import CasePlayer, as_scripted

FOLDER = Path(__file__).resolve().parent.parent / "conversations"
NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday morning; a script may say `now:`."""


def _scripts() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, script in enumerate(loaded if isinstance(loaded, list) else [loaded], 1):
            yield f"{path.relative_to(FOLDER)}:{number}: {script['title']}", script


SCRIPTS = dict(_scripts())


@pytest.mark.parametrize("script", [pytest.param(s, id=name) for name, s in SCRIPTS.items()])
def test_the_talk_comes_out_as_written(script: Mapping[str, Any], book: Book, ears: Ears) -> None:
    Player(book, ears, script).play()


@pytest.mark.parametrize("verb", ["applies", "applies not"])
def test_every_rule_has_a_talk_in_which_it(verb: str, book: Book) -> None:
    """The talk must say too who leads."""
    told: set[str] = set()
    for script in SCRIPTS.values():
        lines = [next(iter(line.items())) for line in script["talk"]]
        if any(said == "leads" for said, _ in lines):
            told.update(value for said, value in lines if said == verb)
    missing = [rule.id for rule in book.rules if rule.id not in told]
    assert not missing, f"add a script with `{verb}` and `leads` to {FOLDER}"


def _closed(book: Book, days: Mapping[str, list[date]]) -> Book:
    """The book in which these services have closed from one day to another."""
    away = {
        name: replace(book.services[name], absences=(Absence(*both),))
        for name, both in days.items()
    }
    return replace(book, services={**book.services, **away})


class Player(CasePlayer):
    """One person, one talk, and what becomes of what was handed over."""

    def __init__(self, book: Book, ears: Ears, script: Mapping[str, Any]) -> None:
        known = as_scripted(_closed(book, script.get("closed", {})), script)
        super().__init__(known, script, script.get("now", NOW))
        self.ears = ears
        self.script = script

    def play(self) -> None:
        self.do(events.Started())
        for number, line in enumerate(self.script["talk"], 1):
            ((verb, value),) = line.items()
            try:
                getattr(self, f"_{verb.replace(' ', '_')}")(value)
            except AssertionError as problem:
                raise AssertionError(f"line {number}, {verb}: {value}\n{problem}") from problem

    def _tap(self, data: str) -> None:
        self.do(buttons.decode(data))

    def _type(self, text: str) -> None:
        self.do(self.ears.heard(Typed(text), self.talk, self.book))

    def _photo(self, _value: object) -> None:
        self.do(events.SentSomethingElse())

    def _start(self, link: str) -> None:
        parts = link.split("-")
        language = next((part for part in parts if part in self.book.region.languages), None)
        place = next((part for part in parts if part.isdecimal()), None)
        concerns = {option.id for option in self.book.questions["concern"].options}
        concern = next((part for part in parts if part in concerns), None)
        self.do(events.Started(language, place, concern))

    def _given(self, text: str) -> None:
        """Answers as `question=option …`, tapped in the order of the questions."""
        pairs = dict(word.split("=", 1) for word in text.split())
        case = facts(pairs, self.book)
        given = {fact: answer for fact, answer in case.items() if fact.partition(".")[0] in pairs}
        for event in taps(given, self.book):
            self.do(event)
        if self._lost(given):
            # For a child, the first "done" answers only what is asked alone.
            for event in taps(given, self.book):
                self.do(event)
        lost = self._lost(given)
        assert not lost, f"not stored: {', '.join(lost)}"

    def _lost(self, given: Mapping[str, str]) -> list[str]:
        """Facts that were given and are not stored; what tact never asks counts as no."""
        case = self.talk.case
        told = {fact: answer for fact, answer in given.items() if answer not in ("no", "?")}
        return [fact for fact, answer in told.items() if case.get(fact) != answer]

    def _bot(self, expected: str) -> None:
        assert describe(screen(self.talk, self.book, self.now)) == expected

    def _language(self, expected: str) -> None:
        assert self.talk.language == expected

    def _holds(self, text: str) -> None:
        """All answers that are kept, as `question=option …`; ticks as `needs.violence=yes`."""
        kept = {fact: answer for fact, answer in self.talk.case.items() if answer != "no"}
        expected = {"for_whom": "self"} | dict(word.split("=", 1) for word in text.split())
        assert kept == expected

    def _more_questions(self, expected: str) -> None:
        """Whether the result offers them: `offered` or `none left`."""
        body = screen(self.talk, self.book, self.now).body
        assert isinstance(body, ResultBody)
        assert body.has_more_questions is (expected == "offered")

    def _closed_until(self, last_day: date | None) -> None:
        """What stands on the card of the first door, or of the one that was opened."""
        body = screen(self.talk, self.book, self.now).body
        assert isinstance(body, ResultBody | DoorBody)
        card = body.lead if isinstance(body, ResultBody) else body.card
        assert isinstance(card, ServiceCard)
        assert card.absent_until == last_day

    def _call_today(self, service: str) -> None:
        """Whom the result names beside a first door where nobody is; or `nobody`."""
        body = screen(self.talk, self.book, self.now).body
        assert isinstance(body, ResultBody)
        named = body.call_today.service.id if body.call_today else "nobody"
        assert named == service

    def _applies(self, rule: str) -> None:
        assert rule in self._rules(), f"rules: {', '.join(sorted(self._rules()))}"

    def _applies_not(self, rule: str) -> None:
        assert rule in {known.id for known in self.book.rules}, "there is no such rule"
        assert rule not in self._rules()

    def _rules(self) -> set[str]:
        """Rules that hold for sure, whether or not a stronger one hides their finding."""
        known = findings(self.talk.case, self.book).known
        return {rule.id for rule in self.book.rules if truth(rule.when, known) is Truth.YES}

    def _leads(self, service_type: str) -> None:
        lead = findings(self.talk.case, self.book).lead
        assert lead is not None
        assert lead.service_type == service_type

    def _led_by_rule(self, rule: str) -> None:
        """Whose reason stands under the first door."""
        lead = findings(self.talk.case, self.book).lead
        assert lead is not None
        assert lead.rule.id == rule, lead.rule.id

    def _shown(self, service_types: list[str]) -> None:
        shown = [found.service_type for found in findings(self.talk.case, self.book).shown]
        assert not set(service_types) - set(shown), f"shown: {', '.join(shown)}"

    def _never(self, service_types: list[str]) -> None:
        shown = {found.service_type for found in findings(self.talk.case, self.book).shown}
        assert not shown & set(service_types)

    def _beside(self, expected: list[str]) -> None:
        """Second doors of the Migrationsfachdienst; there may be more."""
        self._have(Role.ALSO, expected)

    def _partners(self, expected: list[str]) -> None:
        """Doors outside the Migrationsfachdienst; there may be more."""
        self._have(Role.PARTNER, expected)

    def _have(self, role: Role, expected: list[str]) -> None:
        later = [found for found in self._found().shown if not found.before_lead]
        roles = {found.service_type: found.role for found in later}
        assert {kind: roles.get(kind) for kind in expected} == dict.fromkeys(expected, role)

    def _before_the_lead(self, expected: list[str]) -> None:
        """These, in this order, and nothing else."""
        before = [found.service_type for found in self._found().shown if found.before_lead]
        assert before == expected

    def _may_have_to_report(self, expected: list[str]) -> None:
        """These and no others carry the warning."""
        careful = {found.service_type for found in self._found().shown if found.may_report}
        assert careful == set(expected)

    def _not_on_the_result(self, service_types: list[str]) -> None:
        """Shown behind the button "other offices" only."""
        every = self._every_door()
        behind = {door.service_type for door in every.behind}
        assert set(service_types) <= behind, f"behind the button: {', '.join(sorted(behind))}"
        front = {*every.first, *every.lead, *every.also, *every.partners}
        assert not {door.service_type for door in front} & set(service_types)

    def _led_by_an_advice_service(self, how: str) -> None:
        """A member of the Migrationsfachdienst leads, `sure` or `unsure`."""
        lead = self._found().lead
        assert lead is not None
        assert self.book.types[lead.service_type].member, lead.service_type
        assert lead.sure is (how == "sure")

    def _no_door_of_a_district(self, _value: object) -> None:
        known = [self.book.services.get(door.id) for door in self._every_door().every()]
        local = [one.id for one in known if one and not one.statewide]
        assert not local
        assert self._every_door().lead

    def _doors(self, expected: list[str]) -> None:
        every = [door.id for door in self._every_door().every()]
        assert not set(expected) - set(every), f"doors: {', '.join(every)}"

    def _no_doors(self, hidden: list[str]) -> None:
        assert not set(hidden) & {door.id for door in self._every_door().every()}

    def _found(self) -> Findings:
        return findings(self.talk.case, self.book)

    def _every_door(self) -> Doors:
        return doors(self._found(), self.talk.case, self.book, NOW.date())
