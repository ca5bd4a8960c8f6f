"""Every conversation as a graph of points where people meet."""

from dataclasses import dataclass

from bot.core.case import Case
from bot.core.findings import Findings
from bot.core.knowledge import QuestionKind
from bot.core.questionnaire import Ask


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
    found: tuple[Findings, ...]
    """What follows, for each of the books that are walked together."""
    ask: Ask | None
    """None where doors are shown."""
    further: bool
    """The first door was seen before."""
    heard: tuple[Case, ...] = ()
    """What of the case each of several books has asked."""
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

    def paths(self) -> list[int]:
        """How many sets of answers, without the place, lead to each point."""
        paths = [0] * len(self.points)
        for start in self.starts:
            paths[start] += 1
        for number in range(len(self.points) - 1, -1, -1):
            point = self.points[number]
            for way in point.ways:
                times = 1 if point.asks_for_place else way.answers
                paths[way.to] += paths[number] * times
        return paths


def weights(groups: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """How many ways of ticking each entry of `Point.order` stands for."""
    times = (1,)
    for group in reversed(groups):
        marked = 2 ** len(group) - 1
        times = (*times, *(marked * number for number in times))
    return (*times, 1)
