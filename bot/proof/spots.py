"""What is known of one kind of service in one district, and what a person may need of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from bot.proof.half_days import Half, Opening

GERMAN: Final = "de"
"""Spoken everywhere, so it is no language to look for."""


class Standing(StrEnum):
    """What we know of one kind of service in one district, from nothing to the best."""

    MISSING = "missing"
    """No entry at all: the white spot."""
    OUT_OF_REACH = "out_of_reach"
    """Entries, but none to which anybody can be sent today."""
    OTHERWISE = "otherwise"
    """Can be reached, but surely not in this language or at this time."""
    UNSAID = "unsaid"
    """Can be reached; nobody has told us whether in this language or at this time."""
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


REACHED: Final = frozenset({Standing.UNCONFIRMED, Standing.CONFIRMED})


class Barrier(StrEnum):
    """Why nobody is sent to an entry."""

    WITHHELD = "withheld"
    """The evidence is weak, and nobody has confirmed it."""
    NO_CONTACT = "no_contact"
    """Neither address nor phone nor website."""
    NOT_YET = "not_yet"
    ENDED = "ended"


class Answer(StrEnum):
    NO = "no"
    UNKNOWN = "unknown"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person may need beside the kind of service; None where it does not matter."""

    language: str | None = None
    half: Half | None = None


ANY: Final = Wish()


@dataclass(frozen=True, slots=True)
class Entry:
    """A service, as far as it concerns one district."""

    service: str
    barrier: Barrier | None
    confirmed: date | None
    for_some: bool
    """Only for certain people: it says for whom."""
    municipalities: frozenset[str]
    """Those that it serves there."""
    languages: frozenset[str] | None
    """Beside German; None where the entry says nothing about languages."""
    opening: Opening

    def fits(self, wish: Wish) -> Answer:
        """Whether the entry can be reached in this language and at this time by the same person."""
        if self.barrier is not None:
            return Answer.NO
        return _all((self._speaks(wish.language), self._opens(wish.half)))

    def _speaks(self, language: str | None) -> Answer:
        if language is None or language == GERMAN:
            return Answer.YES
        if self.languages is None:
            return Answer.UNKNOWN
        return Answer.YES if language in self.languages else Answer.NO

    def _opens(self, half: Half | None) -> Answer:
        if half is None or self.opening.has(half):
            return Answer.YES
        return Answer.UNKNOWN if self.opening.unsaid or self.opening.by_appointment else Answer.NO


class Share(NamedTuple):
    """Of the municipalities of a district."""

    reached: int
    of: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One kind of service in one district."""

    district: str
    service_type: str
    entries: tuple[Entry, ...]
    of: int
    """How many municipalities there are."""

    def standing(self, wish: Wish = ANY) -> Standing:
        """Confirmed only where every municipality that is reached has a confirmed door."""
        if not self.entries:
            return Standing.MISSING
        if all(entry.barrier for entry in self.entries):
            return Standing.OUT_OF_REACH
        answers = {entry.fits(wish) for entry in self.entries if not entry.barrier}
        if Answer.YES not in answers:
            return Standing.UNSAID if Answer.UNKNOWN in answers else Standing.OTHERWISE
        sound = _served(entry for entry in self._fitting(wish) if entry.confirmed)
        return Standing.CONFIRMED if sound == self.municipalities(wish) else Standing.UNCONFIRMED

    def reached(self, wish: Wish = ANY) -> int:
        """In how many of the municipalities somebody is sent to a door."""
        return len(self.municipalities(wish))

    def municipalities(self, wish: Wish = ANY) -> frozenset[str]:
        """Those in which somebody is sent to a door."""
        return _served(self._fitting(wish))

    def in_part(self, wish: Wish = ANY) -> bool:
        """Somebody is sent to a door, but not from every municipality."""
        return 0 < self.reached(wish) < self.of

    def for_some(self) -> bool:
        """Every door that can be reached is for certain people only."""
        open_to = [entry.for_some for entry in self.entries if not entry.barrier]
        return bool(open_to) and all(open_to)

    def _fitting(self, wish: Wish) -> Iterable[Entry]:
        return (entry for entry in self.entries if entry.fits(wish) is Answer.YES)


def _served(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(place for entry in entries for place in entry.municipalities)


def _all(answers: tuple[Answer, ...]) -> Answer:
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES
