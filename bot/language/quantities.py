"""Ages, lengths of stay and paragraphs of the law, from digits and number words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.words import Words
from bot.language.normalise import arabic_forms, is_arabic, plain, tokens

OLDEST: Final = 110
"""Years; a larger number is no age."""
BORN_BEFORE: Final = 1999
"""Who was born in an earlier year is 27 at least, now and in every later year."""
CAME_BEFORE: Final = 2023
"""Who came in an earlier year has been here for over three years, now and in every later year."""

_YEAR: Final = range(1900, 2100)
_THREE_YEARS: Final = 36
_THREE_MONTHS: Final = 3
_GERMAN_COMPOUND: Final = re.compile(r"^(?P<one>\w{3,})und(?P<ten>\w{4,})$")

_AGES: Final = ((11, "under_12"), (17, "12_to_17"), (26, "18_to_26"), (OLDEST, "27_plus"))
"""Last year of each group."""

_MONTHS: Final = {"day": 1 / 30.4, "week": 7 / 30.4, "month": 1.0, "year": 12.0}


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    first: int
    last: int
    unit: str | None = None
    more: bool = False
    less: bool = False
    almost: bool = False


class Counter:
    """Reads the numbers of one language."""

    def __init__(self, words: Words) -> None:
        self._numbers = {
            _one(form): value for value, forms in words.numbers.items() for form in forms
        }
        self._units = {_one(form): unit for unit, forms in words.units.items() for form in forms}
        self._singular = {_one(forms[0]): unit for unit, forms in words.units.items() if forms}
        self._cues = {
            cue: frozenset(_one(form) for form in words.cues.get(cue, ()))
            for cue in ("more", "less", "almost", "and", "half")
        }

    def amounts(self, words: Sequence[str]) -> tuple[Amount, ...]:
        """All numbers in the text, with their unit and what stands around them."""
        return tuple(self._amounts(words))

    def bare_unit(self, words: Sequence[str]) -> Amount | None:
        """`a year` where the language says just `year`."""
        for place, word in enumerate(words):
            if word in self._singular:
                return Amount(1, place, place, self._singular[word])
        return None

    def _amounts(self, words: Sequence[str]) -> Iterator[Amount]:
        place = 0
        while place < len(words):
            value = self._value(words[place])
            if value is None:
                place += 1
                continue
            first, last = place, place
            following = self._following(words, place, value)
            if following is not None:
                value, last = following
            unit = self._unit(words, last)
            before = words[max(0, first - 2) : first]
            after = words[last + 1 : last + 4]
            near = {*before, *after}
            yield Amount(
                value + (0.5 if unit and self._cues["half"] & set(after) else 0),
                first,
                last + 1 if unit else last,
                unit,
                more=bool(self._cues["more"] & near),
                less=bool(self._cues["less"] & set(before)),
                almost=bool(self._cues["almost"] & near),
            )
            place = last + 1

    def _value(self, word: str) -> int | None:
        if word.isdecimal() and len(word) <= len("2026"):
            return int(word)
        if word in self._numbers:
            return self._numbers[word]
        compound = _GERMAN_COMPOUND.match(word)
        if compound:
            one, ten = self._numbers.get(compound["one"]), self._numbers.get(compound["ten"])
            if one and ten:
                return ten + one
        if is_arabic(word):
            return next((self._numbers[f] for f in arabic_forms(word) if f in self._numbers), None)
        return None

    def _following(self, words: Sequence[str], place: int, value: int) -> tuple[int, int] | None:
        """`twenty` `five`, `بیست` `و` `پنج`, `خمسة` `وعشرون`: two words, one number."""
        after = place + 1
        if words[place].isdecimal():
            return None
        if after < len(words) - 1 and words[after] in self._cues["and"]:
            after += 1
        if after >= len(words) or words[after].isdecimal():
            return None
        other = self._value(words[after])
        if other is None:
            return None
        tens, ones = max(value, other), min(value, other)
        if tens < _TENS or tens % 10 or not 0 < ones < 10:  # noqa: PLR2004 - the decimal system
            return None
        return tens + ones, after

    def _unit(self, words: Sequence[str], last: int) -> str | None:
        return self._units.get(words[last + 1]) if last + 1 < len(words) else None


_TENS: Final = 20


def _one(form: str) -> str:
    found = tokens(plain(form))
    return found[0].word if found else ""


def age_group(amounts: Sequence[Amount]) -> str | None:
    """The one group in which all these ages lie, or None."""
    groups: set[str] = set()
    for amount in amounts:
        groups |= _groups(amount)
    return groups.pop() if len(groups) == 1 else None


def _groups(amount: Amount) -> set[str]:
    value = int(amount.value)
    if value in _YEAR:
        return {"27_plus"} if value < BORN_BEFORE else {"", "27_plus"}
    if value > OLDEST:
        return {"", "out of range"}
    if amount.unit in ("day", "week", "month"):
        return {"under_12"}
    low, high = value, value
    if amount.more:
        low, high = value + 1, OLDEST
    elif amount.less:
        low, high = 0, value - 1
    elif amount.almost:
        low = value - 2
    return {
        group
        for (last, group), first in zip(_AGES, (0, 12, 18, 27), strict=True)
        if low <= last and high >= first
    }


def stay_group(amounts: Sequence[Amount]) -> str | None:
    """The one answer that covers this time, or None; amounts with units are added up."""
    years = [amount for amount in amounts if int(amount.value) in _YEAR]
    if years:
        return "over_3_years" if all(year.value < CAME_BEFORE for year in years) else None
    with_unit = [amount for amount in amounts if amount.unit]
    if not with_unit:
        return None
    months = sum(amount.value * _MONTHS[amount.unit or "month"] for amount in with_unit)
    low, high = _months_between(months, with_unit[0])
    if high < _THREE_MONTHS:
        return "first_weeks"
    if low >= _THREE_YEARS:
        return "over_3_years"
    if low >= _THREE_MONTHS and high < _THREE_YEARS:
        return "under_3_years"
    return None


def _months_between(months: float, amount: Amount) -> tuple[float, float]:
    if amount.more:
        # `more than a year` is said of less than two.
        return months + 0.1, months * 2
    if amount.less:
        return months / 3, months - 0.1
    if amount.almost:
        return months * 0.8, months - 0.1 if months == _THREE_YEARS else months
    if months == _THREE_YEARS:
        return months - 1, months + 1
    return months, months + 0.9 * (1 if amount.unit == "month" else 0)


_PARAGRAPHS: Final[Mapping[str, Mapping[str, str]]] = {
    "22": {"": "temporary"},
    "24": {"": "temporary"},
    "23": {"1": "temporary", "2": "admitted", "4": "admitted"},
    "25": {
        "1": "recognised",
        "2": "recognised",
        "3": "tolerated",
        "4": "tolerated",
        "5": "tolerated",
    },
    "60a": {"": "tolerated"},
    "55": {"": "asylum"},
    **{str(number): {"": "permit"} for number in (*range(16, 22), *range(28, 37), 9)},
    **{text: {"": "permit"} for text in ("16b", "16d", "18a", "18b", "18g", "19c", "20a", "9a")},
}
"""Paragraph of the AufenthG (55: AsylG) and its Absatz -> status; design section 4."""

_PARAGRAPH: Final = re.compile(r"(?<!\d)(?P<number>\d{1,2})\s?(?P<letter>[a-gа-в])?(?![\w])")


def paragraph(text: str) -> str | None:
    """The status behind a paragraph, or an empty text where it does not say enough."""
    found = [
        (match["number"], (match["letter"] or "").translate(_CYRILLIC_LETTER))
        for match in _PARAGRAPH.finditer(text)
    ]
    if not found:
        return None
    number, letter = found[0]
    options = _PARAGRAPHS.get(number + letter)
    if options is None:
        return ""
    second = found[1][0] if len(found) > 1 else ""
    return options.get(second) or options.get("") or ""


_CYRILLIC_LETTER: Final = str.maketrans("абв", "abv")
