"""Which script a text is written in, and its plain spelling for comparing."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

LONGEST = 160
"""Characters of a typed text that are looked at: nobody needs more to name a place."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
    | {"ё": "е", "є": "е", "ґ": "г", "ѓ": "г", "ъ": "", "’": "", "'": "", "ʼ": "", "`": ""}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و"}
    | {"ۇ": "و", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ء": "", "ـ": ""},
)
_COMBINING = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u064b-\u065f\u0670]"
)
_UMLAUT_IN_TWO = re.compile(r"(?<=[aou])e")
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = re.compile(r"[^\w\n]|_")
_UNSEEN = {"Cc": " ", "Cf": "", "Cs": "", "Co": "", "Cn": ""}


class Script(Enum):
    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    OTHER = "other"


_BLOCKS = {
    Script.LATIN: (range(0x250), range(0x1E00, 0x1F00)),
    Script.CYRILLIC: (range(0x400, 0x530),),
    Script.ARABIC: (range(0x600, 0x780), range(0x8A0, 0x900)),
}


def script_of(text: str) -> Script:
    """The script of the first letter that tells; digits and signs do not."""
    if text.isascii():
        return Script.LATIN
    for letter in text:
        if not letter.isalpha():
            continue
        for script, blocks in _BLOCKS.items():
            if any(ord(letter) in block for block in blocks):
                return script
        return Script.OTHER
    return Script.LATIN


def tidy(text: str) -> str:
    """Cut, compatible forms joined, unseen characters gone, digits of any script as 0-9."""
    kept = "".join(
        _UNSEEN.get(unicodedata.category(character), character) for character in text[:LONGEST]
    )
    joined = unicodedata.normalize("NFKC", kept)[:LONGEST]
    return "".join(
        str(unicodedata.digit(character)) if character.isdecimal() else character
        for character in joined
    )


def words(text: str) -> tuple[str, ...]:
    """The words in their plain spelling: `Lübben`, `Luebben` and `LUBBEN` alike."""
    return tuple(_WORD.findall(_plain(text)))


def spelling(text: str) -> str:
    """One word without blanks or signs: the key under which a name is looked up."""
    return _NO_WORD.sub("", _plain(text))


def spellings(names: Iterable[str]) -> list[str]:
    """The spelling of each name, in one sweep: ten times as fast as one by one."""
    return spelling("\n".join(names)).split("\n")


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    # Twice: a letter such as `آ` comes apart under NFD, and only its bare form is in the table.
    return _UMLAUT_IN_TWO.sub("", _COMBINING.sub("", apart).translate(_LETTERS))
