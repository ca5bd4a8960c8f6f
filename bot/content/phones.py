"""Phone numbers as everybody can dial them, and those in which something is missing."""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, shortnumberinfo

from bot.content.tree import Cursor
from bot.sentence import Sentence

_COUNTRY: Final = "DE"
_FEWEST: Final = 3
"""Digits behind an area code: old numbers of villages have no more. The library takes two."""
_LONGEST_OF_TOWNS: Final = 4
"""Digits of the area codes of towns, without the 0; villages have five."""
_OF_OFFICES: Final = frozenset({"110", "112", "115"})
"""Dialled behind any area code."""


@dataclass(frozen=True, slots=True)
class _Landline:
    code: str
    """With its 0."""
    subscriber: str


def phone(text: str, at: Cursor) -> str:
    """As everybody can dial it: +49 …, or as it is where it is a short number."""
    if _short(re.sub(r"[\s()/-]", "", text)):
        return text
    number = _parsed(text)
    landline = _landline(number)
    cure = Sentence("Write it with area code, as in +49 3546 1234.")
    if not phonenumbers.is_valid_number(number):
        at.report(Sentence("`{phone}` is not a phone number.", phone=text), cure)
    elif landline and len(landline.subscriber) < _FEWEST:
        said = Sentence("`{phone}` has only {count} digits behind the area code {code}.")
        said = said.about(phone=text, count=len(landline.subscriber), code=landline.code)
        at.report(said, Sentence("Write the whole number."))
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def doubt(text: str) -> Sentence | None:
    """What is odd about a number that can be dialled; `{service}` is left open."""
    landline = _landline(_parsed(text))
    if (
        landline is None
        or len(landline.subscriber) != _FEWEST
        or landline.subscriber in _OF_OFFICES
        or len(landline.code) > _LONGEST_OF_TOWNS + 1
    ):
        return None
    said = Sentence(
        "`{service}`: the phone number `{phone}` has only {count} digits "
        "behind the area code {code}."
    )
    return said.about(phone=text, count=_FEWEST, code=landline.code)


def _parsed(text: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return PhoneNumber()


def _landline(number: PhoneNumber) -> _Landline | None:
    """None where the number has no area code of this country."""
    length = phonenumbers.length_of_geographical_area_code(number)
    if not length or phonenumbers.region_code_for_number(number) != _COUNTRY:
        return None
    digits = phonenumbers.national_significant_number(number)
    return _Landline(f"0{digits[:length]}", digits[length:])


def _short(digits: str) -> bool:
    """110, 112, 116 117 and the like; the library does not know all of Europe's 116 numbers."""
    if not re.fullmatch(r"[0-9]{2,6}", digits):
        return False
    number = PhoneNumber(country_code=49, national_number=int(digits))
    known = shortnumberinfo.is_valid_short_number_for_region(number, _COUNTRY)
    return known or bool(re.fullmatch(r"116[0-9]{3}", digits))
