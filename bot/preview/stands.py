"""Where in a talk one entry of the knowledge base is shown: every kind of screen that has it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.core.case import Case
from bot.core.events import Menu
from bot.core.knowledge import Book, Hotline, QuestionKind, Refer, Role, Rule, Service
from bot.core.logic import Truth, truth
from bot.core.questionnaire import again
from bot.core.responsibility import doors
from bot.core.state import (
    Conversation,
    DeskPage,
    DoorPage,
    HumanPage,
    MenuPage,
    MyAnswers,
    Page,
    Why,
)
from bot.preview.search import Result, Wish, best, together
from bot.sentence import Sentence

NOBODY: Final = Sentence("Nobody is led here by the questions, as far as a short search finds.")


@dataclass(frozen=True, slots=True)
class Stand:
    """A point in a talk, whatever its language."""

    title: Sentence
    talk: Conversation
    is_reached: bool = True
    """False for a door that is opened by its id alone: no answers were found that lead there."""
    is_aside: bool = False
    """One of many that say much the same."""


def stands(entry: str, book: Book, today: date) -> Iterator[Stand]:
    """All screens of an entry; none where the book does not know it."""
    if entry in book.questions:
        yield from _question(entry, book)
    elif entry in book.services:
        yield from _service(book.services[entry], book, today)
    elif entry in book.hotlines:
        yield from _hotline(book.hotlines[entry], book, today)
    elif entry in book.types:
        yield from _type(entry, book, today)
    elif entry == REGION:
        yield Stand(Sentence("Privacy"), _talk({"for_whom": "self"}, MenuPage(Menu.PRIVACY)))
    for rule in book.rules:
        if rule.id == entry:
            yield from _rule(rule, book)


REGION: Final = "region"


def _question(name: str, book: Book) -> Iterator[Stand]:
    question = book.questions[name]
    for title, who in (
        (Sentence("The question"), "self"),
        (Sentence("The question about somebody else"), "helper"),
    ):
        case: Case = {} if name == "for_whom" else {"for_whom": who}
        parts = again(question, case, book).parts or question.facts
        yield Stand(title, replace(_talk(case), asked_again=parts))
        if name == "for_whom":
            break
    for option in question.options:
        if f"option.{name}.{option.id}.text_alone" in book.texts:
            title = Sentence("Asked alone: {option}", option=option.id)
            yield Stand(title, replace(_talk({"for_whom": "self"}), asked_again=(option.fact,)))
    yield Stand(Sentence("“Why do you ask?”"), _talk({"for_whom": "self"}, Why(name)))
    if question.kind is QuestionKind.ONE:
        for option in question.options:
            title = Sentence("“My answers”, with {option}", option=option.id)
            case = {"for_whom": "self", name: option.id}
            yield Stand(title, _talk(case, MyAnswers()), is_aside=True)


def _service(service: Service, book: Book, today: date) -> Iterator[Stand]:
    begin = _begin(_place_of(service, book))
    one: Result | None = None
    if can_be_reached(service.id, book):
        rules = _referring(service.offers, book)
        conditions = (together(rule.when, service.who) for rule in rules)
        one = best(conditions, begin, book, *_at_a_door(service.id, book, today))
    yield from _result(one)
    yield from _door(service.id, one, begin[0])


def can_be_reached(service: str, book: Book) -> bool:
    """False where all that is known of it is withheld, or no way to reach it is known."""
    return any(service == one.id for offering in book.offering.values() for one in offering)


def _hotline(hotline: Hotline, book: Book, today: date) -> Iterator[Stand]:
    alone, leads, beside, is_shown = _at_a_door(hotline.id, book, today)

    def stands_first(one: Result) -> bool:
        return hotline.id in {door.id for door in doors(one.found, one.case, book, today).first}

    begin = _begin(next(iter(book.districts)))
    if rules := _referring((hotline.service_type,), book):
        conditions = (together(rule.when, hotline.when) for rule in rules)
        one = best(conditions, begin, book, stands_first, is_shown)
    else:
        # It stands in wherever no service is known, whoever leads.
        one = best((hotline.when,), begin, book, alone, leads, beside, is_shown)
    yield from _result(one)
    if hotline.emergency:
        yield Stand(Sentence("“Help now”"), _talk(begin[0], HumanPage()))
    yield from _door(hotline.id, one, begin[0])


def _type(name: str, book: Book, today: date) -> Iterator[Stand]:
    """Where we know no service of the kind, its own words stand alone."""
    alone, leads, *_ = _at_a_door(name, book, today)

    def is_shown(one: Result) -> bool:
        return name in {finding.service_type for finding in one.found.shown}

    known = {district for offered, district in book.offering if offered == name}
    places = [key for key in book.districts if key not in known] or list(book.districts)
    begin = _begin(places[0])
    conditions = (rule.when for rule in _referring((name,), book))
    one = best(conditions, begin, book, alone, leads, is_shown)
    yield from _result(one)
    yield from _door(name, one, begin[0])


def _at_a_door(door: str, book: Book, today: date) -> tuple[Wish, Wish, Wish, Wish]:
    """It leads, and nothing stands before; it leads; it stands beside, likewise; somewhere."""

    def leads(one: Result) -> bool:
        lead = doors(one.found, one.case, book, today).lead
        return bool(lead) and lead[0].id == door

    def alone(one: Result) -> bool:
        return leads(one) and not doors(one.found, one.case, book, today).first

    def is_shown(one: Result) -> bool:
        return door in {one.id for one in doors(one.found, one.case, book, today).every()}

    def beside(one: Result) -> bool:
        return is_shown(one) and not doors(one.found, one.case, book, today).first

    return alone, leads, beside, is_shown


def _rule(rule: Rule, book: Book) -> Iterator[Stand]:
    def alone(one: Result) -> bool:
        return leads(one) and not any(finding.before_lead for finding in one.found.shown)

    def leads(one: Result) -> bool:
        return one.found.lead is not None and one.found.lead.rule.id == rule.id

    def is_shown(one: Result) -> bool:
        return rule.id in {finding.rule.id for finding in one.found.shown}

    def holds(one: Result) -> bool:
        return truth(rule.when, one.found.known) is Truth.YES

    if not isinstance(rule.then, Refer):
        wishes: tuple[Wish, ...] = (holds,)
    elif rule.then.role is Role.LEAD:
        wishes = (alone, leads, is_shown)
    else:
        wishes = (is_shown,)
    one = best((rule.when,), _begin(next(iter(book.districts))), book, *wishes)
    yield from _result(one)
    if one is not None:
        yield Stand(Sentence("“Why this one?”"), _talk(one.case, MenuPage(Menu.WHY)))


def _result(one: Result | None) -> Iterator[Stand]:
    if one is not None:
        yield Stand(Sentence("The result"), _talk(one.case))


def _door(name: str, one: Result | None, otherwise: Case) -> Iterator[Stand]:
    case = one.case if one else otherwise
    is_reached = one is not None
    yield Stand(Sentence("The door"), _talk(case, DoorPage(name)), is_reached)
    at_the_desk = Sentence("“Show this at the desk”")
    yield Stand(at_the_desk, _talk(case, DeskPage(name)), is_reached)


def _referring(types: tuple[str, ...], book: Book) -> tuple[Rule, ...]:
    """Those that can lead first."""
    fitting = [(rule, then) for rule, then in book.referring if then.service_type in types]
    fitting.sort(key=lambda one: one[1].role is not Role.LEAD)
    return tuple(rule for rule, _ in fitting)


def _place_of(service: Service, book: Book) -> str:
    """Somewhere that it serves."""
    served = sorted(service.municipalities) or sorted(service.districts) or list(book.districts)
    return served[0]


def _begin(place: str) -> tuple[Case, ...]:
    return tuple({"for_whom": who, "place": place} for who in ("self", "child", "family", "helper"))


def _talk(case: Case, page: Page | None = None) -> Conversation:
    trail = tuple((fact,) for fact in case if fact != "for_whom")
    return Conversation("de", case, trail, pages=() if page is None else (page,))
