"""Which towns and districts a postcode belongs to."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from bot.core.place import District, Municipality
from bot.places.index import Entry
from bot.places.outside import Outside
from bot.places.scripts import tidy, words
from bot.places.tables import rows


class Postcodes:
    def __init__(
        self,
        folder: Path,
        districts: Mapping[str, District],
        municipalities: Mapping[str, Municipality],
        spelled: Mapping[str, Collection[Entry]],
        outside: Outside,
    ) -> None:
        """Reads postcodes.csv; `municipalities` come the largest first.

        Raises:
            TableError: as `tables.rows`.
        """
        self._districts = districts
        self._municipalities = municipalities
        self._spelled = spelled
        self._outside = outside
        self._own: dict[str, list[str]] = {}
        for postcode, ags in rows(folder, "postcodes.csv", ("postcode", "ags")):
            self._own.setdefault(postcode, []).append(ags)
        size = {ags: number for number, ags in enumerate(municipalities)}
        for keys in self._own.values():
            keys.sort(key=size.__getitem__)

    def municipalities_of(self, postcode: str) -> Sequence[str]:
        """The keys of those in the region, the largest first."""
        return self._own.get(postcode, ())

    def districts_of(self, postcode: str) -> tuple[District, ...]:
        """Those in which it lies; none where it is outside the region."""
        keys = sorted({ags[:5] for ags in self.municipalities_of(postcode)})
        return tuple(self._districts[key] for key in keys)

    def towns_of(self, postcode: str) -> tuple[str, ...]:
        """The largest first; one of those outside the region; none where nobody knows it."""
        own = tuple(self._municipalities[ags].name for ags in self.municipalities_of(postcode))
        outside = self._outside.postcode(postcode)
        return own or ((outside,) if outside else ())

    def is_elsewhere(self, town: str, postcode: str) -> bool:
        """Whether it certainly belongs to other towns than the one of this name.

        False where the town is not known, or where both lie outside the region: of those
        postcodes only one town is known.
        """
        key = "".join(words(tidy(town)))
        named = {entry.place for entry in self._spelled.get(key, ())} & self._municipalities.keys()
        own = set(self.municipalities_of(postcode))
        if own:
            return not named & own if named else self._outside.named(key) is not None
        return bool(named) and self._outside.named(key) is None
