"""Every script in tests/conversations is a talk that must come out as written."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core import buttons, events
from bot.core.conversation import step
from bot.core.findings import findings
from bot.core.knowledge import Book
from bot.core.logic import Truth, truth
from bot.core.responsibility import doors
from bot.core.screen import screen
from bot.core.state import Conversation
from bot.exchange import Typed
from bot.listening import Ears
from bot.talk import describe, facts, taps

FOLDER = Path(__file__).resolve().parent.parent / "conversations"
NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
"""A Tuesday morning; a script may say `now:`."""


def scripts() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, script in enumerate(loaded if isinstance(loaded, list) else [loaded], 1):
            yield f"{path.relative_to(FOLDER)}:{number}: {script['title']}", script


@pytest.mark.parametrize("script", [pytest.param(s, id=name) for name, s in scripts()])
def test_the_talk_comes_out_as_written(script: Mapping[str, Any], book: Book, ears: Ears) -> None:
    Player(book, ears, script).play()


class Player:
    """One person, one talk."""

    def __init__(self, book: Book, ears: Ears, script: Mapping[str, Any]) -> None:
        self.book = book
        self.ears = ears
        self.script = script
        self.now = script.get("now", NOW)
        self.talk = Conversation(script.get("language", "de"))

    def play(self) -> None:
        self._do(events.Started())
        for number, line in enumerate(self.script["talk"], 1):
            ((verb, value),) = line.items()
            try:
                getattr(self, f"_{verb.replace(' ', '_')}")(value)
            except AssertionError as problem:
                raise AssertionError(f"line {number}, {verb}: {value}\n{problem}") from problem

    def _do(self, event: events.Event) -> None:
        self.talk = step(self.talk, event, self.book).conversation

    def _tap(self, data: str) -> None:
        self._do(buttons.decode(data))

    def _type(self, text: str) -> None:
        self._do(self.ears.heard(Typed(text), self.talk, self.book))

    def _photo(self, _value: object) -> None:
        self._do(events.SentSomethingElse())

    def _start(self, link: str) -> None:
        parts = link.split("-")
        language = next((part for part in parts if part in self.book.region.languages), None)
        place = next((part for part in parts if part.isdecimal()), None)
        concerns = {option.id for option in self.book.questions["concern"].options}
        concern = next((part for part in parts if part in concerns), None)
        self._do(events.Started(language, place, concern))

    def _given(self, text: str) -> None:
        """Answers as `question=option …`, tapped in the order of the questions."""
        pairs = dict(word.split("=", 1) for word in text.split())
        case = facts(pairs, self.book)
        given = {fact: answer for fact, answer in case.items() if fact.partition(".")[0] in pairs}
        for event in taps(given, self.book):
            self._do(event)

    def _bot(self, expected: str) -> None:
        assert describe(screen(self.talk, self.book, self.now)) == expected

    def _language(self, expected: str) -> None:
        assert self.talk.language == expected

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

    def _shown(self, service_types: list[str]) -> None:
        shown = [found.service_type for found in findings(self.talk.case, self.book).shown]
        assert not set(service_types) - set(shown), f"shown: {', '.join(shown)}"

    def _never(self, service_types: list[str]) -> None:
        shown = {found.service_type for found in findings(self.talk.case, self.book).shown}
        assert not shown & set(service_types)

    def _doors(self, expected: list[str]) -> None:
        found = findings(self.talk.case, self.book)
        every = [door.id for door in doors(found, self.talk.case, self.book, NOW.date()).every()]
        assert not set(expected) - set(every), f"doors: {', '.join(every)}"
