"""Names of places in the region under the keys by which they are looked up."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from bot.places.scripts import spellings

_RIVER = re.compile(r"^(.*?)(?:\s*\((\w+)\)|/(\w+))$")
_ARTICLE = {"Oder": "an der", "Havel": "an der", "Spree": "an der", "Elbe": "an der"}
_ARTICLE |= {"Elster": "an der", "Dosse": "an der", "Mark": "in der", "Lausitz": "in der"}
_ARTICLE |= {"Spreewald": "im", "Fläming": "im", "Prignitz": "in der"}


class Rank(IntEnum):
    """How well a name stands for a place."""

    MAYBE = 0
    """A village whose municipality is not certain."""
    PART = 1
    """A village, or one half of a municipality's name."""
    SHORT = 2
    """The municipality without its addition, or in another script."""
    OFFICIAL = 3


class Entry(NamedTuple):
    place: str
    """An AGS, or the key of a district."""
    rank: Rank


Index = Mapping[str, tuple[Entry, ...]]


def index(names: Sequence[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Each spelling with what it may mean, the best first."""
    found: dict[str, dict[str, Rank]] = defaultdict(dict)
    for key, (_, entry) in zip(spellings(name for name, _ in names), names, strict=True):
        known = found[key]
        known[entry.place] = max(entry.rank, known.get(entry.place, entry.rank))
    found.pop("", None)
    return {
        key: tuple(
            Entry(place, rank)
            for place, rank in sorted(places.items(), key=lambda item: (-item[1], item[0]))
        )
        for key, places in found.items()
    }


def variants(name: str) -> tuple[str, ...]:
    """What people write for an official name: `Frankfurt (Oder)` -> `Frankfurt an der Oder`, ..."""
    match = _RIVER.match(name)
    if not match:
        for addition in (" bei Berlin", " an der Havel"):
            if name.endswith(addition):
                return (
                    name.removesuffix(addition),
                    name.replace(" bei ", " b ").replace(" an der ", " adr "),
                )
        return ()
    short, addition = match[1], match[2] or match[3]
    article = _ARTICLE.get(addition, "")
    return (
        short,
        f"{short} {article} {addition}",
        f"{short} {addition[0]}",
        f"{short} ad {addition}",
    )
