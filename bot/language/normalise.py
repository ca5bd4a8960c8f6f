"""What was typed, as plain words: cut, one spelling for each word, clauses marked."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

LONGEST: Final = 500
"""Characters of a text that are looked at; who writes more has said what it is about by then."""

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"ё": "е", "є": "е", "ґ": "г", "ъ": "", "’": "", "'": "", "ʼ": "", "`": "", "‘": ""}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و"}
    | {"ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ء": "", "ـ": "", "ٔ": ""},
)
_UMLAUT_IN_TWO: Final = re.compile(r"(?<=[aou])e")
_PERSIAN_PREFIX: Final = re.compile(r"\b(ن?مي) (?=\w)")
"""`می خواهم` and `میخواهم` are the same word."""
_WORD: Final = re.compile(r"[^\W_]+|[§+]|[.!?;\n\r؟؛…]|[,:()،/–—-]")
_DIGIT: Final = re.compile(r"[^\W\D0-9]")
_SENTENCE_END: Final = frozenset(".!?;\n\r؟؛…")
_CLAUSE_END: Final = frozenset(",:()،–—-/")


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    sentence: int
    clause: int


def plain(text: str) -> str:
    """The spelling in which words are compared: no case, no marks, one letter for its variants."""
    known = text[:LONGEST]
    if not known.isprintable():
        known = "".join(_kept(character) for character in known)
    joined = unicodedata.normalize("NFKC", known)[:LONGEST]
    digits = folded = unicodedata.normalize("NFD", joined.casefold().translate(_LETTERS))
    if not folded.isascii():
        bare = "".join(character for character in folded if not unicodedata.combining(character))
        digits = _DIGIT.sub(_as_ascii, bare.translate(_LETTERS))
    return _PERSIAN_PREFIX.sub(r"\1", _UMLAUT_IN_TWO.sub("", digits))


def _as_ascii(digit: re.Match[str]) -> str:
    return str(unicodedata.digit(digit[0]))


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a plain text, each with the number of its sentence and clause."""
    found: list[Token] = []
    sentence = clause = 0
    for piece in _WORD.findall(text):
        if piece in _SENTENCE_END:
            sentence, clause = sentence + 1, clause + 1
        elif piece in _CLAUSE_END:
            clause += 1
        else:
            found.append(Token(piece, sentence, clause))
    return tuple(found)


def by_sound(word: str) -> str:
    """A key that a Cyrillic word shares with what people make of it in Latin letters."""
    key = anyascii(word).casefold().replace("'", "")
    for spelled, sound in _SOUNDS:
        key = key.replace(spelled, sound)
    return _TWICE.sub(r"\1", key)


_SOUNDS: Final = (
    *(("shch", "S"), ("sch", "S"), ("sh", "S"), ("zh", "Z"), ("ch", "C"), ("kh", "h")),
    *(("ts", "c"), ("tz", "c"), ("w", "v"), ("g", "h"), ("j", "y")),
    *(("ya", "a"), ("ia", "a"), ("yu", "u"), ("iu", "u"), ("yo", "o"), ("io", "o")),
    *(("ye", "e"), ("ie", "e"), ("y", "i")),
)
_TWICE: Final = re.compile(r"(.)\1")


def arabic_forms(word: str) -> tuple[str, ...]:
    """The word without the small words that Arabic writes in front: `and`, `the`, `to`, `with`."""
    bare = [
        word.removeprefix(prefix)
        for prefix in _ARABIC_PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM
    ]
    return tuple(dict.fromkeys((word, *bare)))


def arabic_stems(word: str) -> tuple[str, ...]:
    """Further forms without `my`, `our`, plural and the like behind."""
    stems: list[str] = []
    for form in arabic_forms(word):
        for suffix in _ARABIC_SUFFIXES:
            if form.endswith(suffix) and len(form) - len(suffix) >= _SHORTEST_STEM:
                stem = form.removesuffix(suffix)
                stems.append(stem)
                if stem.endswith("ت"):
                    stems.append(stem[:-1] + "ه")
    return tuple(stems)


_ARABIC_PREFIXES: Final = ("وال", "بال", "فال", "كال", "عال", "لل", "ال", "و", "ف", "ب", "ل", "ع")
_ARABIC_SUFFIXES: Final = ("ي", "نا", "ها", "ك", "ات", "ين", "ون", "ه")
_SHORTEST_STEM: Final = 3


def is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[0] <= "\u04ff"


def _kept(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc":
        return "\n" if character in "\n\r" else " "
    return "" if kind in _INVISIBLE else character


_INVISIBLE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
