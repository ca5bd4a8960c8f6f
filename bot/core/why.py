"""Why this first door: the fewest answers that lead here, and what will lead elsewhere.

Nobody is told what they have no right to; what will help then is named instead.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import Final

from bot.core.case import Case
from bot.core.findings import Finding, findings, other_leads
from bot.core.knowledge import Book, Option, Question, Service
from bot.core.logic import Truth
from bot.core.responsibility import STANDS_IN
from bot.core.told import TAKEN_FOR_GRANTED


@dataclass(frozen=True, slots=True)
class Change:
    """One answer becomes another, and then another kind of service leads."""

    question: Question
    option: str
    """The answer that will hold then."""
    after: Option
    """The answer before it, whose text says when."""
    event: bool
    """It may never happen; otherwise it comes with time."""
    lead: Finding


@dataclass(frozen=True, slots=True)
class Explanation:
    lead: Finding
    reasons: Case
    """The fewest answers with which this kind of service leads, whatever the others are."""
    rest: Case
    """The other answers. The place is in neither: it decides only which door of this kind."""
    rest_matters: bool
    """They can still decide which door of this kind it is."""
    changes: tuple[Change, ...]
    """What time will bring, then what may happen; the nearest first."""


MOST_CHANGES: Final = 3
"""More would bury the nearest."""

_SEARCHED: Final = 10
"""Of so many doubtful answers every choice is tried: at most 1,024."""


def explanation(case: Case, book: Book) -> Explanation | None:
    """None while it is not certain yet which kind of service leads."""
    lead = _certain_lead(case, book)
    if lead is None:
        return None
    granted = {fact: option for fact, option in case.items() if _is_granted(fact, option)}
    ordered = (fact for question in book.questions.values() for fact in question.facts)
    told = {fact: case[fact] for fact in ordered if fact in case and fact not in granted}
    reasons = _fewest(told, granted, lead, book)
    return Explanation(
        lead,
        reasons,
        {fact: option for fact, option in told.items() if fact not in reasons},
        _rest_matters({**granted, **reasons}, lead, book),
        tuple(_changes(case, lead, book))[:MOST_CHANGES],
    )


def _certain_lead(case: Case, book: Book) -> Finding | None:
    """Which kind of service leads, whatever is answered further."""
    found = findings(case, book)
    return None if other_leads(found, book) else found.lead


def _is_granted(fact: str, option: str) -> bool:
    return fact == "place" or (fact, option) == TAKEN_FOR_GRANTED


def _fewest(told: Case, granted: Case, lead: Finding, book: Book) -> Case:
    """Of several choices of one size, what was asked first: it is less sensitive."""

    def enough(facts: Iterable[str]) -> bool:
        some = _certain_lead({**granted, **{fact: told[fact] for fact in facts}}, book)
        same = (lead.service_type, lead.sure)
        return some is not None and (some.service_type, some.sure) == same

    # Whatever is missed when it alone is left out belongs to every choice.
    needed = [fact for fact in told if not enough(other for other in told if other != fact)]
    doubtful = [fact for fact in told if fact not in needed]
    if len(doubtful) > _SEARCHED:
        chosen = _thinned(tuple(told), enough)
    else:
        choices = (
            (*needed, *some)
            for size in range(len(doubtful) + 1)
            for some in combinations(doubtful, size)
        )
        chosen = next(filter(enough, choices), tuple(told))
    return {fact: option for fact, option in told.items() if fact in chosen}


def _thinned(facts: tuple[str, ...], enough: Callable[[Iterable[str]], bool]) -> tuple[str, ...]:
    """None of them can be left out, though another choice may be smaller."""
    for fact in reversed(facts):
        fewer = tuple(other for other in facts if other != fact)
        if enough(fewer):
            facts = fewer
    return facts


def _rest_matters(reasons: Case, lead: Finding, book: Book) -> bool:
    """Some service of this kind is for certain people only, or hidden from some."""
    given = findings(reasons, book)
    return any(
        (service.who is not None and service.who.look(given.known) > 0)
        or (service.public and given.public_withheld is Truth.OPEN)
        for service in _services(lead.service_type, reasons.get("place", "")[:5], book)
    )


def _services(service_type: str, district: str, book: Book) -> Iterator[Service]:
    """All that may be the first door there."""
    kinds = [service_type]
    if service_type in STANDS_IN and district in book.region.complete:
        kinds.append(STANDS_IN[service_type])
    for kind in kinds:
        yield from book.offering.get((kind, district), ())
        yield from book.offering.get((kind, ""), ())


def _changes(case: Case, lead: Finding, book: Book) -> Iterator[Change]:
    """One for each question at most."""
    reached = []
    for question in book.questions.values():
        for steps, change in enumerate(_onward(question, case, book)):
            if change.lead.service_type != lead.service_type:
                reached.append((change.event, steps, change))
                break
    reached.sort(key=itemgetter(0, 1))
    for _, _, change in reached:
        yield change


def _onward(question: Question, case: Case, book: Book) -> Iterator[Change]:
    """What the answer becomes, step by step, as long as it is certain what leads then."""
    options = {option.id: option for option in question.options}
    now = options.get(case.get(question.id, ""))
    event = False
    while now is not None and now.later is not None:
        then = now.later.option
        lead = _certain_lead({**case, question.id: then}, book)
        if lead is None:
            return
        event = event or now.later.event
        yield Change(question, then, now, event, lead)
        now = options.get(then)
