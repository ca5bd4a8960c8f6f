"""What a case says, row by row, as people read it."""

from collections.abc import Iterator
from typing import Final

from bot.core.case import DONT_KNOW, YES, Case
from bot.core.knowledge import Book, Question, QuestionKind

TAKEN_FOR_GRANTED: Final = ("for_whom", "self")
"""Nobody has to say that they ask for themselves."""


def told(case: Case, book: Book) -> Iterator[tuple[Question, str]]:
    """Question and option, in the order of the questions; of several only what holds."""
    for question in book.questions.values():
        if question.kind is QuestionKind.SEVERAL:
            for option in question.options:
                if case.get(option.fact) == YES:
                    yield question, option.id
            continue
        answer = case.get(question.id)
        if answer is not None and (question.id, answer) != TAKEN_FOR_GRANTED:
            yield question, answer


def told_at_the_desk(case: Case, book: Book) -> Iterator[tuple[Question, str]]:
    """What whoever stands behind the counter, or beside it, may read."""
    for question, option in told(case, book):
        if question.id in _FOR_THE_DESK and (question.id, option) != ("status", "none"):
            yield question, option


_FOR_THE_DESK: Final = frozenset({"concern", "place", "for_whom", "age", "status"})
"""Needs, such as violence, are for the counsellor alone; no paper says that somebody has none."""


def is_unknown(question: Question, case: Case) -> bool:
    """Somebody was asked and did not say, or did not know."""
    return any(case.get(fact) == DONT_KNOW for fact in question.facts)
