"""What people of one language write, as their speakers list it in `words.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Entries are words and phrases in the notation that each file explains at its top."""

    language: str
    options: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Question -> option -> entries."""
    emergency: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    dont_know: tuple[str, ...]
    common: tuple[str, ...]
    """Frequent words that are never a typo for another."""
    cues: Mapping[str, tuple[str, ...]]
    """Small words that say how something is meant: `negation`, `mine`, `more`, …"""
    units: Mapping[str, tuple[str, ...]]
    """`day`, `week`, `month`, `year` -> their forms, the singular first."""
    numbers: Mapping[int, tuple[str, ...]]


CUES = frozenset(
    {
        "mine",
        "want",
        "negation",
        "declined",
        "and",
        "polite",
        "age",
        "i_am",
        "born",
        "here",
        "more",
        "less",
        "almost",
        "child",
        "other",
        "section",
        "half",
    }
)
UNITS = frozenset({"day", "week", "month", "year"})
