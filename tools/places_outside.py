"""Which places of the world to know, so that nobody takes them for a village of the region."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.places.scripts import Script, script_of, spelling

GERMAN, ORIGIN, WORLD = 10_000, 25_000, 250_000
"""People from which a place counts: in Germany, where people come from, elsewhere."""
FAMOUS = 500_000
"""People from which its names in every language count."""
ORIGINS = frozenset(
    ("UA", "SY", "AF", "IR", "IQ", "TR", "RU", "BY", "MD", "GE", "AM", "AZ", "PL", "ER", "SO", "TD")
    + ("KE", "CM", "VN", "PK", "LY", "LB", "JO", "ET", "SD", "NG", "GH")  # noqa: RUF005 - two lines
)
LONGEST = 24
SHORTEST = 4


def table(
    cities: Iterable[dict[str, object]], inside: Sequence[dict[str, object]], taken: set[str]
) -> list[tuple[str, str, str, str]]:
    here = {city["id"] for city in inside}
    own = {spelling(name) for name in taken}
    rows = []
    for city in cities:
        people = int(str(city["people"]))
        capital = city["kind"] == "PPLC"
        country = str(city["country"])
        least = GERMAN if country == "DE" else ORIGIN if country in ORIGINS else WORLD
        section = city["kind"] in {"PPLX", "PPLA5"}
        if city["id"] in here or section or (people < least and not capital):
            continue
        keys = dict.fromkeys(
            key
            for name in city["names"]  # type: ignore[attr-defined]
            if worth(name, str(city["name"]), all_names=people >= FAMOUS or capital)
            and (
                len(key := spelling(name)) >= SHORTEST
                or script_of(name) not in {Script.LATIN, Script.OTHER}
            )
            and key not in own
        )
        main = spelling(str(city["name"]))
        if len(main) >= SHORTEST - 1 and main not in own:
            keys = {main: None, **keys}
        if keys:
            where = f"{city['lat']:.3f}", f"{city['lon']:.3f}"
            rows.append((-people, (german(city), *where, "|".join(keys))))
    return [row for _, row in sorted(rows)]


def worth(name: str, main: str, *, all_names: bool) -> bool:
    if not name or re.match(r"[a-z]", name) or len(name) > LONGEST:
        return False
    match script_of(name):
        case Script.CYRILLIC | Script.ARABIC:
            return len(name) >= SHORTEST - 1
        case Script.LATIN:
            return all_names or name == main
        case Script.OTHER:
            return all_names and bool(re.match(r"[֐-׿԰-֏Ⴀ-ჿ΀-Ͽሀ-፿]", name))


def german(city: dict[str, object]) -> str:
    return {
        "Munich": "München",
        "Nuremberg": "Nürnberg",
        "Cologne": "Köln",
        "Hanover": "Hannover",
    }.get(str(city["name"]), str(city["name"]))
