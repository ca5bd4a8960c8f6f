"""The nearest names to a typed one, in the way its script loses information."""

from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from bot.places.scripts import Script, spelling, spellings
from bot.places.sound import (
    arabic_sound,
    arabic_vowels,
    as_in_cyrillic,
    cyrillic_sound,
    german_for_arabic,
    german_sounds,
    skeleton,
)

SHORTEST = 3
"""Letters below which nothing is guessed: `Abc` is near to a dozen villages."""
_MOST = 40
_BONES = 0.6
"""Weight of the consonants of an Arabic spelling; the vowels have the rest."""


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
        self._vowels = german_for_arabic(names)
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
        vowels = arabic_vowels(typed)
        bones = skeleton(vowels)
        if len(vowels) < SHORTEST:
            return []
        alike = _best(bones, self._bones, least) + _best(vowels, self._vowels, least - 0.1)
        near = (
            Near(
                name,
                _BONES * OSA.normalized_similarity(bones, self._bones[name])
                + (1 - _BONES) * Indel.normalized_similarity(vowels, self._vowels[name]),
            )
            for name in {name for _, _, name in alike}
        )
        return [one for one in near if one.score >= least]


def _best(typed: str, known: Sequence[str], least: float) -> list[tuple[str, float, int]]:
    return process.extract(
        typed,
        known,
        scorer=OSA.normalized_similarity,
        score_cutoff=min(max(least, 0.0), 1.0),
        limit=_MOST,
    )


def _by_letters(typed: str, known: Sequence[str], least: float) -> list[Near]:
    if len(typed) < SHORTEST:
        return []
    return [Near(name, score) for _, score, name in _best(typed, known, least)]
