"""Official keys of districts and municipalities, which nobody knows by heart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.content.problems import nearest
from bot.content.tree import Cursor
from bot.core.place import District, Municipality
from bot.sentence import Sentence

_KIND: Final = re.compile(r"^(?:landkreis|kreis|lk|stadt|gemeinde)\s+")
_BRACKETS: Final = re.compile(r"\s*\(.*?\)")
_QUOTES: Final = "'\"’‘“„` "


@dataclass(frozen=True, slots=True)
class Keys:
    """The districts and municipalities there are, by their keys."""

    districts: Mapping[str, District]
    municipalities: Mapping[str, Municipality]

    def check_district(self, key: str, at: Cursor) -> None:
        """Report what is no key of a district, with the key that is meant."""
        if key in self.districts:
            return
        own, others = _names(self.districts), _names(self.municipalities)
        if found := _named(key, own):
            at.report(_is_name(key), self._write(found))
        elif found := [key] if key in others else _named(key, others):
            said = Sentence("`{key}` is a municipality, not a district.", key=key)
            cure = Sentence(
                "Write its district '{district}' ({name}); "
                "the municipality '{municipality}' belongs under `municipalities`."
            )
            district = self.districts[found[0][:5]]
            at.report(
                said, cure.about(district=district.key, name=district.name, municipality=found[0])
            )
        else:
            said = Sentence("There is no district `{key}`.", key=key)
            listed = ", ".join(f"{key} ({name})" for key, name in own.items())
            at.report(said, _near(key, own) or Sentence("There are {words}.", words=listed))

    def check_municipality(self, key: str, at: Cursor) -> None:
        """The same for municipalities, of which several may have one name."""
        if key in self.municipalities:
            return
        own, others = _names(self.municipalities), _names(self.districts)
        if found := _named(key, own):
            at.report(_is_name(key), self._write(found))
        elif found := [key] if key in others else _named(key, others):
            said = Sentence("`{key}` is a district, not a municipality.", key=key)
            cure = Sentence("Write `districts: ['{key}']`, or the keys of municipalities.")
            at.report(said, cure.about(key=found[0]))
        else:
            cure = Sentence(
                "Look its key up in places/municipalities.csv, "
                "or write its name: then you are told the key."
            )
            said = Sentence("There is no municipality `{key}`.", key=key)
            at.report(said, _near(key, own) or cure)

    def _write(self, found: list[str]) -> Sentence:
        if len(found) == 1:
            return Sentence("Write '{key}'.", key=found[0])
        *some, last = (f"'{key}' ({self.districts[key[:5]].name})" for key in found)
        return Sentence("Write {keys} or {key}.", keys=", ".join(some), key=last)


def _names(places: Mapping[str, District | Municipality]) -> dict[str, str]:
    return {key: place.name for key, place in places.items()}


def _is_name(key: str) -> Sentence:
    return Sentence("`{key}` is a name; here stands the key.", key=key)


def _named(written: str, names: Mapping[str, str]) -> list[str]:
    """The keys of those that are called so, with or without what they are and where they lie."""
    word = _KIND.sub("", written.casefold().strip())
    return [key for key, name in names.items() if word in (name.casefold(), _short(name))]


def _short(name: str) -> str:
    """`Lübben` for Lübben (Spreewald)."""
    return _BRACKETS.sub("", name).casefold()


def _near(written: str, names: Mapping[str, str]) -> Sentence | None:
    """The cure for a name with a slip, or for a key with one quote too many."""
    bare = written.strip(_QUOTES)
    meant = bare if bare in names else None
    if not any(char.isdigit() for char in bare):
        near = nearest(bare, names.values())
        meant = next((key for key, name in names.items() if name == near), None)
    return (
        Sentence("Did you mean '{key}' ({name})?", key=meant, name=names[meant]) if meant else None
    )
