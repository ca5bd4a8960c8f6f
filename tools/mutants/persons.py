"""Random people, and what the bot shows them: the truth, found without the proof.

A person has an answer to everything. Each edition of the bot asks what it asks, as on a phone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple

from bot.core import events
from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES, part
from bot.core.conversation import current_question, step
from bot.core.findings import findings
from bot.core.knowledge import Book, Question, QuestionKind, Role
from bot.core.questionnaire import Ask
from bot.core.responsibility import Door, Ground
from bot.core.screen import screen
from bot.core.screens import OfficesBody, ResultBody
from bot.core.state import Conversation
from tools.mutants.text import Mutant, Values

Person = Mapping[str, str]
"""Question or fact -> answer, to all that any edition may ask."""


class Mark(NamedTuple):
    """A door as people see it."""

    id: str
    kind: str
    role: Role
    ground: Ground
    sure: bool
    may_report: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Doors in their order, by their part of the screens, and why."""

    first: tuple[Mark, ...]
    lead: Mark | None
    beside: tuple[Mark, ...]
    behind: tuple[Mark, ...]
    because: tuple[tuple[str, str], ...]


def told(person: Person, book: Book, now: datetime) -> Shown:
    """What somebody sees who answers whatever the bot asks until it asks no more."""
    talk = Conversation("de", {"for_whom": person["for_whom"]})
    while True:
        ask = current_question(talk, book)
        if ask is None and talk.wants_more:
            return _shown(talk, book, now)
        if ask is None:
            talk = step(talk, events.WantsMoreQuestions(), book).conversation
            continue
        for event in _answers(person, ask, talk, book):
            talk = step(talk, event, book).conversation


def _answers(person: Person, ask: Ask, talk: Conversation, book: Book) -> Iterator[events.Event]:
    question = ask.question
    answer = person[question.id]
    if question.kind is not QuestionKind.SEVERAL:
        offered = book.accepted[question.id]
        yield events.Answered(question.id, answer if answer in offered else DONT_KNOW)
        return
    if answer == DONT_KNOW:
        yield events.Answered(question.id, DONT_KNOW)
        return
    options = {option.fact: option for option in question.options}
    if len(ask.parts) == 1 and options[ask.parts[0]].alone is not None:
        yes = person[ask.parts[0]] == YES
        yield events.Answered(question.id, options[ask.parts[0]].id if yes else NO)
        return
    for fact in ask.parts:
        if (person[fact] == YES) != (fact in talk.marked):
            yield events.Toggled(question.id, options[fact].id)
    yield events.Finished(question.id)


def _shown(talk: Conversation, book: Book, now: datetime) -> Shown:
    body = screen(talk, book, now).body
    opened = step(talk, events.OpenedMenu(events.Menu.OFFICES), book).conversation
    offices = screen(opened, book, now).body
    if not isinstance(body, ResultBody) or not isinstance(offices, OfficesBody):
        raise TypeError(f"There is no result, but {type(body).__name__}.")
    found = findings(talk.case, book).shown
    return Shown(
        tuple(_mark(card.door) for card in body.first),
        _mark(body.lead.door) if body.lead else None,
        tuple(map(_mark, body.others)),
        tuple(map(_mark, offices.doors)),
        tuple((finding.service_type, finding.rule.because) for finding in found),
    )


def _mark(door: Door) -> Mark:
    return Mark(door.id, door.service_type, door.role, door.ground, door.sure, door.may_report)


def anybody(books: tuple[Book, ...], chance: Random) -> dict[str, str]:
    """Somebody, each answer as likely as the others; `?` now and then."""
    person: dict[str, str] = {}
    for book in books:
        for question in book.questions.values():
            for fact, answer in _random(question, book, chance).items():
                person.setdefault(fact, answer)
    return person


def _random(question: Question, book: Book, chance: Random) -> Person:
    unknown = chance.random() < 0.08
    match question.kind:
        case QuestionKind.PLACE:
            inside = chance.choice((*book.municipalities, *book.districts))
            outside = chance.choice((DONT_KNOW, ELSEWHERE))
            return {"place": outside if unknown else inside}
        case QuestionKind.ONE:
            option = chance.choice(question.options).id
            return {question.id: DONT_KNOW if unknown else option}
        case QuestionKind.SEVERAL:
            share = chance.choice((0.1, 0.3, 0.6))
            facts = {fact: YES if chance.random() < share else NO for fact in question.facts}
            return {question.id: DONT_KNOW if unknown else YES, **facts}


def somebody_near(
    mutant: Mutant, rules: tuple[Values, ...], books: tuple[Book, ...], chance: Random
) -> Person:
    """Somebody with answers of which the mutated entry speaks, at a place that it serves."""
    person = anybody(books, chance)
    kinds = {
        kind
        for entry in mutant.near
        for kind in (*entry.get("offers", ()), entry.get("refer_to"), entry.get("type", "hotline"))
    }
    referring = [rule for rule in rules if rule.get("refer_to") in kinds]
    entries = [*mutant.near, *([chance.choice(referring)] if referring else [])]
    faithful = chance.choice((0.6, 0.9, 1.0))
    for entry in entries:
        serves = entry.get("serves", {})
        for condition in (entry.get("when"), serves.get("who")):
            for question, options in _mentions(condition or {}):
                if chance.random() < faithful:
                    _say(person, question, chance.choice(options), books)
        served = [*serves.get("districts", ()), *serves.get("municipalities", ())]
        if served and chance.random() < faithful:
            person["place"] = _within(chance.choice(served), books[0], chance)
    return person


def _say(person: dict[str, str], question: str, option: str, books: tuple[Book, ...]) -> None:
    fact = part(question, option)
    if any(fact in book.accepted for book in books):
        person[fact] = YES
        person[question] = YES
    elif question != "place":
        person[question] = option


def _within(key: str, book: Book, chance: Random) -> str:
    inside = [place for place in book.municipalities if place.startswith(key)]
    return chance.choice([key, *inside])


def _mentions(condition: Values) -> Iterator[tuple[str, list[str]]]:
    if "is" in condition:
        yield condition["question"], condition["is"]
    for inner in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _mentions(inner)
    if "not" in condition:
        yield from _mentions(condition["not"])
