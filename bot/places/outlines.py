"""The shapes of the districts, for a map; a region may do without."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Shape:
    path: str
    """As SVG writes it."""
    at: tuple[int, int]
    """Where a sign stands best: farthest from every border."""


@dataclass(frozen=True, slots=True)
class Outlines:
    width: int
    height: int
    districts: Mapping[str, Shape]
    beside: Mapping[str, Shape]
    """Name -> what is drawn to find one's way, and belongs to another region."""
    source: str
    """Must stand below every map."""
    licence: str


def read(places: Path) -> Outlines | None:
    """From the folder of the places; None where nobody has drawn them.

    Raises:
        ValueError: the file is broken; says how to make it again.
    """
    path = places / "outlines.json"
    if not path.exists():
        return None
    try:
        text = json.loads(path.read_text(encoding="utf-8"))
        return Outlines(
            text["width"],
            text["height"],
            {key: _shape(one) for key, one in text["districts"].items()},
            {name: _shape(one) for name, one in text["beside"].items()},
            text["source"],
            text["licence"],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ValueError(str(BROKEN)) from problem


BROKEN: Final = Sentence(
    "places/outlines.json: The outlines of the districts cannot be read. "
    "Run `python tools/build_outlines.py`, or take the file from the repository."
)


def _shape(text: Mapping[str, object]) -> Shape:
    match text:
        case {"path": str(path), "at": [int(x), int(y)]}:
            return Shape(path, (x, y))
        case _:
            raise ValueError(text)
