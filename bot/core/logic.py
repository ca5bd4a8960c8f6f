"""Conditions over a case that is only partly known, with two reasons for not knowing.

What is *unanswered* can still be asked; what was answered with `?` will stay unknown. So the
middle value of Kleene's logic comes in two: `OPEN` and `PERHAPS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Protocol


class Truth(IntEnum):
    NO = 0
    PERHAPS = 1
    """Rests on an answer `?`; no further question settles it."""
    OPEN = 2
    """Waits for an answer that has not been given yet."""
    YES = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What a case says, as bits: one for each option of each fact."""

    true: int
    perhaps: int
    open: int


NO: Final = 0
YES: Final = -1
PERHAPS: Final = -2
"""What `look` returns; above zero, the condition is open, and these bits can still settle it.

One number for truth and what it waits for: every tap evaluates hundreds of conditions.
"""


class Condition(Protocol):
    def look(self, known: Known) -> int: ...

    def mentions(self) -> int:
        """All bits that the condition speaks of."""
        ...


def truth(condition: Condition, known: Known) -> Truth:
    return named(condition.look(known))


def named(seen: int) -> Truth:
    """The truth of what `look` returned."""
    return _TRUTH.get(seen, Truth.OPEN)


def either(one: int, other: int) -> int:
    """What `look` returns for one condition or another."""
    if YES in (one, other):
        return YES
    waits = max(one, 0) | max(other, 0)
    return waits or min(one, other)


_TRUTH: Final = {NO: Truth.NO, YES: Truth.YES, PERHAPS: Truth.PERHAPS}


@dataclass(frozen=True, slots=True)
class Is:
    """At least one of these options holds."""

    bits: int
    whole: bool = False
    """The options are all that the question has, so whoever answered `?` has one of them."""

    def look(self, known: Known) -> int:
        if known.true & self.bits:
            return YES
        if waits := known.open & self.bits:
            return waits
        if known.perhaps & self.bits:
            return YES if self.whole else PERHAPS
        return NO

    def mentions(self) -> int:
        return self.bits


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]

    def look(self, known: Known) -> int:
        waits = 0
        settled = YES
        for part in self.parts:
            seen = part.look(known)
            if seen == NO:
                return NO
            if seen > 0:
                waits |= seen
            elif seen == PERHAPS:
                settled = PERHAPS
        return waits or settled

    def mentions(self) -> int:
        return _mentions(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]

    def look(self, known: Known) -> int:
        result = NO
        for part in self.parts:
            result = either(result, part.look(known))
        return result

    def mentions(self) -> int:
        return _mentions(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition

    def look(self, known: Known) -> int:
        seen = self.condition.look(known)
        if seen == NO:
            return YES
        return NO if seen == YES else seen

    def mentions(self) -> int:
        return self.condition.mentions()


def can_hold(condition: Condition, known: Known) -> bool:
    """Whether further answers can still make it surely true, whatever `?` has left unknown."""
    return _highest(condition, known) is Truth.YES


def _highest(condition: Condition, known: Known) -> Truth:
    """The most that can become of it. Of something open, yes; of something unknown, perhaps."""
    match condition:
        case Is(bits, whole):
            if (known.true | known.open) & bits:
                return Truth.YES
            if known.perhaps & bits:
                return Truth.YES if whole else Truth.PERHAPS
            return Truth.NO
        case All(parts):
            return min((_highest(part, known) for part in parts), default=Truth.YES)
        case AnyOf(parts):
            return max((_highest(part, known) for part in parts), default=Truth.NO)
        case Not(inner):
            return _OPPOSITE[_lowest(inner, known)]
        case _:
            return Truth.YES


def _lowest(condition: Condition, known: Known) -> Truth:
    """The least that can become of it. Of something open, no."""
    match condition:
        case Is(bits, whole):
            if known.true & bits:
                return Truth.YES
            if known.open & bits or not known.perhaps & bits:
                return Truth.NO
            return Truth.YES if whole else Truth.PERHAPS
        case All(parts):
            return min((_lowest(part, known) for part in parts), default=Truth.YES)
        case AnyOf(parts):
            return max((_lowest(part, known) for part in parts), default=Truth.NO)
        case Not(inner):
            return _OPPOSITE[_highest(inner, known)]
        case _:
            return Truth.NO


_OPPOSITE: Final = {Truth.NO: Truth.YES, Truth.PERHAPS: Truth.PERHAPS, Truth.YES: Truth.NO}


def _mentions(parts: Iterable[Condition]) -> int:
    bits = 0
    for condition in parts:
        bits |= condition.mentions()
    return bits


def required(condition: Condition) -> int:
    """Bits of which at least one must be possible, or the condition is `NO`; all where unknown."""
    match condition:
        case Is(bits):
            return bits
        case All(parts):
            return min((required(part) for part in parts), key=_breadth, default=_ANY)
        case AnyOf(parts):
            bits = 0
            for part in parts:
                mask = required(part)
                if mask == _ANY:
                    return _ANY
                bits |= mask
            return bits
        case _:
            return _ANY


_ANY = -1


def _breadth(mask: int) -> float:
    return float("inf") if mask == _ANY else mask.bit_count()


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Which bit stands for which option of which fact."""

    bits: dict[str, dict[str, int]]
    whole: dict[str, int] = field(init=False)
    """Fact -> all its bits."""

    def __post_init__(self) -> None:
        whole = {fact: sum(options.values()) for fact, options in self.bits.items()}
        object.__setattr__(self, "whole", whole)

    @classmethod
    def of(cls, facts: Iterable[tuple[str, tuple[str, ...]]]) -> "Alphabet":
        bits: dict[str, dict[str, int]] = {}
        shift = 0
        for fact, options in facts:
            bits[fact] = {option: 1 << (shift + n) for n, option in enumerate(options)}
            shift += len(options)
        return cls(bits)

    def facts_in(self, bits: int) -> frozenset[str]:
        return frozenset(fact for fact, whole in self.whole.items() if bits & whole)
