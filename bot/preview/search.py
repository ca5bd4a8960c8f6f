"""A person for whom something holds: a plain way through the questions that leads there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Final

from bot.core import logic
from bot.core.case import DONT_KNOW, NO, YES, Case
from bot.core.findings import Findings, findings
from bot.core.knowledge import Book, QuestionKind
from bot.core.logic import All, Condition, can_hold
from bot.core.questionnaire import Ask, further_question, next_question

_STEPS: Final = 300
"""Points that are looked at for one condition; a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Result:
    """Somebody to whom doors are shown."""

    case: Case
    found: Findings


Wish = Callable[[Result], bool]


def best(
    conditions: Iterable[Condition],
    begin: Iterable[Case],
    book: Book,
    *wishes: Wish,
) -> Result | None:
    """Somebody for whom the first wish comes true, or else the next one.

    The first conditions first: those after them are only tried for want of anybody.
    """
    starts = tuple(begin)
    for condition in conditions:
        found: dict[int, Result] = {}
        for person in results(condition, starts, book):
            for rank, wish in enumerate(wishes):
                if rank not in found and wish(person):
                    found[rank] = person
            if 0 in found:
                break
        if found:
            return found[min(found)]
    return None


def results(condition: Condition, begin: Iterable[Case], book: Book) -> Iterator[Result]:
    """People for whom the condition holds or still may, each asked as the bot asks.

    The plainest first: who says what stands on top. After the first door they go on answering.
    """
    waiting: list[tuple[int, int, Case]] = []
    number = count()
    for rank, case in enumerate(begin):
        heappush(waiting, (rank, -next(number), case))
    for _ in range(_STEPS):
        if not waiting:
            return
        odd, _, case = heappop(waiting)
        found = findings(case, book)
        if not can_hold(condition, found.known):
            continue
        ask = next_question(case, book, found)
        if ask is None:
            yield Result(case, found)
            ask = further_question(case, book, found)
        if ask is not None:
            # Of those that are equally plain the newest first: to the end of one talk, then back.
            for rank, told in enumerate(_answers(ask, found, condition, book)):
                heappush(waiting, (odd + rank, -next(number), {**case, **told}))


def together(*conditions: Condition | None) -> Condition:
    return All(tuple(one for one in conditions if one is not None))


def _answers(ask: Ask, found: Findings, condition: Condition, book: Book) -> Iterator[Case]:
    """What somebody may tap: what the condition speaks of, then what stands on top.

    Of several options at most one, which is enough for an example.
    """
    spoken_of = condition.mentions()
    if ask.question.kind is QuestionKind.SEVERAL:
        none = dict.fromkeys(ask.parts, NO)
        bits = {fact: book.alphabet.bits[fact][YES] for fact in ask.parts}
        said = [fact for fact in ask.parts if bits[fact] & spoken_of]
        rest = [fact for fact in ask.parts if fact not in said]
        yield none
        yield from ({**none, fact: YES} for fact in (*said, *rest))
        return
    name = ask.question.id
    offered = [
        option.id
        for option in ask.question.options
        if option.ask is None or option.ask.look(found.known) != logic.NO
    ]
    offered.sort(key=lambda option: not book.alphabet.bits[name].get(option, 0) & spoken_of)
    yield from ({name: option} for option in (*offered, DONT_KNOW))
