"""Several books walked together: the same people, and of each book only what it asks them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core import logic
from bot.core.case import DONT_KNOW, NO, YES, Case
from bot.core.findings import Findings, concluded
from bot.core.knowledge import Book, QuestionKind
from bot.core.questionnaire import Ask, further_question
from bot.proof.graph import Graph, Point, Way, weights
from bot.proof.settled import Standing
from bot.proof.view import View
from bot.proof.walk import place_answers

Standings = tuple[Standing, ...]
"""Where the same person stands in each of the books."""


def walk_together(
    books: tuple[Book, ...], begin: tuple[Case, ...], ends: Callable[[Standings], bool]
) -> Graph:
    """What the same people are told by several books, once each has asked all that it asks.

    Where `ends` says so nobody looks further; such a point has neither ways nor findings.
    """
    return _Walker(tuple(View(book, ()) for book in books), ends).graph(begin)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A person as one book knows them."""

    heard: Case
    """What this book has asked. Another one may have asked more."""
    standing: Standing


_Stands = tuple[_Stand, ...]


class _Walker:
    def __init__(self, views: tuple[View, ...], ends: Callable[[Standings], bool]) -> None:
        self.views = views
        self.ends = ends
        self.points: list[Point] = []
        self.numbers: dict[object, int] = {}
        self.memory: dict[object, tuple[int, ...]] = {}
        self.places = place_answers(views)

    def graph(self, begin: tuple[Case, ...]) -> Graph:
        found = tuple(self.arrive(case, self.begun(case)) for case in begin)
        return Graph(tuple(self.points), found, len(self.places) > 1)

    def begun(self, case: Case) -> _Stands:
        return tuple(
            _Stand(case, view.after(view.settled.begin, view.case(case))) for view in self.views
        )

    def arrive(self, case: Case, stands: _Stands) -> int:
        """The number of the point at which such people stand."""
        stands = tuple(
            self.caught_up(case, view, one) for view, one in zip(self.views, stands, strict=True)
        )
        key = self.key(case, stands)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = self.explore(case, stands)
        return number

    def caught_up(self, case: Case, view: View, one: _Stand) -> _Stand:
        """Whoever has said something to one book says the same when another one asks."""
        while len(one.heard) < len(case):
            ask = self.asked(view, one, concluded(one.standing.known, view.book))
            if ask is None or any(fact not in case for fact in ask.parts):
                break
            one = self.hears(view, one, {fact: case[fact] for fact in ask.parts})
        return one

    def asked(self, view: View, one: _Stand, found: Findings) -> Ask | None:
        return further_question(view.case(one.heard), view.book, found)

    def hears(self, view: View, one: _Stand, said: Case) -> _Stand:
        heard = {**one.heard, **said}
        return _Stand(heard, view.after(one.standing, view.case(heard)))

    def key(self, case: Case, stands: _Stands) -> object:
        """Equal for people who will be asked and told the same by all the books."""
        unheard = tuple(
            (number, fact, answer)
            for number, one in enumerate(stands)
            if len(one.heard) < len(case)
            for fact, answer in sorted(case.items())
            if fact not in one.heard and self.may_ask(number, fact, one.standing)
        )
        return (
            *(one.standing.key for one in stands),
            *(one.heard.get("place") for one in stands),
            unheard,
        )

    def may_ask(self, number: int, fact: str, standing: Standing) -> bool:
        """Something that is still open there speaks of the fact; of the place, doors do."""
        settled = self.views[number].settled
        bits = settled.alphabet.whole.get(fact, 0)
        return fact == "place" or any(
            settled.conditions[open_one].mentions() & bits for open_one in standing.open
        )

    def explore(self, case: Case, stands: _Stands) -> int:
        heard = tuple(one.heard for one in stands)
        alike = all(len(one) == len(case) for one in heard)
        # What one book alone has asked can open a door there, so the same rules do not suffice.
        if alike and self.ends(tuple(one.standing for one in stands)):
            self.points.append(Point(case, (), None, further=True, heard=heard))
            return len(self.points) - 1
        found = tuple(
            concluded(one.standing.known, view.book)
            for view, one in zip(self.views, stands, strict=True)
        )
        asks = tuple(
            self.asked(view, one, of)
            for view, one, of in zip(self.views, stands, found, strict=True)
        )
        ask = _joined(case, asks)
        point = Point(case, found, ask, further=True, heard=heard)
        if ask is not None and ask.question.kind is QuestionKind.SEVERAL:
            self.tick(point, ask, asks, stands)
        elif ask is not None:
            self.choose(point, ask, asks, stands)
        self.points.append(point)
        return len(self.points) - 1

    def choose(self, point: Point, ask: Ask, asks: tuple[Ask | None, ...], stands: _Stands) -> None:
        ways: Counter[int] = Counter()
        order = []
        for answer, times in self.answers(ask, asks, stands):
            said = {ask.question.id: answer}
            to = self.arrive({**point.case, **said}, self.told(said, asks, stands))
            ways[to] += times
            order.append(to)
        _lead(point, ways)
        point.order = tuple(order)

    def told(self, said: Case, asks: tuple[Ask | None, ...], stands: _Stands) -> _Stands:
        """Each book hears of it what it has asked."""
        after = []
        for view, one, ask in zip(self.views, stands, asks, strict=True):
            mine = {fact: said[fact] for fact in (ask.parts if ask else ()) if fact in said}
            after.append(self.hears(view, one, mine) if mine else one)
        return tuple(after)

    def answers(
        self, ask: Ask, asks: tuple[Ask | None, ...], stands: _Stands
    ) -> Iterator[tuple[str, int]]:
        """Every answer that a screen of those who ask takes, and for how many it stands."""
        if ask.question.kind is QuestionKind.PLACE:
            yield from self.places
            return
        offered = {
            option.id: 1
            for asking, one in zip(asks, stands, strict=True)
            if asking is not None and asking.question.id == ask.question.id
            for option in asking.question.options
            if option.ask is None or option.ask.look(one.standing.known) != logic.NO
        }
        yield from offered.items()
        yield DONT_KNOW, 1

    def tick(self, point: Point, ask: Ask, asks: tuple[Ask | None, ...], stands: _Stands) -> None:
        asks = tuple(one if one and one.question.id == ask.question.id else None for one in asks)
        # What another book has asked before is not asked again.
        stands = self.told(point.case, asks, stands)
        point.groups = self.groups(ask, asks)
        marked = self.marked(point.case, point.groups, asks, stands)
        unknown = dict.fromkeys(ask.parts, DONT_KNOW)
        after = self.told(unknown, asks, stands)
        point.order = (*marked, self.arrive({**point.case, **unknown}, after))
        ways: Counter[int] = Counter()
        for to, times in zip(point.order, weights(point.groups), strict=True):
            ways[to] += times
        _lead(point, ways)

    def groups(self, ask: Ask, asks: tuple[Ask | None, ...]) -> tuple[tuple[str, ...], ...]:
        """The options of the screen, those together between which no book distinguishes."""
        groups: dict[object, list[str]] = {}
        for fact in ask.parts:
            alike = tuple(view.alike(fact) for view in self.views)
            asking = tuple(one is not None and fact in one.parts for one in asks)
            groups.setdefault((alike, asking), []).append(fact)
        return tuple(tuple(group) for group in groups.values())

    def marked(
        self,
        case: Case,
        groups: tuple[tuple[str, ...], ...],
        asks: tuple[Ask | None, ...],
        stands: _Stands,
    ) -> tuple[int, ...]:
        """The points to which the ticks on a screen lead, in the order of `Point.order`."""
        if not groups:
            return (self.arrive(case, stands),)
        group, *rest = groups
        none = dict.fromkeys(group, NO)
        found: tuple[int, ...] = ()
        # Between several that are alike it is enough that one is marked.
        for said in (none, {**none, group[0]: YES}):
            told = {**case, **said}
            after = self.told(said, asks, stands)
            key = (self.key(told, after), tuple(rest), tuple(one and one.parts for one in asks))
            below = self.memory.get(key)
            if below is None:
                below = self.marked(told, tuple(rest), asks, after)
                self.memory[key] = below
            found += below
        return found


def _lead(point: Point, ways: Counter[int]) -> None:
    point.ways = tuple(Way(to, answers) for to, answers in ways.items())


def _joined(case: Case, asks: tuple[Ask | None, ...]) -> Ask | None:
    """What the first of the books asks that asks anything; of several, all that they ask."""
    asking = [ask for ask in asks if ask is not None]
    if not asking:
        return None
    first = asking[0]
    parts = (
        fact
        for ask in asking
        if ask.question.id == first.question.id
        for fact in ask.parts
        if fact not in case
    )
    return Ask(first.question, tuple(dict.fromkeys(parts)))
