"""Conditions over a case that is only partly known, with two reasons for not knowing.

What is *unanswered* can still be asked; what was answered with `?` will stay unknown. So the
middle value of Kleene's logic comes in two: `OPEN` and `PERHAPS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol


class Truth(IntEnum):
    NO = 0
    PERHAPS = 1
    """Rests on an answer `?`; no further question settles it."""
    OPEN = 2
    """Waits for an answer that has not been given yet."""
    YES = 3


# Every tap evaluates hundreds of these; the attribute of an enumeration costs as much as a test.
_NO, _PERHAPS, _OPEN, _YES = Truth.NO, Truth.PERHAPS, Truth.OPEN, Truth.YES


@dataclass(frozen=True, slots=True)
class Known:
    """What a case says, as bits: one for each option of each fact."""

    true: int
    perhaps: int
    open: int


class Condition(Protocol):
    def truth(self, known: Known) -> Truth: ...

    def pending(self, known: Known) -> int:
        """The bits whose facts could still change the truth; 0 unless the truth is `OPEN`."""
        ...

    def mentions(self) -> int:
        """All bits that the condition speaks of."""
        ...


@dataclass(frozen=True, slots=True)
class Is:
    """At least one of these options holds."""

    bits: int
    whole: bool = False
    """The options are all that the question has, so whoever answered `?` has one of them."""

    def truth(self, known: Known) -> Truth:
        if known.true & self.bits:
            return _YES
        if known.open & self.bits:
            return _OPEN
        if known.perhaps & self.bits:
            return _YES if self.whole else _PERHAPS
        return _NO

    def pending(self, known: Known) -> int:
        return 0 if known.true & self.bits else known.open & self.bits

    def mentions(self) -> int:
        return self.bits


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]

    def truth(self, known: Known) -> Truth:
        result = _YES
        for condition in self.parts:
            truth = condition.truth(known)
            if truth is _NO:
                return truth
            if truth is _OPEN or (truth is _PERHAPS and result is _YES):
                result = truth
        return result

    def pending(self, known: Known) -> int:
        return _union(self.parts, known) if self.truth(known) is Truth.OPEN else 0

    def mentions(self) -> int:
        return _mentions(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]

    def truth(self, known: Known) -> Truth:
        return max((condition.truth(known) for condition in self.parts), default=Truth.NO)

    def pending(self, known: Known) -> int:
        return _union(self.parts, known) if self.truth(known) is Truth.OPEN else 0

    def mentions(self) -> int:
        return _mentions(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition

    def truth(self, known: Known) -> Truth:
        match self.condition.truth(known):
            case Truth.NO:
                return Truth.YES
            case Truth.YES:
                return Truth.NO
            case unknown:
                return unknown

    def pending(self, known: Known) -> int:
        return self.condition.pending(known)

    def mentions(self) -> int:
        return self.condition.mentions()


def _union(parts: Iterable[Condition], known: Known) -> int:
    bits = 0
    for condition in parts:
        bits |= condition.pending(known)
    return bits


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
