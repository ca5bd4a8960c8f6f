"""The nearest names to a typed one, in the way its script loses information."""

from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from bot.places.scripts import Script, spelling, spellings
from bot.places.sound import (
    arabic_sound,
    as_in_arabic,
    as_in_cyrillic,
    cyrillic_sound,
    german_sounds,
    skeleton,
)

SHORTEST = 4
"""Letters below which nothing is guessed: `Abc` is near to a dozen villages."""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Near:
    name: int
    """Position in the list of names."""
    score: float
    """1 is the same."""


class Names:
    """Latin names under the keys by which each script is compared with them."""

    def __init__(self, names: Sequence[str]) -> None:
        sounds = german_sounds(names)
        self._spelled = spellings(names)
        self._heard = [as_in_cyrillic(sound) for sound in sounds]
        self._vowels = [as_in_arabic(sound) for sound in sounds]
        self._bones = skeleton("\n".join(self._vowels)).split("\n")

    def near(self, text: str, script: Script, least: float) -> list[Near]:
        match script:
            case Script.LATIN:
                return _by_letters(spelling(text), self._spelled, least)
            case Script.CYRILLIC:
                return _by_letters(cyrillic_sound(text), self._heard, least)
            case Script.ARABIC:
                return self._by_bones(arabic_sound(text), least)
            case Script.OTHER:
                return _by_letters(
                    as_in_cyrillic(german_sounds([anyascii(text)])[0]), self._heard, least
                )

    def _by_bones(self, typed: str, least: float) -> list[Near]:
        vowels = as_in_arabic(typed)
        bones = skeleton(vowels)
        if len(vowels) < SHORTEST or len(bones) < SHORTEST - 2:
            return []
        found = process.extract(
            bones,
            self._bones,
            scorer=OSA.normalized_similarity,
            score_cutoff=min(max(least - 0.15, 0.4), 1.0),
            limit=_MOST,
        )
        near = (
            Near(
                place, 0.6 * score + 0.4 * Indel.normalized_similarity(vowels, self._vowels[place])
            )
            for _, score, place in found
        )
        return [one for one in near if one.score >= least]


def _by_letters(typed: str, known: Sequence[str], least: float) -> list[Near]:
    if len(typed) < SHORTEST:
        return []
    found = process.extract(
        typed, known, scorer=OSA.normalized_similarity, score_cutoff=min(least, 1.0), limit=_MOST
    )
    return [Near(place, score) for _, score, place in found]
