"""Every conversation that the questionnaire can take, as a graph of points where people meet.

The walk asks what the bot asks: `findings` and the questionnaire of the core decide at each point.
People meet at a point where the same is settled, the same is open, and so the same will follow.
Which place in the region somebody names changes only the doors, so one name stands for all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core import logic
from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES, Case
from bot.core.findings import Findings, concluded
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.known import Reading
from bot.core.logic import All, AnyOf, Condition, Is, Known, Not
from bot.core.questionnaire import Ask, further_question, next_question
from bot.proof.settled import Settled, Standing

SOMEWHERE: Final = "somewhere"
"""Stands for whatever is said about the place."""


@dataclass(frozen=True, slots=True)
class Way:
    to: int
    """The point to which the answer leads."""
    answers: int
    """How many answers lead there: a place has hundreds."""


@dataclass(slots=True)
class Point:
    """A screen: a question, or doors."""

    case: Case
    """Of one of those who come here."""
    found: Findings
    ask: Ask | None
    """None where doors are shown."""
    further: bool
    """The first door was seen before."""
    ways: tuple[Way, ...] = ()
    """Each point once. None where the conversation ends; from a first door to what may follow."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Options of a screen with several that only count together."""
    order: tuple[int, ...] = ()
    """Where each answer leads. With several: the last group changes fastest, unmarked first; then
    `?`."""

    @property
    def asks_for_place(self) -> bool:
        return self.ask is not None and self.ask.question.kind is QuestionKind.PLACE


@dataclass(frozen=True, slots=True)
class Graph:
    points: tuple[Point, ...]
    """Each after all points to which it leads."""
    starts: tuple[int, ...]
    tells_places_apart: bool
    """The rules distinguish between somewhere in the region, elsewhere and unknown."""


def starts(book: Book) -> tuple[Case, ...]:
    """The ways into a conversation: who writes, and for whom."""
    asked = book.questions["for_whom"]
    return tuple({"for_whom": answer} for answer in (*(one.id for one in asked.options), DONT_KNOW))


def branches(book: Book) -> tuple[tuple[Case, ...], ...]:
    """All conversations in parts that hardly meet, so that two processors can share the work."""
    first: dict[tuple[str, str], list[Case]] = {}
    for case in starts(book):
        ask = next_question(case, book)
        if ask is None or ask.question.kind is not QuestionKind.ONE:
            first.setdefault(("", ""), []).append(case)
            continue
        for option in (*ask.question.options, None):
            answer = option.id if option else DONT_KNOW
            first.setdefault((ask.question.id, answer), []).append(
                {**case, ask.question.id: answer}
            )
    return tuple(tuple(cases) for cases in first.values())


def walk(book: Book, begin: tuple[Case, ...], beside: tuple[Condition, ...] = ()) -> Graph:
    """All points to which conversations lead that begin like this.

    People between whom a condition of `beside` distinguishes never meet.
    """
    walker = _Walker(book, beside)
    found = tuple(walker.arrive(case, walker.settled.begin, further=False) for case in begin)
    return Graph(tuple(walker.points), found, len(walker.places) > 1)


