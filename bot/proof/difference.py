"""Whom an edit touches: who gets another first door, who gains one, who loses the last one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from bot.core.case import Case
from bot.core.knowledge import Book
from bot.proof import shown
from bot.proof.example import settled
from bot.proof.graph import Graph, Point
from bot.proof.outlook import Opened, Outlook
from bot.proof.parallel import Progress, each, quietly
from bot.proof.places import PlaceClass, place_classes
from bot.proof.shown import Shown
from bot.proof.together import walk_together
from bot.proof.touched import (
    conditions_of_doors,
    nobody_touched,
    only_doors_differ,
    same_findings,
)
from bot.proof.walk import branches, starts, walk


class Change(StrEnum):
    NOTHING_LEFT = "nothing_left"
    """Nothing at all can be reached any more."""
    LOST = "lost"
    """No service that we know leads any more, or is one of the Migrationsfachdienst."""
    GAINED = "gained"
    """There is a service that we know, where there was only the directory."""
    FIRST = "first"
    """Another first door."""
    OTHERS = "others"
    """The same first door, but other doors beside it, or in another way."""
    REASON = "reason"
    """The same doors, with another reason."""


LOSSES = frozenset({Change.NOTHING_LEFT, Change.LOST})


@dataclass(frozen=True, slots=True)
class Touched:
    """People for whom the same changes."""

    change: Change
    before: str
    """The first door, as an id; or the rule."""
    after: str
    case: Case
    """Of one of them: all that either book asks."""
    asked: Case
    """What of it the new book asks; a link that carries it shows what that book shows."""
    situations: int
    """Sets of answers, without the place."""
    places: int
    """Classes of places, as bits."""


@dataclass(frozen=True, slots=True)
class Difference:
    touched: tuple[Touched, ...]
    """The gravest first, then by how many it touches."""
    places: tuple[PlaceClass, ...]

    @property
    def loses(self) -> bool:
        return any(one.change in LOSSES for one in self.touched)


_Pair = tuple[str, str, int]
"""First door before, first door after, and the places where it is so."""


def compare(
    old: Book, new: Book, day: date, processes: int = 1, progress: Progress = quietly
) -> Difference:
    """What changes for whom on that day, whatever they answer."""
    look = _look(old, new, day)
    begin = branches(new) if branches(new) == branches(old) else (_starts(old, new),)
    for found in each(partial(_part, look), begin, processes, progress):
        for one in found:
            look.note(one)
    return look.difference()


def compare_part(old: Book, new: Book, day: date, begin: tuple[Case, ...]) -> Difference:
    """The same for the people who begin like this, as one of the `branches`."""
    look = _look(old, new, day)
    for one in _part(look, begin):
        look.note(one)
    return look.difference()


def compare_doors(old: Book, new: Book, day: date, graph: Graph) -> Difference:
    """The same where only doors differ, and the graph of the old book is at hand.

    Raises:
        ValueError: the edit touches more than doors.
    """
    if not only_doors_differ(old, new):
        raise ValueError("What follows from the answers differs too; use `compare`.")
    look = _look(old, new, day)
    look.through(graph)
    return look.difference()


def _starts(old: Book, new: Book) -> tuple[Case, ...]:
    """Those who begin alike are the same people, and count once."""
    every = (*starts(old), *starts(new))
    return tuple({tuple(case.items()): case for case in every}.values())


def _look(old: Book, new: Book, day: date) -> "_Look":
    places = place_classes(old, new)
    return _Look(Outlook(old, places, day), Outlook(new, places, day))


def _part(look: "_Look", begin: tuple[Case, ...]) -> tuple[Touched, ...]:
    """The people who begin like this."""
    old, new = look.old.book, look.new.book
    look = _Look(look.old, look.new)
    if same_findings(old, new):
        # What follows is the same, so one book is enough to walk.
        look.through(walk(old, begin, tuple(conditions_of_doors(new))))
    else:
        look.through(walk_together((old, new), begin, nobody_touched(old, new)))
    return tuple(look.found.values())


class _Look:
    def __init__(self, old: Outlook, new: Outlook) -> None:
        self.old = old
        self.new = new
        self.found: dict[tuple[Change, str, str], Touched] = {}
        self._pairs: dict[tuple[int, int], tuple[_Pair, ...]] = {}
        self._differ: dict[object, int] = {}
        self._unlikes: dict[tuple[int, int], int] = {}

    def through(self, graph: Graph) -> None:
        """All ends of the graph, whichever of the books it was walked for."""
        paths = graph.paths()
        for number, point in enumerate(graph.points):
            if point.ways or not point.found:
                continue
            where = self.old.at(point.case.get("place"), apart=graph.tells_places_apart)
            asked = point.heard[-1] if point.heard else point.case
            for change, before, after, places in self._changes(point, where):
                # At a place where it is so; for others the same may change elsewhere.
                case = settled(point.case, self.old.places, places)
                told = settled(asked, self.old.places, places)
                self.note(Touched(change, before, after, case, told, paths[number], places))

    def note(self, one: Touched) -> None:
        key = (one.change, one.before, one.after)
        known = self.found.get(key)
        if known is not None:
            situations = known.situations + one.situations
            one = replace(known, situations=situations, places=known.places | one.places)
        self.found[key] = one

    def difference(self) -> Difference:
        order = list(Change)
        found = sorted(
            self.found.values(),
            key=lambda one: (order.index(one.change), -one.situations, one.before, one.after),
        )
        return Difference(tuple(found), self.old.places)

    def _changes(self, point: Point, where: int) -> Iterator[tuple[Change, str, str, int]]:
        """Each place in at most one of them."""
        old = shown.at(self.old, point, 0)
        new = shown.at(self.new, point, -1)
        knew, knows = shown.known(old), shown.known(new)
        nothing = where & shown.reached(old) & ~shown.reached(new)
        kinds = {
            Change.NOTHING_LEFT: nothing,
            Change.LOST: where & knew & ~knows & ~nothing,
            Change.GAINED: where & knows & ~knew,
        }
        rest = where & ~(nothing | kinds[Change.LOST] | kinds[Change.GAINED])
        first, firsts = shown.lead(old), shown.lead(new)
        for was, becomes, places in self._first_doors(first, firsts):
            for change, touched in kinds.items():
                if touched & places:
                    yield change, was, becomes, touched & places
            if was != becomes and rest & places:
                yield Change.FIRST, was, becomes, rest & places
                rest &= ~places
        if others := rest & self._apart(old, new):
            yield Change.OTHERS, shown.rule(first), shown.rule(firsts), others
        if (same := rest & ~others) and shown.reasons(old) != shown.reasons(new):
            yield Change.REASON, shown.rule(first), shown.rule(firsts), same

    def _first_doors(self, old: Shown | None, new: Shown | None) -> tuple[_Pair, ...]:
        """The first doors in both books, with the places where they are so."""
        key = (id(old and old.opened), id(new and new.opened))
        pairs = self._pairs.get(key)
        if pairs is None:
            where: dict[tuple[str, str], int] = {}
            for number in range(len(self.old.places)):
                pair = (shown.first_door(old, number), shown.first_door(new, number))
                where[pair] = where.get(pair, 0) | 1 << number
            pairs = tuple((was, becomes, places) for (was, becomes), places in where.items())
            self._pairs[key] = pairs
        return pairs

    def _apart(self, old: list[Shown], new: list[Shown]) -> int:
        """The places where other doors stand, or in another order, or elsewhere."""
        key = (tuple(id(one.opened) for one in old), tuple(id(one.opened) for one in new))
        apart = self._differ.get(key)
        if apart is None:
            suspect = self._suspect(old, new)
            apart = self._differ[key] = sum(
                1 << number
                for number in range(len(self.old.places))
                if suspect >> number & 1
                and shown.on_screens(old, number) != shown.on_screens(new, number)
            )
        return apart

    def _suspect(self, old: list[Shown], new: list[Shown]) -> int:
        """Where the screens can differ at all: most findings open the same in both books."""
        if [shown.standing(one) for one in old] != [shown.standing(one) for one in new]:
            return self.old.everywhere
        places = 0
        for was, becomes in zip(old, new, strict=True):
            places |= self._unlike(was.opened, becomes.opened)
        return places

    def _unlike(self, old: Opened, new: Opened) -> int:
        key = (id(old), id(new))
        unlike = self._unlikes.get(key)
        if unlike is None:
            unlike = self._unlikes[key] = sum(
                1 << number
                for number, (was, becomes) in enumerate(zip(old.doors, new.doors, strict=True))
                if shown.parts(was) != shown.parts(becomes)
            )
        return unlike
