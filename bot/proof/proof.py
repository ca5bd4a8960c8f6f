"""The proof of a whole knowledge base: every conversation, on both processors."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.case import Case
from bot.core.knowledge import Book
from bot.proof.law import Claim
from bot.proof.outlook import Outlook
from bot.proof.places import PlaceClass, place_classes
from bot.proof.verdict import Fault, Verdict, judge
from bot.proof.walk import branches

Progress = Callable[[int, int], None]
"""Told after each part how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Proof:
    verdict: Verdict
    places: tuple[PlaceClass, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The gravest first."""
        order = list(Claim)
        found = self.verdict.faults.values()
        return tuple(sorted(found, key=lambda fault: (order.index(fault.claim), fault.about)))


def prove(
    book: Book, day: date, processes: int = 1, progress: Progress = lambda _done, _all: None
) -> Proof:
    """Look at every screen of every conversation that the questionnaire can take.

    With several `processes` the work is shared, where the system can copy a running program.
    """
    places = place_classes(book)
    parts = branches(book)
    whole = Verdict()
    for done, verdict in enumerate(_verdicts(Outlook(book, places, day), parts, processes), 1):
        whole.add(verdict)
        progress(done, len(parts))
    if len(parts) > 1:
        # The first question divides the work; it was not counted in the parts.
        whole.mean, whole.mean_to_door = whole.mean + 1, whole.mean_to_door + 1
        whole.longest, whole.longest_to_door = whole.longest + 1, whole.longest_to_door + 1
    for fault in _unused(book, whole):
        whole.report(fault)
    return Proof(whole, places)


_SHARED: list[tuple[Outlook, tuple[tuple[Case, ...], ...]]] = []
"""What the copies of the program work on: hours cannot be sent to another process."""


def _verdicts(
    outlook: Outlook, parts: tuple[tuple[Case, ...], ...], processes: int
) -> Iterator[Verdict]:
    if processes == 1 or _COPY not in multiprocessing.get_all_start_methods():
        yield from (judge(outlook, part) for part in parts)
        return
    _SHARED.append((outlook, parts))
    try:
        with multiprocessing.get_context(_COPY).Pool(processes) as pool:
            yield from pool.imap_unordered(_judge_part, range(len(parts)))
    finally:
        _SHARED.pop()


_COPY: Final = "fork"


def _judge_part(number: int) -> Verdict:
    outlook, parts = _SHARED[-1]
    return judge(outlook, parts[number])


def _unused(book: Book, found: Verdict) -> Iterator[Fault]:
    """Rules that apply to nobody, and questions that are never asked."""
    for rule in book.rules:
        if rule.id not in found.applied:
            yield Fault(Claim.RULE, rule.id, {}, 0, 0)
    begun = {fact for part in branches(book) for case in part for fact in case}
    for question in book.questions:
        if question not in found.asked | begun:
            yield Fault(Claim.QUESTION, question, {}, 0, 0)
