"""Places that are not in the region, so that nobody takes Berlin for Berlinchen."""

import math
from pathlib import Path

from bot.places.fuzzy import Names
from bot.places.scripts import Script
from bot.places.tables import rows


class Outside:
    def __init__(self, folder: Path) -> None:
        """Reads outside.csv and postcodes_outside.csv; raises ValueError as `tables.rows`."""
        self._places: list[str] = []
        self._by_key: dict[str, int] = {}
        self._where: list[tuple[float, float]] = []
        head = ("place", "latitude", "longitude", "keys")
        for name, latitude, longitude, keys in rows(folder, "outside.csv", head):
            number = len(self._places)
            self._where.append((float(latitude), float(longitude)))
            self._places.append(name)
            for key in keys.split("|"):
                self._by_key.setdefault(key, number)
        self._names = Names(self._places)
        self._postcodes: dict[str, str] = {}
        for postcode, place in rows(folder, "postcodes_outside.csv", ("postcode", "place")):
            self._postcodes[postcode] = place

    def named(self, key: str) -> str | None:
        """`key` is a spelling."""
        number = self._by_key.get(key)
        return None if number is None else self._places[number]

    def postcode(self, digits: str) -> str | None:
        return self._postcodes.get(digits)

    def near(self, text: str, script: Script, least: float) -> tuple[str, float] | None:
        found = self._names.near(text, script, least)
        if not found:
            return None
        first = max(found, key=lambda one: one.score)
        return self._places[first.name], first.score

    def nearest(self, latitude: float, longitude: float) -> str:
        """The known place nearest to a location anywhere on earth."""
        narrow = math.cos(math.radians(latitude)) ** 2

        def apart(number: int) -> float:
            at_latitude, at_longitude = self._where[number]
            across = (at_longitude - longitude + 180) % 360 - 180
            return (at_latitude - latitude) ** 2 + narrow * across**2

        return self._places[min(range(len(self._where)), key=apart)]
