"""When a door is open: what the core asks of opening hours; `content` knows their syntax."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OpenUntil:
    until: datetime | None
    """Aware, in the region's zone; None where it never closes."""


@dataclass(frozen=True, slots=True)
class ClosedUntil:
    opens: datetime | None
    """Aware, in the region's zone; None where it does not open within 14 days."""


HoursNow = OpenUntil | ClosedUntil


@dataclass(frozen=True, slots=True)
class OpenDay:
    day: date
    spans: tuple[tuple[time, time], ...]
    """Empty on a closed day; an end of 00:00 is midnight."""


class Hours(Protocol):
    def at(self, now: datetime) -> HoursNow: ...

    def always(self) -> bool:
        """Day and night, every day."""
        ...

    def week(self, now: datetime) -> tuple[OpenDay, ...]:
        """Today and the six days after it, public holidays taken into account."""
        ...
