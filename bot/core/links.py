"""What a link says: language, place and concern for posters; a whole case for a replay.

A payload is parts joined by `-`, at most 64 characters. Ids are lower case and places are digits,
so a part in which a case is packed begins with a capital.
"""

import zlib
from collections.abc import Iterator
from typing import Final

from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES, Case
from bot.core.events import Started
from bot.core.knowledge import Book, Question, QuestionKind

LONGEST: Final = 64
"""Telegram's limit for a payload."""

REPLAY: Final = "R"
"""Begins the part that carries a whole case."""

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
_HELD: Final = (None, DONT_KNOW, NO, YES)
"""What one of several options may be; two of them share a character."""
_CHECK: Final = 2
"""Characters that tell whether the link was made for these questions."""


def replay(language: str, case: Case, book: Book) -> str:
    """The payload of a link that shows a conversation with exactly these answers.

    Raises:
        ValueError: there are more questions than fit into a link.
    """
    place = case.get("place")
    named = [place] if place in book.municipalities or place in book.districts else []
    packed = "".join(_packed(case, book))
    payload = "-".join([language, *(key for key in named if key), f"{REPLAY}{packed}"])
    if len(payload) > LONGEST:
        raise ValueError(f"{len(payload)} characters do not fit into a link; {LONGEST} do.")
    return payload


def answers(packed: str, book: Book) -> Case | None:
    """The case in a part that begins with `REPLAY`; None where it was made for other questions.

    A place in the region is not in it: it is a part of its own.
    """
    text = packed.removeprefix(REPLAY)
    if text[:_CHECK] != _check(book):
        return None
    case: dict[str, str] = {}
    rest = text[_CHECK:]
    for question in book.questions.values():
        length = _length(question)
        digits, rest = rest[:length], rest[length:]
        if len(digits) < length:
            return None
        case.update(_unpacked(question, digits))
    return case


def says_something(opened: Started, book: Book) -> bool:
    """Whether a link begins a talk in another way than a bare start, for these questions."""
    if opened.replay is not None:
        return answers(opened.replay, book) is not None
    return opened != Started()


def _packed(case: Case, book: Book) -> Iterator[str]:
    yield _check(book)
    for question in book.questions.values():
        if question.kind is QuestionKind.SEVERAL:
            values = [_HELD.index(case.get(fact)) for fact in question.facts]
            for first, second in _pairs(values):
                yield _DIGITS[4 * first + second]
            continue
        options = _options(question)
        answer = case.get(question.id)
        yield _DIGITS[options.index(answer) if answer in options else 0]


def _unpacked(question: Question, digits: str) -> Case:
    values = [_DIGITS.find(digit) for digit in digits]
    if min(values) < 0:
        return {}
    if question.kind is QuestionKind.SEVERAL:
        held = [_HELD[part] for value in values for part in divmod(value % 16, 4)]
        pairs = zip(question.facts, held, strict=False)
        return {fact: answer for fact, answer in pairs if answer is not None}
    options = _options(question)
    answer = options[values[0]] if 0 <= values[0] < len(options) else None
    return {} if answer is None else {question.id: answer}


def _options(question: Question) -> tuple[str | None, ...]:
    if question.kind is QuestionKind.PLACE:
        return (None, DONT_KNOW, ELSEWHERE)
    return (None, DONT_KNOW, *(option.id for option in question.options))


def _length(question: Question) -> int:
    return (len(question.facts) + 1) // 2 if question.kind is QuestionKind.SEVERAL else 1


def _pairs(values: list[int]) -> Iterator[tuple[int, int]]:
    padded = [*values, 0]
    for number in range(0, len(values), 2):
        yield padded[number], padded[number + 1]


def _check(book: Book) -> str:
    """Changes with the questions and their options, not with the rules."""
    ids = (
        f"{question.id}:{','.join(option.id for option in question.options)}"
        for question in book.questions.values()
    )
    number = zlib.crc32(";".join(ids).encode())
    return _DIGITS[number % 62] + _DIGITS[number // 62 % 62]
