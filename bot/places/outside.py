"""Places that are not in the region, so that nobody takes Berlin for Berlinchen."""

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.places.scripts import Script, script_of, spelling
from bot.places.tables import rows

_SHORTEST = 5
_LARGE = 100_000
_ARTICLE = "ال"
_LEAST = 0.83
"""One wrong letter in six: nearer than what we ask of the region's own names."""


class Outside:
    def __init__(self, folder: Path) -> None:
        """Reads outside.csv and postcodes_outside.csv; raises TableError as `tables.rows`."""
        self._places: list[str] = []
        self._by_key: dict[str, int] = {}
        self._large: set[str] = set()
        self._where: list[tuple[float, float]] = []
        head = ("place", "latitude", "longitude", "people", "keys")
        for name, latitude, longitude, people, keys in rows(folder, "outside.csv", head):
            number = len(self._places)
            self._where.append((float(latitude), float(longitude)))
            self._places.append(name)
            if int(people) >= _LARGE:
                self._large.add(name)
            for key in keys.split("|"):
                self._by_key.setdefault(key, number)
        self._postcodes: dict[str, str] = {}
        for postcode, place in rows(folder, "postcodes_outside.csv", ("postcode", "place")):
            self._postcodes[postcode] = place

    @cached_property
    def _keys(self) -> Mapping[tuple[Script, int], list[str]]:
        """By script and length; made at the first guess, to keep the start short."""
        keys: dict[tuple[Script, int], list[str]] = defaultdict(list)
        for key in self._by_key:
            keys[script_of(key), len(key)].append(key)
        return keys

    def named(self, key: str) -> str | None:
        """`key` is a spelling."""
        for form in (key, key.removeprefix(_ARTICLE), _ARTICLE + key):
            number = self._by_key.get(form)
            if number is not None:
                return self._places[number]
        return None

    def is_large(self, place: str) -> bool:
        """So large that nobody who writes its name means a village."""
        return place in self._large

    def postcode(self, digits: str) -> str | None:
        return self._postcodes.get(digits)

    def near(self, text: str, script: Script, least: float) -> tuple[str, float] | None:
        """The place whose name in this script is nearest, with its likeness up to 1."""
        key = spelling(text)
        if len(key) < _SHORTEST or least > 1:
            return None
        best: tuple[str, float] | None = None
        least = max(least, _LEAST)
        for length in range(math.ceil(len(key) * least), math.floor(len(key) / least) + 1):
            found = process.extractOne(
                key,
                self._keys.get((script, length), ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=least,
            )
            if found is not None and (best is None or found[1] > best[1]):
                best = self._places[self._by_key[found[0]]], found[1]
        return best

    def nearest(self, latitude: float, longitude: float) -> str:
        """The known place nearest to a location anywhere on earth."""
        narrow = math.cos(math.radians(latitude)) ** 2

        def apart(number: int) -> float:
            at_latitude, at_longitude = self._where[number]
            across = (at_longitude - longitude + 180) % 360 - 180
            return (at_latitude - latitude) ** 2 + narrow * across**2

        return self._places[min(range(len(self._where)), key=apart)]
