"""Fields of an update, each checked when it is read.

Every function raises TypeError or ValueError for what should not be there.
"""

import math
import re
from collections.abc import Mapping
from typing import Any, Final


def is_number(value: object) -> bool:
    """A whole number that a database can keep."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _TOO_LARGE


def number(value: object) -> int:
    if not isinstance(value, int) or not is_number(value):
        raise TypeError("This is no whole number.")
    return value


def text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("This is no text.")
    return value


def degrees(value: object, most: int) -> float:
    if not isinstance(value, int | float) or not -most <= value <= most or math.isnan(value):
        raise ValueError("This is no place on earth.")
    return float(value)


def language(sender: Mapping[str, Any]) -> str:
    """The language of somebody's phone, or empty."""
    tag = sender.get("language_code")
    return tag if isinstance(tag, str) else ""


def phone(value: object) -> str | None:
    """With + and country code, of which some apps leave out the +; None if it cannot be one."""
    digits = re.sub(r"[\s()/-]", "", text(value)).removeprefix("+")
    return f"+{digits}" if _PHONE.fullmatch(digits) else None


_TOO_LARGE: Final = 2**63
_PHONE: Final = re.compile(r"[1-9][0-9]{5,14}")
"""E.164 allows fifteen digits."""
