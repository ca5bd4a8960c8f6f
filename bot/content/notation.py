"""OpenStreetMap's notation of opening hours, as far as counsellors should use it.

The library accepts more than it understands: `SH` never applies, `Sa` alone is open day and night,
a comment alone is open always. What would mislead a person in front of a closed door is refused.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # stub lacks it

from bot.sentence import Sentence

EXAMPLE: Final = "Mo-Th 09:00-16:00; PH off"

_RULES: Final = re.compile(r"""((?:[^;"]|"[^"]*")+)""")
_COMMENT: Final = re.compile(r'"[^"]*"')
_CLOSED: Final = re.compile(r"\b(?:off|closed|unknown)\b")
_CLOCK: Final = re.compile(r"\b(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\b")
_DAYS: Final = r"(?:PH|(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su))?)"
_HOLIDAY_RULE: Final = re.compile(
    rf"^\s*(?P<days>{_DAYS}(?:\s*,\s*{_DAYS})*)(?P<rest>\s.*)?$", re.DOTALL
)
"""`PH off`, `PH,Su 10:00-12:00`, `Mo-Fr,PH 10:00-12:00`."""
_GERMAN: Final = re.compile(r"\b(?:Di|Mi|Do|So)\b")
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
    if _GERMAN.search(_COMMENT.sub("", text)):
        yield (
            Sentence("`{hours}` has German days.", hours=text),
            Sentence("The days are Mo, Tu, We, Th, Fr, Sa, Su."),
        )
        return
    if re.search(r"\bSH\b", _COMMENT.sub("", text)):
        yield (
            Sentence("`SH` (school holidays) is not known here."),
            Sentence("Leave it out, or name the dates."),
        )
    for rule in rules(text):
        yield from _lint_rule(rule)
    try:
        OpeningHours(with_dates(text, ()))
    except (ParserError, ValueError) as error:
        found = re.search(r"-->\s*\d+:(\d+)", str(error))
        rest = text[int(found[1]) - 1 :][:24].strip() if found else ""
        said = Sentence("The opening hours `{hours}` cannot be read.", hours=text)
        if rest and rest in text:
            said = Sentence(
                "The opening hours `{hours}` cannot be read from `{rest}` on.",
                hours=text,
                rest=rest,
            )
        yield said, Sentence("Write them as in `{example}`.", example=EXAMPLE)


def _lint_rule(rule: str) -> Iterator[tuple[Sentence, Sentence]]:
    bare = _COMMENT.sub("", rule).strip()
    if "||" in bare:
        yield (
            Sentence("`{hours}` has a second choice (`||`).", hours=rule.strip()),
            Sentence("Write rules with `;` between them."),
        )
        return
    if not bare and rule.strip():
        yield (
            Sentence("{hours} alone would count as always open.", hours=rule.strip()),
            Sentence("Write `by_appointment: true`, or a `note` on the type."),
        )
        return
    if re.search(r"\bPH\b", bare) and not _HOLIDAY_RULE.match(bare):
        yield (
            Sentence("`{hours}` mixes `PH` with other things.", hours=bare),
            Sentence("Write `PH off` as a rule of its own."),
        )
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
        if end <= start and end + 24 * 60 - start > _NIGHT:
            span = f"{start_hour}:{start_minute}-{end_hour}:{end_minute}"
            yield (
                Sentence("`{hours}` ends before it begins.", hours=span),
                Sentence("Put the earlier time first."),
            )


def rules(text: str) -> list[str]:
    return _RULES.findall(text)


def names_holidays(text: str) -> bool:
    return bool(re.search(r"\bPH\b", _COMMENT.sub("", text)))


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
