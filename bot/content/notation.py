"""OpenStreetMap's notation of opening hours, as far as counsellors should use it.

The library accepts more than it understands: `SH` never applies, `Sa` alone is open day and night,
a comment alone is open always. What would mislead a person in front of a closed door is refused.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # stub lacks it

from bot.content.german_hours import (
    QUOTED,
    by_appointment,
    german_day,
    german_holiday,
    guessed,
)
from bot.sentence import Sentence

EXAMPLE: Final = "Mo-Th 09:00-16:00; PH off"
NIGHT_EXAMPLE: Final = "Fr 22:00-02:00"

Problems = tuple[tuple[Sentence, Sentence], ...]
"""Each with its cure."""

_RULES: Final = re.compile(r"""((?:[^;"]|"[^"]*")+)""")
_CLOSED: Final = re.compile(r"\b(?:off|closed|unknown)\b")
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\b")
_DAYS: Final = r"(?:PH|(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su))?)"
_HOLIDAY_RULE: Final = re.compile(
    rf"^\s*(?P<days>{_DAYS}(?:\s*,\s*{_DAYS})*)(?P<rest>\s.*)?$", re.DOTALL
)
"""`PH off`, `PH,Su 10:00-12:00`, `Mo-Fr,PH 10:00-12:00`."""
_DAY: Final = 24 * 60
_NIGHT: Final = 12 * 60
"""Minutes; a span over midnight that is longer is a slip of the pen."""

_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def lint(text: str) -> Iterator[tuple[Sentence, Sentence]]:
    """Problem and cure for everything that would not mean what it seems to mean."""
    for problem, cure in _slips(text):
        meant = guessed(text)
        if meant != text and next(_slips(meant), None) is None:
            yield problem, Sentence("Did you mean `{word}`?", word=meant)
            return
        yield problem, cure


def _slips(text: str) -> Iterator[tuple[Sentence, Sentence]]:
    """What is misread is told alone: all else would come of the misreading."""
    found = _german(text) or tuple(_shape(text)) or _unreadable(text) or _meaning(text)
    yield from found


def _german(text: str) -> Problems:
    if german_day(text):
        said = Sentence("`{hours}` has German days.", hours=text)
        return ((said, Sentence("The days are Mo, Tu, We, Th, Fr, Sa, Su.")),)
    if word := german_holiday(text):
        said = Sentence("`{word}` is not known: it is called `PH` here.", word=word)
        return ((said, Sentence("Write `PH off` as a rule of its own.")),)
    return ()


def _shape(text: str) -> Iterator[tuple[Sentence, Sentence]]:
    if re.search(r"\bSH\b", QUOTED.sub("", text)):
        yield (
            Sentence("`SH` (school holidays) is not known here."),
            Sentence("Leave it out, or name the dates."),
        )
    for rule in rules(text):
        bare = QUOTED.sub("", rule).strip()
        if "||" in bare:
            yield (
                Sentence("`{hours}` has a second choice (`||`).", hours=rule.strip()),
                Sentence("Write rules with `;` between them."),
            )
        elif not bare and rule.strip():
            yield (
                Sentence("{hours} alone would count as always open.", hours=rule.strip()),
                Sentence("Write `by_appointment: true`, or a `note` on the type."),
            )
        elif re.search(r"\bPH\b", bare) and not _is_holiday_rule(bare):
            yield (
                Sentence("`{hours}` mixes `PH` with other things.", hours=bare),
                Sentence("Write `PH off` as a rule of its own."),
            )


def _is_holiday_rule(bare: str) -> bool:
    found = _HOLIDAY_RULE.match(bare)
    return found is not None and "PH" not in (found["rest"] or "")


def _unreadable(text: str) -> Problems:
    dated = with_dates(text, ())
    try:
        OpeningHours(dated)
    except (ParserError, ValueError) as error:
        found = re.search(r"-->\s*\d+:(\d+)", str(error))
        rest = dated[int(found[1]) - 1 :][:24].strip() if found else ""
        said = Sentence("The opening hours `{hours}` cannot be read.", hours=text)
        if rest and rest in text:
            said = Sentence(
                "The opening hours `{hours}` cannot be read from `{rest}` on.",
                hours=text,
                rest=rest,
            )
        if by_appointment(text):
            cure = Sentence("Leave `hours` out and write `by_appointment: true`.")
            return ((said, cure),)
        return ((said, Sentence("Write them as in `{example}`.", example=EXAMPLE)),)
    return ()


def _meaning(text: str) -> Problems:
    # With a space behind the comma the library reads a new rule.
    parts = (part for rule in rules(text) for part in re.split(r",\s+", QUOTED.sub("", rule)))
    return tuple(problem for part in parts for problem in _times(part.strip()))


def _times(bare: str) -> Iterator[tuple[Sentence, Sentence]]:
    if not bare or bare == "24/7" or _CLOSED.search(bare):
        return
    spans = _CLOCK.findall(bare)
    if not spans:
        yield (
            Sentence("`{hours}` names no time and would mean day and night.", hours=bare),
            Sentence("Write the time as in `{example}`, or 00:00-24:00.", example=EXAMPLE),
        )
    for start_hour, start_minute, end_hour, end_minute in spans:
        start = int(start_hour) * 60 + int(start_minute)
        end = int(end_hour) * 60 + int(end_minute)
        span = f"{start_hour}:{start_minute}-{end_hour}:{end_minute}"
        if end > _DAY:
            yield (
                Sentence("`{hours}` ends later than a day does.", hours=span),
                Sentence("After midnight write it as in `{example}`.", example=NIGHT_EXAMPLE),
            )
        elif end <= start and end + _DAY - start > _NIGHT:
            yield (
                Sentence("`{hours}` ends before it begins.", hours=span),
                Sentence("Put the earlier time first."),
            )


def rules(text: str) -> list[str]:
    return _RULES.findall(text)


def names_holidays(text: str) -> bool:
    return bool(re.search(r"\bPH\b", QUOTED.sub("", text)))


def with_dates(text: str, holidays: Iterable[date]) -> str:
    """The same hours with the dates of the holidays in place of `PH`."""
    if not names_holidays(text):
        return text
    # With a space after the comma the library reads a new rule.
    dates = ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in holidays)
    return "; ".join(part for rule in rules(text) for part in _without_ph(rule.strip(), dates))


def _without_ph(rule: str, dates: str) -> Iterator[str]:
    found = _HOLIDAY_RULE.match(rule)
    if found is None or "PH" not in found["days"]:
        yield rule
        return
    rest = (found["rest"] or "").strip()
    days = [day.strip() for day in found["days"].split(",") if day.strip() != "PH"]
    if days:
        yield f"{','.join(days)} {rest}"
    if dates:
        yield f"{dates} {rest}"
