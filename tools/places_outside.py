"""Which places of the world to know, so that nobody takes them for a village of the region."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.places.scripts import Script, script_of, spelling

GERMAN, ORIGIN, WORLD = 10_000, 25_000, 250_000
"""People from which a place counts: in Germany, where people come from, elsewhere."""
FAMOUS = 100_000
"""People from which its names in every language count, where people come from or next door."""
WORLD_FAMOUS = 500_000
"""The same, anywhere."""
NEXT_DOOR = frozenset(("DE", "CZ", "AT", "CH", "NL", "DK", "LT", "LV", "SK", "RO", "BG", "RS"))
ORIGINS = frozenset(
    (
        *("UA", "SY", "AF", "IR", "IQ", "TR", "RU", "BY", "MD", "GE", "AM", "AZ", "PL", "ER"),
        *("SO", "TD", "KE", "CM", "VN", "PK", "LY", "LB", "JO", "ET", "SD", "NG", "GH"),
    )
)
BERLIN = "16"
NAMESAKE = 50_000
"""People from which a namesake of one of our places is worth a question."""
LONGEST = 24
SHORTEST = 3


def table(
    cities: Iterable[dict[str, Any]], inside: Sequence[dict[str, Any]], taken: set[str]
) -> list[tuple[str, str, str, int, str]]:
    here = {city["id"] for city in inside}
    own = {spelling(name) for name in taken}
    rows = []
    for city in cities:
        people = int(str(city["people"]))
        capital = city["kind"] == "PPLC"
        country = str(city["country"])
        least = GERMAN if country == "DE" else ORIGIN if country in ORIGINS else WORLD
        famous = FAMOUS if country in ORIGINS | NEXT_DOOR else WORLD_FAMOUS
        quarter = city["kind"] in {"PPLX", "PPLA5"}
        berlin = country == "DE" and city["admin1"] == BERLIN
        if city["id"] in here or (quarter and not berlin) or (people < least and not capital):
            continue
        keys = dict.fromkeys(
            key
            for name in city["names"]
            if worth(name, str(city["name"]), all_names=capital or people >= famous)
            and (
                len(key := spelling(name)) >= SHORTEST
                or script_of(name) not in {Script.LATIN, Script.OTHER}
            )
            and key not in own
        )
        for form in main_forms(str(city["name"]), country):
            key = spelling(form)
            if len(key) >= SHORTEST and (key not in own or people >= NAMESAKE):
                keys = {key: None, **keys}
        if keys:
            where = f"{city['lat']:.3f}", f"{city['lon']:.3f}"
            rows.append(
                (
                    -people,
                    (
                        german(city) if not quarter else f"Berlin-{city['name']}",
                        *where,
                        people,
                        "|".join(keys),
                    ),
                )
            )
    return [row for _, row in sorted(rows)]


def main_forms(name: str, country: str) -> tuple[str, ...]:
    """`Frankfurt am Main` is called Frankfurt, `Al Qāmishlī` Qamishli."""
    short = re.sub(r" (am|an der|\().*", "", name)
    bare = name if country == "DE" else re.sub(r"^(Al|Ar|As|Ash|At|Ad|An|Az)[ -]", "", name)
    return short, bare, name


def worth(name: str, main: str, *, all_names: bool) -> bool:
    if not name or name.isupper() or re.match(r"[a-z]", name) or len(name) > LONGEST:
        return False
    match script_of(name):
        case Script.CYRILLIC | Script.ARABIC:
            return len(name) >= SHORTEST
        case Script.LATIN:
            return all_names or name == main
        case Script.OTHER:
            return all_names and bool(re.match(r"[֐-׿԰-֏Ⴀ-ჿ΀-Ͽሀ-፿]", name))


def german(city: dict[str, Any]) -> str:
    return {
        "Munich": "München",
        "Nuremberg": "Nürnberg",
        "Cologne": "Köln",
        "Hanover": "Hannover",
    }.get(str(city["name"]), str(city["name"]))
