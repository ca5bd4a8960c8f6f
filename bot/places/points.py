"""The nearest known place to a location."""

import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.places.tables import TableError, rows
from bot.sentence import Sentence

_CELL = 0.1
"""Degrees; about 11 by 7 km."""
_FAR = 3
"""Rings of cells around the location that are searched: at least 20 km."""


class Points:
    def __init__(self, folder: Path) -> None:
        """Reads points.csv; raises TableError as `tables.rows`."""
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
        for line, (latitude, longitude, place) in enumerate(
            rows(folder, "points.csv", ("latitude", "longitude", "place")), start=2
        ):
            try:
                at = float(latitude), float(longitude)
            except ValueError as error:
                said = Sentence("This is not a number ({reason}).", reason=error)
                raise TableError(folder / "points.csv", line, said) from error
            self._cells[_cell(*at)].append((*at, place))

    def near(self, latitude: float, longitude: float) -> dict[str, float]:
        """Kilometres to the nearest point of each place within about 20 km, the nearest first."""
        if not math.isfinite(latitude + longitude):
            return {}
        found: dict[str, float] = {}
        narrow = math.cos(math.radians(latitude))
        for at_latitude, at_longitude, place in self._around(latitude, longitude):
            far = 111.2 * math.hypot(at_latitude - latitude, (at_longitude - longitude) * narrow)
            if far < found.get(place, math.inf):
                found[place] = far
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def _around(self, latitude: float, longitude: float) -> Iterator[tuple[float, float, str]]:
        row, column = _cell(latitude, longitude)
        for r in range(row - _FAR, row + _FAR + 1):
            for c in range(column - _FAR, column + _FAR + 1):
                yield from self._cells.get((r, c), ())


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)
