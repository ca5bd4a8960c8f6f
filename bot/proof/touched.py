"""Which rules an edit touches: where none of them applies, nobody need be looked at."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from bot.core.knowledge import Book, Finder, Hotline, Role, Rule, Service, ServiceType
from bot.core.logic import Condition
from bot.core.responsibility import STANDS_IN
from bot.proof.outlook import LINES
from bot.proof.settled import Standing

Ends = Callable[[tuple[Standing, ...]], bool]

T = TypeVar("T")


def nobody_touched(old: Book, new: Book) -> Ends:
    """Whether people at a point see the same in both books, whatever they go on to answer."""
    if _asks_differently(old, new):
        return lambda _standings: False
    numbers = tuple(_touched(book, other) for book, other in ((old, new), (new, old)))

    def ends(standings: tuple[Standing, ...]) -> bool:
        return all(
            touched.isdisjoint(standing.open)
            and not any(number in touched for number, _ in standing.held)
            for touched, standing in zip(numbers, standings, strict=True)
        )

    return ends


def same_findings(old: Book, new: Book) -> bool:
    """The same follows from every case; only doors may differ."""
    return not _asks_differently(old, new) and _rules(old) == _rules(new)


def only_doors_differ(old: Book, new: Book) -> bool:
    """The same follows from every case, and single doors are for the same people."""
    return same_findings(old, new) and conditions_of_doors(old) == conditions_of_doors(new)


def conditions_of_doors(book: Book) -> frozenset[Condition]:
    """Whom single services and hotlines are for."""
    return frozenset(
        (
            *(service.who for service in book.services.values() if service.who is not None),
            *(hotline.when for hotline in book.hotlines.values()),
        )
    )


def _asks_differently(old: Book, new: Book) -> bool:
    return (
        tuple(old.questions.values()) != tuple(new.questions.values())
        or {kind: one.reach for kind, one in old.types.items()}
        != {kind: one.reach for kind, one in new.types.items()}
        or _weighs(old) != _weighs(new)
    )


def _weighs(book: Book) -> object:
    """What of the kinds of services decides about findings."""
    return [(kind.id, kind.member) for kind in book.types.values()]


def _rules(book: Book) -> list[object]:
    return [_rule(rule) for rule in book.rules]


def _rule(rule: Rule) -> object:
    return rule.id, rule.then, rule.when, rule.because


def _touched(book: Book, other: Book) -> frozenset[int]:
    """Numbers, as in `Settled`, of rules that differ, have moved, or whose doors may differ."""
    matcher = SequenceMatcher(None, _rules(book), _rules(other), autojunk=False)
    kept = {
        book.rules[block.a + offset].id
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
    kinds = _touched_kinds(book, other)
    referring = (
        number
        for number, (rule, then) in enumerate(book.referring)
        if rule.id not in kept
        or then.service_type in kinds
        # A first door may be followed by clearing points and last resorts.
        or (then.role is Role.LEAD and kinds)
    )
    withholding = (
        number
        for number, (rule, _) in enumerate(book.withholding, len(book.referring))
        if rule.id not in kept
    )
    return frozenset((*referring, *withholding))


def _touched_kinds(book: Book, other: Book) -> frozenset[str]:
    """Kinds of services whose doors may differ."""
    kinds: set[str] = set()
    for mine, its in ((book, other), (other, book)):
        for service in _differing(mine.services, its.services, _reach):
            kinds.update(service.offers)
        for hotline in _differing(mine.hotlines, its.hotlines, _call):
            kinds.add(hotline.service_type)
        kinds.update(kind.id for kind in _differing(mine.types, its.types, _kind))
    if _order(book.services, other.services) != _order(other.services, book.services):
        kinds.update(book.types)
    if _order(book.hotlines, other.hotlines) != _order(other.hotlines, book.hotlines):
        kinds.update(LINES)
    if book.region.complete != other.region.complete:
        kinds.update(STANDS_IN)
    kinds.update(kind for kind, stand_in in STANDS_IN.items() if stand_in in kinds)
    return frozenset(kinds)


def _differing(mine: Mapping[str, T], its: Mapping[str, T], of: Callable[[T], object]) -> list[T]:
    return [one for name, one in mine.items() if name not in its or of(its[name]) != of(one)]


def _order(mine: Mapping[str, object], its: Mapping[str, object]) -> list[str]:
    return [name for name in mine if name in its]


def _reach(service: Service) -> object:
    """What decides who is sent there; a new phone number does not."""
    return (
        service.offers,
        service.public,
        service.statewide,
        service.districts,
        service.municipalities,
        service.who,
        service.valid_from,
        service.valid_to,
        service.absences,
        any(site.reachable and not site.withheld for site in service.sites),
    )


def _call(hotline: Hotline) -> object:
    return hotline.service_type, hotline.when, bool(hotline.phone), bool(hotline.website)


def _kind(kind: ServiceType) -> object:
    return replace(kind, finder=Finder("there is one" if kind.finder.url else ""))
