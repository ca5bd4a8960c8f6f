"""Opening hours as people write them at a door, put into OpenStreetMap's notation.

A guess only: whoever shows it has to see first whether it can be read.
"""

import re
from typing import Final

QUOTED: Final = re.compile(r'"[^"]*"')
"""What the notation takes as it stands."""

_DAYS: Final = {
    "Mo": "montag",
    "Tu": "dienstag",
    "We": "mittwoch",
    "Th": "donnerstag",
    "Fr": "freitag",
    "Sa": "samstag",
    "Su": "sonntag",
}
_SHORT: Final = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
"""Monday, Friday and Saturday begin alike in both languages."""
_FULL: Final = {german: short for short, german in _DAYS.items()} | {"sonnabend": "Sa"}

_ANY_DAY: Final = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAY: Final = re.compile(rf"\b(?:({'|'.join(_SHORT)})|(?i:({'|'.join(_FULL)})s?))\b")
_HOLIDAY: Final = re.compile(r"\b(?:an )?(?:gesetzlichen )?(feiertag(?:e|en|s)?)\b", re.IGNORECASE)
_APPOINTMENT: Final = re.compile(
    r"[,;]?\s*(?:und |sowie |oder )?(?:nur )?"
    r"\b(?:(?:nach|mit)\s(?:\w+er\s)?(?:vereinbarung|termin\w*|anmeldung|absprache))\b",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[.:](\d{2}))?-(\d{1,2})(?:[.:](\d{2}))?(?![\d:.])"
)
_CALENDAR: Final = re.compile(r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week) *)$")

_STEPS: Final = (
    (re.compile(r"^\s*rund um die uhr\s*$", re.IGNORECASE), "24/7"),
    (re.compile(r"\s*[\u2010-\u2015]\s*"), "-"),
    (re.compile(r"\s*\buhr\b|(?<=\d)\s?h\b|\bvon\s+", re.IGNORECASE), ""),
    (re.compile(r"\btäglich\b", re.IGNORECASE), "Mo-Su"),
    (re.compile(r"\b(?:geschlossen|zu)\b", re.IGNORECASE), "off"),
    (_HOLIDAY, "PH"),
    (re.compile(r"\s+bis\s+|\s*-\s*"), "-"),
    (re.compile(r"\s*(?:\bund\b|\bu\.|&|(?<=[^\W\d])\.?/)\s*"), ","),
    (re.compile(rf"\b({_ANY_DAY}|PH)[.:](?!\d)"), r"\1"),
    # With a space the library would read two rules, the first of them without a time.
    (re.compile(rf"\b({_ANY_DAY}),\s+(?={_ANY_DAY}\b)"), r"\1,"),
    (re.compile(rf"(?<=\d),(?={_ANY_DAY}\b)"), ", "),
    (re.compile(r"\bPH\s*(?=;|$)"), "PH off"),
    (re.compile(r",\s*([^,;\d]*\boff\b)"), r"; \1"),
    (re.compile(r"\s+"), " "),
)
"""In this order: what is a dash is known before spans are looked for."""


def german_day(text: str) -> str | None:
    """The first German name of a day in opening hours."""
    found = _DAY.search(QUOTED.sub("", text))
    return found[0] if found else None


def german_holiday(text: str) -> str | None:
    """The German word for public holidays, as it stands there."""
    found = _HOLIDAY.search(QUOTED.sub("", text))
    return found[1] if found else None


def by_appointment(text: str) -> bool:
    """Whether the hours name an appointment and no time at all."""
    return bool(_APPOINTMENT.search(text)) and not re.search(r"\d", text)


def guessed(text: str) -> str:
    """The same in OpenStreetMap's notation, as far as one can guess."""
    parts = re.split(f"({QUOTED.pattern})", text)
    return "".join(part if QUOTED.fullmatch(part) else _translated(part) for part in parts).strip()


def _translated(text: str) -> str:
    text = _APPOINTMENT.sub(' "nach Vereinbarung"', text)
    text = _DAY.sub(lambda found: _SHORT.get(found[0]) or _FULL[found[2].lower()], text)
    for pattern, instead in _STEPS:
        text = pattern.sub(instead, text)
    return _SPAN.sub(_with_minutes, text)


def _with_minutes(found: re.Match[str]) -> str:
    if _CALENDAR.search(found.string[: found.start()]):
        return found[0]
    begin, end = (f"{int(found[n]):02}:{found[n + 1] or '00'}" for n in (1, 3))
    return f"{begin}-{end}"
