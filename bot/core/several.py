"""Taps on a question that takes several answers; a second tap takes nothing back.

Its screen may have gone by then: the first tap has led to the next question.
"""

from collections.abc import Mapping

from bot.core.case import NO, YES, Case
from bot.core.knowledge import Book, Question
from bot.core.questionnaire import Ask, again


def settled_by(asked: Ask | None, question: Question, case: Case, book: Book) -> tuple[str, ...]:
    """The facts that one tap settles, while `asked` is on the screen."""
    if asked is not None and asked.question.id == question.id:
        return asked.parts
    parts = again(question, case, book).parts
    return () if any(fact in case for fact in parts) else parts


def marks_of(
    asked: Ask | None, question: Question, case: Case, marked: frozenset[str], book: Book
) -> Mapping[str, str]:
    """What "done" says about each option."""
    settled = settled_by(asked, question, case, book)
    if not settled and marked:
        parts = again(question, case, book).parts
        settled = tuple(fact for fact in parts if fact in marked or fact not in case)
    return {fact: YES if fact in marked else NO for fact in settled}


def refused_alone(question: Question) -> Mapping[str, str]:
    """What "no" says: it stands only on the screen of an option that is asked alone."""
    return {option.fact: NO for option in question.options if option.alone is not None}
