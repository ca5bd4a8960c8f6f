"""The proof of a whole knowledge base: every conversation, on both processors."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.core.knowledge import Book
from bot.proof.law import Claim
from bot.proof.outlook import Outlook
from bot.proof.parallel import Progress, each, quietly
from bot.proof.places import PlaceClass, place_classes
from bot.proof.verdict import Fault, Verdict, judge
from bot.proof.walk import branches


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


def prove(book: Book, day: date, processes: int = 1, progress: Progress = quietly) -> Proof:
    """Look at every screen of every conversation that the questionnaire can take."""
    places = place_classes(book)
    parts = branches(book)
    whole = Verdict()
    work = partial(judge, Outlook(book, places, day))
    for verdict in each(work, parts, processes, progress):
        whole.add(verdict)
    if len(parts) > 1:
        # The first question divides the work; it was not counted in the parts.
        whole.mean, whole.mean_to_door = whole.mean + 1, whole.mean_to_door + 1
        whole.longest, whole.longest_to_door = whole.longest + 1, whole.longest_to_door + 1
    for fault in (*_unused(book, whole), *_unseen(book, day, whole)):
        whole.report(fault)
    return Proof(whole, places)


def _unused(book: Book, found: Verdict) -> Iterator[Fault]:
    """Rules that apply to nobody, and questions that are never asked."""
    for rule in book.rules:
        if rule.id not in found.applied:
            yield found.outdone.get(rule.id) or Fault(Claim.RULE, rule.id, {}, 0, 0)
    begun = {fact for part in branches(book) for case in part for fact in case}
    for question in book.questions:
        if question not in found.asked | begun:
            yield Fault(Claim.QUESTION, question, {}, 0, 0)


def _unseen(book: Book, day: date, found: Verdict) -> Iterator[Fault]:
    """Services and lines that could help, and that nobody is shown."""
    offered = {service.id for services in book.offering.values() for service in services}
    for service in book.services.values():
        if service.id in offered and service.is_valid(day) and service.id not in found.shown:
            yield Fault(Claim.SERVICE, service.id, {}, 0, 0)
    for hotline in book.hotlines.values():
        if not hotline.emergency and hotline.id not in found.shown:
            yield Fault(Claim.SERVICE, hotline.id, {}, 0, 0)
