"""The map of the page: real outlines where there are some, otherwise a tile for each district."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.core.knowledge import Book
from bot.places.outlines import Outlines, Shape
from bot.proof.coverage import Coverage
from bot.proof.half_days import Half
from bot.proof.spots import Wish

_LINE: Final = 12
"""Letters of a name that stand beside each other on the map."""
_TILE: Final = 200
_TILES: Final = 5
"""In a row."""

_WISHES: Final = (None, Half.MORNING, Half.AFTERNOON)


@dataclass(frozen=True, slots=True)
class Area:
    key: str
    name: str
    lines: tuple[str, ...]
    """The name as it is written on the map."""
    shape: Shape


def areas(covered: Coverage, book: Book, outlines: Outlines) -> tuple[Area, ...]:
    return tuple(
        Area(key, name, _lines(name), outlines.districts[key])
        for key in covered.districts
        if (name := book.districts[key].name)
    )


def drawn(covered: Coverage, outlines: Outlines | None) -> Outlines:
    """Outlines for all districts: the real ones, if none is missing."""
    if outlines is not None and set(covered.districts) <= set(outlines.districts):
        return outlines
    tiles = {
        key: _tile(number % _TILES * _TILE, number // _TILES * _TILE)
        for number, key in enumerate(covered.districts)
    }
    rows = ceil(len(covered.districts) / _TILES)
    return Outlines(_TILES * _TILE, rows * _TILE, tiles, {}, "", "")


def views(covered: Coverage) -> Mapping[str, Mapping[str, str]]:
    """Kind -> wish -> a number for each district: what the page shows when somebody chooses.

    A wish is written `language|half`; the number is the place in the order of `Standing`.
    """
    return {
        kind: {_written(wish): _digits(covered, kind, wish) for wish in wishes(covered)}
        for kind in covered.types
    }


def parts(covered: Coverage) -> Mapping[str, Mapping[str, str]]:
    """`kind|language|half` -> district -> as in `3/26`, where not every municipality is reached."""
    found: dict[str, dict[str, str]] = {}
    for (district, kind), spot in covered.spots.items():
        for wish in wishes(covered):
            if spot.in_part(wish):
                share = f"{spot.reached(wish)}/{spot.of}"
                found.setdefault(f"{kind}|{_written(wish)}", {})[district] = share
    return found


def wishes(covered: Coverage) -> Iterator[Wish]:
    for language in (None, *covered.languages):
        for half in _WISHES:
            yield Wish(language, half)


def _written(wish: Wish) -> str:
    return f"{wish.language or ''}|{wish.half or ''}"


def _digits(covered: Coverage, kind: str, wish: Wish) -> str:
    standings = (covered.spots[key, kind].standing(wish) for key in covered.districts)
    return "".join(str(list(type(standing)).index(standing)) for standing in standings)


def _tile(x: int, y: int) -> Shape:
    side = _TILE - 12
    return Shape(f"M{x + 6},{y + 6}h{side}v{side}h-{side}z", (x + _TILE // 2, y + _TILE // 2 - 20))


def _lines(name: str) -> tuple[str, ...]:
    """In two lines where it is long: after the first hyphen, or before the second word."""
    if len(name) <= _LINE:
        return (name,)
    first, hyphen, rest = name.partition("-")
    if not hyphen:
        first, _, rest = name.partition(" ")
    return (f"{first}{hyphen}", rest) if rest else (name,)
