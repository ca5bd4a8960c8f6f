"""Two small books: what the comparison counts is what is found by asking everybody one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.content import files
from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES
from bot.core.findings import findings
from bot.core.knowledge import QuestionKind, Role
from bot.core.place import District, Municipality
from bot.core.questionnaire import Ask, further_question
from bot.core.responsibility import Ground, doors
from bot.proof.difference import Change, Difference, Touched, compare, compare_part
from bot.proof.outlook import Outlook
from bot.proof.places import place_classes
from bot.proof.walk import starts
from tools.mutants.edits import add, drop, insert, put
from tools.mutants.text import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.case import Case
    from bot.core.knowledge import Book
    from bot.core.responsibility import Door, Doors
    from bot.proof.places import PlaceClass
    from tools.mutants.edits import Edit

    Counts = dict[tuple[Change, str, str], tuple[int, frozenset[str]]]

DAY = date(2026, 11, 24)
SMALL = Path(__file__).resolve().parents[1] / "content" / "knowledge"
LAKE = "services/lake.yaml"
BASE = "rules/base.yaml"


@dataclass(frozen=True)
class Places:
    """Two districts, and few municipalities."""

    districts: dict[str, District]
    municipalities: dict[str, Municipality]


PLACES = Places(
    {key: District(key, key) for key in ("12061", "12070")},
    {ags: Municipality(ags, ags) for ags in ("12061316", "12061332", "12070296")},
)

SHOES = {
    "id": "shoes",
    "text": "Welche Schuhe haben Sie?",
    "why": "Manche Wege sind steinig.",
    "options": [
        {"id": "red", "pictogram": "👠", "text": "Rote"},
        {"id": "blue", "pictogram": "👟", "text": "Blaue"},
    ],
}
IN_RED = {
    "id": "red_shoes",
    "refer_to": "victim_support",
    "role": "lead",
    "when": {"question": "shoes", "is": ["red"]},
    "because": "rote Schuhe",
    "source": "Beispiel",
    "checked": "2026-11-22",
}
DEBTS = {"id": "debts", "pictogram": "💶", "text": "Schulden"}


def small(*edits: tuple[str, Edit]) -> Book:
    base = Base(files.read(SMALL), PLACES)
    for file, edit in edits:
        edit(base.values(file))
    return base.book()


EDITS = {
    "another district": [(LAKE, put((0, "serves"), {"districts": ["12070"]}))],
    "one municipality": [(LAKE, put((0, "serves"), {"municipalities": ["12061332"]}))],
    "an end": [(LAKE, put((0, "valid"), {"from": "2024-01-01", "to": "2025-12-31"}))],
    "for others": [(LAKE, put((0, "serves", "who"), {"question": "status", "is": ["none"]}))],
    "other people": [(BASE, put((0, "when", "any", 0, "is"), ["under_18"]))],
    "another reason": [(BASE, put((0, "because"), "weil es so ist"))],
    "no rule": [(BASE, drop((1,)))],
    "another role": [(BASE, put((1, "role"), "also"))],
    "no lead": [(BASE, drop((0,)))],
    "more danger": [("rules/danger.yaml", put((0, "when", "is"), ["violence", "trauma"]))],
    "another option": [("questions.yaml", add((0, "options"), DEBTS)), (BASE, drop((1,)))],
    "a new question": [("questions.yaml", insert((4,), SHOES)), (BASE, insert((0,), IN_RED))],
    "a new first question": [("questions.yaml", insert((0,), SHOES)), (BASE, insert((0,), IN_RED))],
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("way", ["there", "back"])
def test_it_counts_what_asking_everybody_counts(edit, way):
    """Of those who ask for themselves."""
    old, new = small(), small(*EDITS[edit])
    if way == "back":
        old, new = new, old
    begin = ({"for_whom": "self"},)
    assert counted(compare_part(old, new, DAY, begin)) == one_by_one(old, new, begin)


@pytest.mark.parametrize("edit", ["a new first question", "another option"])
def test_nobody_counts_twice_where_the_books_begin_differently(edit):
    old, new = small(), small(*EDITS[edit])
    assert counted(compare(old, new, DAY)) == one_by_one(old, new, starts(old))


@pytest.mark.parametrize("way", ["there", "back"])
def test_a_question_that_only_one_book_asks_is_an_answer_of_its_own(way):
    old, new = small(), small(*EDITS["a new question"])
    if way == "back":
        old, new = new, old
    touched = compare_part(old, new, DAY, ({"for_whom": "self"},)).touched
    elsewhere = [one for one in touched if "victim_support" in (one.before, one.after)]
    assert elsewhere
    for one in elsewhere:
        assert one.case["shoes"] == "red"
        # A link replays what the new book asks.
        assert ("shoes" in one.asked) == (way == "there")


def counted(found: Difference) -> Counts:
    """Each kind of change -> how many sets of answers, and at which places."""
    assert found.touched
    return {
        (one.change, one.before, one.after): (one.situations, places_of(one, found.places))
        for one in found.touched
    }


def places_of(one: Touched, places: tuple[PlaceClass, ...]) -> frozenset[str]:
    return frozenset(
        answer
        for number, place in enumerate(places)
        if one.places >> number & 1
        for answer in place.answers
    )


def one_by_one(old: Book, new: Book, begin: tuple[Case, ...]) -> Counts:
    """The same, by asking everybody who begins like this."""
    sets: dict[object, set[object]] = defaultdict(set)
    where: dict[object, set[str]] = defaultdict(set)
    places = place_classes(old, new)
    looks = (Outlook(old, places, DAY), Outlook(new, places, DAY))
    for start in begin:
        for person in talks(Person(start, start, start), (old, new)):
            for place in (*PLACES.municipalities, *PLACES.districts, ELSEWHERE, DONT_KNOW):
                if (kind := person.said.get("place")) is None:
                    if place != DONT_KNOW:
                        continue
                elif kind != kind_of(place):
                    continue
                was, becomes = seen(person.old, place, looks[0]), seen(person.new, place, looks[1])
                if (key := changed(was, becomes)) is not None:
                    sets[key].add(tuple(sorted(person.said.items())))
                    where[key].add(place)
    return {key: (len(sets[key]), frozenset(where[key])) for key in sets}


@dataclass(frozen=True)
class Person:
    said: Case
    """To either book."""
    old: Case
    new: Case


def talks(person: Person, books: tuple[Book, Book]) -> Iterator[Person]:
    """Everybody who has answered all that both books ask, the old one first."""
    person = caught_up(person, books)
    asks = [asked(case, book) for case, book in zip((person.old, person.new), books, strict=True)]
    asking = [ask for ask in asks if ask is not None]
    if not asking:
        yield person
        return
    name = asking[0].question.id
    same = [ask if ask is not None and ask.question.id == name else None for ask in asks]
    for said in answers(person, [ask for ask in same if ask is not None]):
        heard = [
            {**case, **{fact: {**person.said, **said}[fact] for fact in (ask.parts if ask else ())}}
            for case, ask in zip((person.old, person.new), same, strict=True)
        ]
        yield from talks(Person({**person.said, **said}, *heard), books)


def caught_up(person: Person, books: tuple[Book, Book]) -> Person:
    """Nobody is asked by one book what they have said to the other."""
    heard = []
    for case, book in zip((person.old, person.new), books, strict=True):
        while (ask := asked(case, book)) and set(ask.parts) <= set(person.said):
            case = {**case, **{fact: person.said[fact] for fact in ask.parts}}  # noqa: PLW2901 - what was heard grows
        heard.append(case)
    return Person(person.said, *heard)


def asked(case: Case, book: Book) -> Ask | None:
    return further_question(as_known(case, book), book)


def as_known(case: Case, book: Book) -> Case:
    """What a book does not offer is to it as if somebody did not know."""
    return {
        fact: answer if fact == "place" or answer in book.accepted[fact] else DONT_KNOW
        for fact, answer in case.items()
    }


def answers(person: Person, asks: list[Ask]) -> Iterator[Case]:
    question = asks[0].question
    parts = [one for ask in asks for one in ask.parts if one not in person.said]
    parts = list(dict.fromkeys(parts))
    if question.kind is QuestionKind.SEVERAL:
        for marks in product((NO, YES), repeat=len(parts)):
            yield dict(zip(parts, marks, strict=True))
        yield dict.fromkeys(parts, DONT_KNOW)
    elif question.kind is QuestionKind.PLACE:
        yield from ({"place": kind} for kind in ("somewhere", ELSEWHERE, DONT_KNOW))
    else:
        offered = [option.id for ask in asks for option in ask.question.options]
        yield from ({question.id: one} for one in dict.fromkeys((*offered, DONT_KNOW)))


def kind_of(place: str) -> str:
    return place if place in (ELSEWHERE, DONT_KNOW) else "somewhere"


@dataclass(frozen=True)
class Seen:
    doors: Doors
    rule: str
    reasons: list[tuple[str, str]]
    knows: bool
    reaches: bool
    first: str


def seen(case: Case, place: str, look: Outlook) -> Seen:
    """What the bot shows somebody, by the functions that the bot uses."""
    case = as_known({**case, "place": place} if "place" in case else case, look.book)
    found = findings(case, look.book)
    shown = doors(found, case, look.book, DAY)
    lead = next((one for one in found.shown if one.role is Role.LEAD), None)
    visible = (*shown.lead, *shown.also, *shown.partners)
    return Seen(
        replace(shown, **{part: plain(getattr(shown, part)) for part in PARTS}),
        lead.rule.id if lead else "",
        [(one.service_type, one.rule.because) for one in found.shown],
        any(known(door, look.book) for door in visible),
        any(look.reachable(door) for door in shown.lead),
        next((door.id for door in shown.lead), ""),
    )


PARTS = ("first", "lead", "also", "partners", "behind")


def plain(some: tuple[Door, ...]) -> tuple[Door, ...]:
    return tuple(door._replace(confirmed=None) for door in some)


def known(door: Door, book: Book) -> bool:
    """A service of ours that leads, or belongs to the Migrationsfachdienst."""
    ours = door.ground in (Ground.RESPONSIBLE, Ground.STANDS_IN) and door.id != door.service_type
    return ours and (book.types[door.service_type].member or door.role is not Role.PARTNER)


def changed(was: Seen, becomes: Seen) -> tuple[Change, str, str] | None:
    """The gravest that is true."""
    firsts = was.first, becomes.first
    if was.reaches and not becomes.reaches:
        return (Change.NOTHING_LEFT, *firsts)
    if was.knows and not becomes.knows:
        return (Change.LOST, *firsts)
    if becomes.knows and not was.knows:
        return (Change.GAINED, *firsts)
    if was.first != becomes.first:
        return (Change.FIRST, *firsts)
    if was.doors != becomes.doors:
        return (Change.OTHERS, was.rule, becomes.rule)
    if was.reasons != becomes.reasons:
        return (Change.REASON, was.rule, becomes.rule)
    return None
