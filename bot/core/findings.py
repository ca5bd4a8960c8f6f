"""Which kinds of services are responsible for a case, in which role, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core import logic
from bot.core.case import Case
from bot.core.knowledge import Book, Refer, Role, Rule
from bot.core.known import known
from bot.core.logic import Known, Truth


class Finding(NamedTuple):
    service_type: str
    role: Role
    rule: Rule
    sure: bool
    """False where it rests on an answer `?`."""
    before_lead: bool = False
    may_report: bool = False
    """A public body, while we do not know whether the person has papers."""


@dataclass(frozen=True, slots=True)
class Findings:
    known: Known
    shown: tuple[Finding, ...]
    """In the order in which a person sees them: what comes before the lead, the lead, the rest."""
    pending_first: int
    """Bits of unanswered facts that can still change what stands first."""
    pending: int
    """Bits of unanswered facts that can still change anything."""
    public_withheld: Truth
    """Whether services that a public body runs must not be shown."""
    withheld: frozenset[str]
    """Kinds of services that must not be shown, whoever asks for them."""

    @property
    def lead(self) -> Finding | None:
        return next((finding for finding in self.shown if finding.role is Role.LEAD), None)


class _Held(NamedTuple):
    """A referral rule that holds, may hold, or waits."""

    rule: Rule
    then: Refer
    seen: int
    """As `look` returns it."""
    can_hold: bool
    """It holds surely, or still can; otherwise it remains a perhaps."""


def findings(case: Case, book: Book) -> Findings:
    """What follows from the answers alone; which services are known changes only the doors."""
    return concluded(known(case, book), book)


@lru_cache(maxsize=1024)
def concluded(facts: Known, book: Book) -> Findings:
    """The same for a case that has been read; many stand at the same point of the questions."""
    withheld, public, pending_withheld = _withheld(book, facts)
    held = _held(book, facts, withheld)
    first, pending_first = _lead(held)
    shown = _merge(book, held, first, withheld)
    pending_before, pending_rest = _pending_rest(book, held, shown, first)
    if public > 0:
        pending_first |= pending_withheld
    return Findings(
        facts,
        shown,
        pending_first | pending_before,
        pending_first | pending_before | pending_rest | pending_withheld,
        logic.named(public),
        frozenset(kind for kind, seen in withheld.items() if seen == logic.YES or seen > 0),
    )


def other_leads(found: Findings, book: Book) -> int:
    """Bits of unanswered facts that can still let another kind of service lead.

    Fewer than `pending_first`, which also counts what may come before the lead.
    """
    withheld, _, _ = _withheld(book, found.known)
    held = _held(book, found.known, withheld)
    first, pending = _lead(held)
    if first is None or first.seen != logic.YES:
        return pending
    bits = 0
    for rival in held[: held.index(first)]:
        if rival.then.role is Role.LEAD and rival.then.service_type != first.then.service_type:
            bits |= rival.seen if rival.seen > 0 and rival.can_hold else 0
    return bits


def _withheld(book: Book, facts: Known) -> tuple[Mapping[str, int], int, int]:
    """Kinds of services that must not be shown, whether no public body may be, and what decides."""
    withheld: dict[str, int] = {}
    public = logic.NO
    pending = 0
    for rule, then in book.withholding:
        seen = rule.when.look(facts)
        if seen == logic.NO:
            continue
        pending |= max(seen, 0)
        for service_type in then.types:
            withheld[service_type] = logic.either(seen, withheld.get(service_type, logic.NO))
        if then.public_carriers:
            public = logic.either(seen, public)
    return withheld, public, pending


def _held(book: Book, facts: Known, withheld: Mapping[str, int]) -> list[_Held]:
    possible = facts.true | facts.perhaps | facts.open
    held = []
    for rule, then in book.referring:
        if not possible & rule.required:
            continue
        seen = rule.when.look(facts)
        if seen == logic.NO:
            continue
        hidden = withheld.get(then.service_type, logic.NO)
        if hidden == logic.YES:
            continue
        if hidden > 0:
            seen = max(seen, 0) | hidden
        # Without a `?` nothing remains a perhaps.
        sure = seen == logic.YES or (
            seen > 0 and (not facts.perhaps or logic.can_hold(rule.when, facts))
        )
        held.append(_Held(rule, then, seen, sure))
    return held


def _lead(held: list[_Held]) -> tuple[_Held | None, int]:
    """The rule that leads for now, and the bits that can still put another in its place."""
    pending = unsure = 0
    perhaps: _Held | None = None
    for candidate in held:
        if candidate.then.role is not Role.LEAD:
            continue
        if candidate.seen == logic.YES:
            return candidate, pending
        if candidate.seen > 0 and candidate.can_hold:
            pending |= candidate.seen
        elif candidate.seen > 0 and perhaps is None:
            # It can only stand before another perhaps.
            unsure |= candidate.seen
        elif perhaps is None:
            perhaps = candidate
    return perhaps, pending | unsure


_RANK: Final = {Role.LEAD: 0, Role.ALSO: 1, Role.PARTNER: 2}


def _merge(
    book: Book, held: list[_Held], first: _Held | None, withheld: Mapping[str, int]
) -> tuple[Finding, ...]:
    """One finding for each kind of service: the sure one, then the one with the stronger role."""
    best: dict[str, tuple[int, Role, _Held]] = {}
    for item in held:
        if item.seen > 0:
            continue
        role = _role(book, item, first)
        weight = _strength(book, item, first)
        rival = best.get(item.then.service_type)
        if rival is None or weight < rival[0]:
            best[item.then.service_type] = (weight, role, item)
    order = []
    for number, (service_type, (_, role, item)) in enumerate(best.items()):
        place = book.types[service_type].shown if role is Role.PARTNER else number
        sure = item.seen == logic.YES
        may_report = withheld.get(service_type) == logic.PERHAPS
        before = item.then.before_lead
        finding = Finding(service_type, role, item.rule, sure, before, may_report)
        order.append((not before, _RANK[role], place, finding))
    order.sort(key=_by_place)
    return tuple(finding for *_, finding in order)


def _by_place(shown: tuple[bool, int, int, Finding]) -> tuple[bool, int, int]:
    return shown[:3]


def _role(book: Book, item: _Held, first: _Held | None) -> Role:
    if item.then.role is not Role.LEAD or item is first:
        return item.then.role
    return Role.ALSO if book.types[item.then.service_type].member else Role.PARTNER


def _weight(role: Role, *, before_lead: bool, sure: bool) -> int:
    """The less, the stronger: the lead, then what stands before it, the sure, the closer role."""
    return 8 * (role is not Role.LEAD) + 4 * (not before_lead) + 2 * (not sure) + (role is _LAST)


_LAST: Final = Role.PARTNER


def _strength(book: Book, item: _Held, first: _Held | None) -> int:
    """The weight of a rule, at best."""
    role = _role(book, item, first)
    return _weight(role, before_lead=item.then.before_lead, sure=item.can_hold)


def _pending_rest(
    book: Book, held: list[_Held], shown: tuple[Finding, ...], first: _Held | None
) -> tuple[int, int]:
    """Bits that can still put something before the lead; bits that can change the rest."""
    best = {finding.service_type: finding for finding in shown}
    before = rest = 0
    for item in held:
        if item.seen <= 0:
            continue
        settled = best.get(item.then.service_type)
        if settled is not None and _strength(book, item, first) >= _weight(
            settled.role, before_lead=settled.before_lead, sure=settled.sure
        ):
            continue
        if item.then.before_lead:
            before |= item.seen
        else:
            rest |= item.seen
    return before, rest