class _Walker:
    def __init__(self, book: Book, beside: tuple[Condition, ...]) -> None:
        self.book = book
        self.reading = Reading(book.questions.values(), book.alphabet)
        self.settled = Settled(book, beside)
        self.points: list[Point] = []
        self.numbers: dict[object, int] = {}
        self.memory: dict[object, tuple[int, ...]] = {}
        self.places = _places(book, self.settled)
        self.alike = {
            question.id: _alike(question, self.settled)
            for question in book.questions.values()
            if question.kind is QuestionKind.SEVERAL
        }

    def arrive(self, case: Case, before: Standing, *, further: bool) -> int:
        """The number of the point at which such people stand."""
        standing = self.settled.after(before, self.reading.known(case))
        key = (standing.key, case.get("place"), further)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = self.explore(case, standing, further=further)
        return number

    def explore(self, case: Case, standing: Standing, *, further: bool) -> int:
        found = concluded(standing.known, self.book)
        ask = (further_question if further else next_question)(case, self.book, found)
        point = Point(case, found, ask, further)
        if ask is not None and ask.question.kind is QuestionKind.SEVERAL:
            self.tick(point, ask, standing)
        elif ask is not None:
            self.choose(point, ask.question, standing)
        elif not further:
            self.lead(point, {self.arrive(case, standing, further=True): 1})
        self.points.append(point)
        return len(self.points) - 1

    def choose(self, point: Point, question: Question, standing: Standing) -> None:
        ways: Counter[int] = Counter()
        order = []
        for answer, times in self.answers(question, standing.known):
            told = {**point.case, question.id: answer}
            to = self.arrive(told, standing, further=point.further)
            ways[to] += times
            order.append(to)
        self.lead(point, ways)
        point.order = tuple(order)

    def tick(self, point: Point, ask: Ask, standing: Standing) -> None:
        point.groups = self.groups(ask)
        marked = self.marked(point.case, point.groups, standing, further=point.further)
        unknown = {**point.case, **dict.fromkeys(ask.parts, DONT_KNOW)}
        point.order = (*marked, self.arrive(unknown, standing, further=point.further))
        ways: Counter[int] = Counter()
        for to, times in zip(point.order, weights(point.groups), strict=True):
            ways[to] += times
        self.lead(point, ways)

    def lead(self, point: Point, ways: Mapping[int, int]) -> None:
        point.ways = tuple(Way(to, answers) for to, answers in ways.items())

    def answers(self, question: Question, known: Known) -> Iterator[tuple[str, int]]:
        """Every answer that the screen takes, and for how many it stands."""
        if question.kind is QuestionKind.PLACE:
            yield from self.places
            return
        for option in question.options:
            if option.ask is None or option.ask.look(known) != logic.NO:
                yield option.id, 1
        yield DONT_KNOW, 1

    def groups(self, ask: Ask) -> tuple[tuple[str, ...], ...]:
        """The options of the screen, those together between which no condition distinguishes."""
        groups: dict[int, list[str]] = {}
        for fact in ask.parts:
            groups.setdefault(self.alike[ask.question.id][fact], []).append(fact)
        return tuple(tuple(group) for group in groups.values())

    def marked(
        self,
        case: Case,
        groups: tuple[tuple[str, ...], ...],
        standing: Standing,
        *,
        further: bool,
    ) -> tuple[int, ...]:
        """The points to which the ticks on a screen lead, in the order of `Point.order`."""
        if not groups:
            return (self.arrive(case, standing, further=further),)
        group, *rest = groups
        none = {**case, **dict.fromkeys(group, NO)}
        found: tuple[int, ...] = ()
        # Between several that are alike it is enough that one is marked.
        for told in (none, {**none, group[0]: YES}):
            after = self.settled.after(standing, self.reading.known(told))
            key = (after.key, told.get("place"), further, tuple(rest))
            below = self.memory.get(key)
            if below is None:
                below = self.marked(told, tuple(rest), after, further=further)
                self.memory[key] = below
            found += below
        return found


def weights(groups: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """How many ways of ticking each entry of `Point.order` stands for."""
    times = (1,)
    for group in reversed(groups):
        marked = 2 ** len(group) - 1
        times = (*times, *(marked * number for number in times))
    return (*times, 1)


def _places(book: Book, settled: Settled) -> tuple[tuple[str, int], ...]:
    """Answers about the place between which the rules distinguish, and for how many each stands."""
    here = len(book.municipalities) + len(book.districts)
    bits = book.alphabet.whole["place"]
    if any(condition.mentions() & bits for condition in settled.conditions):
        return ((SOMEWHERE, here), (ELSEWHERE, 1), (DONT_KNOW, 1))
    return ((SOMEWHERE, here + 2),)


def _alike(question: Question, settled: Settled) -> Mapping[str, int]:
    """Options that only ever count together have the same number."""
    masks = list(dict.fromkeys(mask for one in settled.conditions for mask in _masks(one)))
    numbers: dict[object, int] = {}
    alike = {}
    for option in question.options:
        bit = settled.alphabet.bits[option.fact][YES]
        seen: object = tuple(bool(mask & bit) for mask in masks)
        if option.ask is not None or option.alone is not None:
            seen = option.id
        alike[option.fact] = numbers.setdefault(seen, len(numbers))
    return alike


def _masks(condition: Condition) -> Iterator[int]:
    match condition:
        case Is(bits):
            yield bits
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _masks(part)
        case Not(inner):
            yield from _masks(inner)
        case _:
            raise TypeError(f"There is no condition {type(condition).__name__}.")
