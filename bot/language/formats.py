"""Numbers, days, times and lists as each language writes them, and text of mixed direction."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta, get_day_names
from babel.lists import format_list

from bot.core.hours import OpenDay
from bot.message import Span

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "ckb", "ur", "he", "ps"})

_LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
_ISOLATES: Final = "\u2066\u2067\u2068"
_POP_ISOLATE: Final = "\u2069"
_LEFT_TO_RIGHT_MARK: Final = "\u200e"
_RIGHT_TO_LEFT_MARK: Final = "\u200f"

_GERMAN: Final = re.compile(
    r"\u2066[^\u2069]*\u2069"  # isolated already
    r"|„[^“\u0590-\u08ff]*“"  # words as they stand on a German paper
    r"|§ ?\d+[a-z]?(?: Abs\. ?\d)?(?:,? ?\(\d\))*"  # a section of a law
    r"|(?<![\w/:])/[a-z]+\b"  # a command: its slash stays in front
)
"""What translators write inside a sentence that runs from right to left."""


_REGIONAL: Final = {"en": "en_GB"}
"""Where the plain language means another continent: English days stand before their months."""


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    return Locale.parse(_REGIONAL.get(language, language.replace("-", "_")))


def is_right_to_left(language: str) -> bool:
    return language in RIGHT_TO_LEFT


def isolate(text: str, language: str) -> str:
    """Latin names, addresses and numbers, kept in order inside text that runs right to left."""
    if not text or not is_right_to_left(language):
        return text
    return f"{_LEFT_TO_RIGHT_ISOLATE}{text}{_POP_ISOLATE}"


def label(text: str, language: str) -> str:
    """A button reads as its words do, also one that begins with a flag, which counts as Latin.

    A German name alone reads from left to right: where a phone cuts it off, its end is lost.
    """
    if not is_right_to_left(language):
        return text
    reads_left = any(bidirectional(letter) in ("R", "AL") for letter in text)
    return f"{_RIGHT_TO_LEFT_MARK if reads_left else _LEFT_TO_RIGHT_MARK}{_isolated(text)}"


def shortened(text: str, longest: int) -> str:
    """At most so many letters, not counting the marks that end what was isolated."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1].rstrip(f"{_ISOLATES} ")
    still_open = 0
    for letter in kept:
        if letter in _ISOLATES:
            still_open += 1
        elif letter == _POP_ISOLATE and still_open:
            still_open -= 1
    return f"{kept}{_POP_ISOLATE * still_open}…"


def _isolated(text: str) -> str:
    return _GERMAN.sub(_isolated_once, text)


def _isolated_once(found: re.Match[str]) -> str:
    """What a translator has isolated stays as it is."""
    if found[0].startswith(_LEFT_TO_RIGHT_ISOLATE):
        return found[0]
    return f"{_LEFT_TO_RIGHT_ISOLATE}{found[0]}{_POP_ISOLATE}"


def in_reading_direction(spans: tuple[Span, ...], language: str) -> tuple[Span, ...]:
    """Each line runs as the language does, also one that holds only a number or a German name."""
    if not is_right_to_left(language):
        return spans
    marked = []
    line_starts = True
    for span in spans:
        text = _isolated(span.text).replace("\n", f"\n{_RIGHT_TO_LEFT_MARK}")
        ends_line = text.endswith(_RIGHT_TO_LEFT_MARK)
        text = text.removesuffix(_RIGHT_TO_LEFT_MARK) if ends_line else text
        marked.append(replace(span, text=f"{_RIGHT_TO_LEFT_MARK}{text}" if line_starts else text))
        line_starts = ends_line
    return tuple(marked)


def autonym(language: str) -> str:
    """What the speakers of a language call it."""
    name = locale_of(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


def language_names(codes: Iterable[str], language: str) -> str:
    names = locale_of(language).languages
    return listed([names.get(code.replace("-", "_"), code) for code in codes], language)


def listed(items: Sequence[str], language: str) -> str:
    return format_list(list(items), locale=locale_of(language)) if items else ""


def clock(moment: time | datetime) -> str:
    """HH:MM with Latin digits in every language, as on the door."""
    return f"{moment.hour:02}:{moment.minute:02}"


def weekday(day: date, language: str) -> str:
    return str(get_day_names("wide", locale=locale_of(language))[day.weekday()])


def short_date(day: date, language: str) -> str:
    """Not isolated: a date in words runs in the direction of its language."""
    return _latin(format_date(day, format="long", locale=locale_of(language)))


def day_and_month(day: date, language: str) -> str:
    """Without the year, for a day that is near."""
    return _latin(format_skeleton("MMMMd", day, locale=locale_of(language)))


def numeric_date(day: date, language: str) -> str:
    """Day and month in figures, for lists."""
    return _latin(format_skeleton("Md", day, locale=locale_of(language)))


def short_weekday(day: date, language: str) -> str:
    names = get_day_names("abbreviated", "stand-alone", locale_of(language))
    return str(names[day.weekday()])


def age(lasted: timedelta, language: str) -> str:
    """How long, in the largest unit that fits: 3 days."""
    return _latin(format_timedelta(lasted, granularity="minute", locale=locale_of(language)))


def week(days: Sequence[OpenDay], language: str) -> list[tuple[str, str]]:
    """Days with their hours, Monday first, neighbours with the same hours together."""
    names = get_day_names("abbreviated", locale=locale_of(language))
    ordered = sorted((day for day in days if day.spans), key=lambda day: day.day.weekday())
    groups: list[list[OpenDay]] = []
    for day in ordered:
        last = groups[-1][-1] if groups else None
        if last and last.spans == day.spans and day.day.weekday() == last.day.weekday() + 1:
            groups[-1].append(day)
        else:
            groups.append([day])
    rows = []
    for group in groups:
        first, last = (names[day.day.weekday()] for day in (group[0], group[-1]))
        spans = ", ".join(f"{clock(start)}\u2013{clock(end)}" for start, end in group[0].spans)
        rows.append(
            (first if len(group) == 1 else f"{first}\u2013{last}", isolate(spans, language))
        )
    return rows


def _latin(text: str) -> str:
    """Digits of any script as Latin ones: a newcomer reads them on German doors."""
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
