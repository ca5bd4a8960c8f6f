"""Every conversation that the questionnaire can take, walked point by point.

The walk asks what the bot asks: `findings` and the questionnaire of the core decide at each point.
People meet at a point where the same is settled, the same is open, and so the same will follow.
Which place in the region somebody names changes only the doors, so one name stands for all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bot.core import logic
from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES, Case
from bot.core.findings import concluded
from bot.core.knowledge import Book, QuestionKind
from bot.core.logic import Condition
from bot.core.questionnaire import Ask, further_question, next_question
from bot.proof.graph import Graph, Point, Way, weights
from bot.proof.settled import Standing
from bot.proof.view import View

SOMEWHERE: Final = "somewhere"
"""Stands for whatever is said about the place."""


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
        for answer in (*(option.id for option in ask.question.options), DONT_KNOW):
            told = {**case, ask.question.id: answer}
            first.setdefault((ask.question.id, answer), []).append(told)
    return tuple(tuple(cases) for cases in first.values())


def walk(book: Book, begin: tuple[Case, ...], beside: tuple[Condition, ...] = ()) -> Graph:
    """All points to which conversations lead that begin like this: to the first door, and on.

    People between whom a condition of `beside` distinguishes never meet.
    """
    return _Walker(View(book, beside)).graph(begin)


class _Walker:
    def __init__(self, view: View) -> None:
        self.view = view
        self.points: list[Point] = []
        self.numbers: dict[object, int] = {}
        self.memory: dict[object, tuple[int, ...]] = {}
        self.places = place_answers((view,))

    def graph(self, begin: tuple[Case, ...]) -> Graph:
        nothing = self.view.settled.begin
        found = tuple(self.arrive(case, nothing, further=False) for case in begin)
        return Graph(tuple(self.points), found, len(self.places) > 1)

    def arrive(self, case: Case, before: Standing, *, further: bool) -> int:
        """The number of the point to which such people come."""
        return self.meet(case, self.view.after(before, case), further=further)

    def meet(self, case: Case, standing: Standing, *, further: bool) -> int:
        """The number of the point at which all stand for whom the same is settled and open."""
        key = (standing.key, case.get("place"), further)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = self.explore(case, standing, further=further)
        return number

    def explore(self, case: Case, standing: Standing, *, further: bool) -> int:
        found = concluded(standing.known, self.view.book)
        asking = further_question if further else next_question
        ask = asking(case, self.view.book, found)
        point = Point(case, (found,), ask, further)
        if ask is not None and ask.question.kind is QuestionKind.SEVERAL:
            self.tick(point, ask, standing)
        elif ask is not None:
            self.choose(point, ask, standing)
        elif not further:
            self.lead(point, {self.meet(case, standing, further=True): 1})
        self.points.append(point)
        return len(self.points) - 1

    def choose(self, point: Point, ask: Ask, standing: Standing) -> None:
        ways: Counter[int] = Counter()
        order = []
        for answer, times in self.answers(ask, standing):
            told = {**point.case, ask.question.id: answer}
            to = self.arrive(told, standing, further=point.further)
            ways[to] += times
            order.append(to)
        self.lead(point, ways)
        point.order = tuple(order)

    def answers(self, ask: Ask, standing: Standing) -> Iterator[tuple[str, int]]:
        """Every answer that the screen takes, and for how many it stands."""
        if ask.question.kind is QuestionKind.PLACE:
            yield from self.places
            return
        for option in ask.question.options:
            if option.ask is None or option.ask.look(standing.known) != logic.NO:
                yield option.id, 1
        yield DONT_KNOW, 1

    def tick(self, point: Point, ask: Ask, standing: Standing) -> None:
        point.groups = self.groups(ask)
        marked = self.marked(point.case, point.groups, standing, further=point.further)
        unknown = {**point.case, **dict.fromkeys(ask.parts, DONT_KNOW)}
        point.order = (*marked, self.arrive(unknown, standing, further=point.further))
        ways: Counter[int] = Counter()
        for to, times in zip(point.order, weights(point.groups), strict=True):
            ways[to] += times
        self.lead(point, ways)

    def groups(self, ask: Ask) -> tuple[tuple[str, ...], ...]:
        """The options of the screen, those together between which no condition distinguishes."""
        groups: dict[object, list[str]] = {}
        for fact in ask.parts:
            groups.setdefault(self.view.alike(fact), []).append(fact)
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
            return (self.meet(case, standing, further=further),)
        group, *rest = groups
        none = {**case, **dict.fromkeys(group, NO)}
        found: tuple[int, ...] = ()
        # Between several that are alike it is enough that one is marked.
        for told in (none, {**none, group[0]: YES}):
            after = self.view.after(standing, told)
            key = (after.key, told.get("place"), further, tuple(rest))
            below = self.memory.get(key)
            if below is None:
                below = self.marked(told, tuple(rest), after, further=further)
                self.memory[key] = below
            found += below
        return found

    def lead(self, point: Point, ways: Mapping[int, int]) -> None:
        point.ways = tuple(Way(to, answers) for to, answers in ways.items())


def place_answers(views: tuple[View, ...]) -> tuple[tuple[str, int], ...]:
    """Answers about the place between which the rules distinguish, and for how many each stands."""
    keys = {key for view in views for key in (*view.book.municipalities, *view.book.districts)}
    if any(view.tells_places_apart() for view in views):
        return ((SOMEWHERE, len(keys)), (ELSEWHERE, 1), (DONT_KNOW, 1))
    return ((SOMEWHERE, len(keys) + 2),)
