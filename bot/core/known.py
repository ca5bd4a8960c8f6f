"""What a case says, as bits: the first step of every decision, so laid out once for each book."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core import logic
from bot.core.case import DONT_KNOW, ELSEWHERE, YES, Case
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.logic import Alphabet, Condition, Known

HERE: Final = "here"
"""What a rule sees of a place in the region; which one it is, only the doors depend on."""


@dataclass(frozen=True, slots=True)
class _Fact:
    name: str
    bits: dict[str, int]
    otherwise: int
    """For an answer without a bit of its own: a place in the region."""
    unknown: int
    """What may hold after `?`; on a question with several answers, nothing."""
    askable: int
    tactful: tuple[tuple[int, Condition], ...]
    """Options that are asked only where their condition allows."""


@dataclass(frozen=True, slots=True)
class _Asked:
    facts: tuple[_Fact, ...]
    ask: Condition | None
    always: bool
    """Neither the question nor any option of it is asked of some people only."""


class Reading:
    """How to read a case for one book."""

    __slots__ = ("_asked",)

    def __init__(self, questions: Iterable[Question], alphabet: Alphabet) -> None:
        self._asked = tuple(_asked(question, alphabet) for question in questions)

    def known(self, case: Case) -> Known:
        """A question that tact forbids to ask counts as no."""
        true = perhaps = waiting = 0
        for asked in self._asked:
            missing: list[_Fact] = []
            for fact in asked.facts:
                answer = case.get(fact.name)
                if answer is None:
                    if asked.always:
                        waiting |= fact.askable
                    else:
                        missing.append(fact)
                elif answer == DONT_KNOW:
                    perhaps |= fact.unknown
                else:
                    true |= fact.bits.get(answer, fact.otherwise)
            if missing:
                waiting |= _askable(asked, missing, Known(true, perhaps, waiting))
        return Known(true, perhaps, waiting)


def known(case: Case, book: Book) -> Known:
    """What the case says about every fact."""
    return _reading(book).known(case)


@lru_cache(maxsize=8)
def _reading(book: Book) -> Reading:
    return Reading(book.questions.values(), book.alphabet)


def _askable(asked: _Asked, missing: list[_Fact], now: Known) -> int:
    """The bits of the options that may be asked for."""
    if asked.ask is not None and asked.ask.look(now) == logic.NO:
        return 0
    bits = 0
    for fact in missing:
        bits |= fact.askable
        for bit, ask in fact.tactful:
            if ask.look(now) != logic.NO:
                bits |= bit
    return bits


def _asked(question: Question, alphabet: Alphabet) -> _Asked:
    facts = tuple(_fact(question, fact, alphabet) for fact in question.facts)
    always = question.ask is None and not any(fact.tactful for fact in facts)
    return _Asked(facts, question.ask, always)


def _fact(question: Question, name: str, alphabet: Alphabet) -> _Fact:
    bits, whole = alphabet.bits[name], alphabet.whole[name]
    if question.kind is QuestionKind.PLACE:
        return _Fact(name, {ELSEWHERE: bits[ELSEWHERE]}, bits[HERE], whole, whole, ())
    several = question.kind is QuestionKind.SEVERAL
    options = [option for option in question.options if option.fact == name]
    shown = [(bits[YES if several else option.id], option.ask) for option in options]
    askable = sum(bit for bit, ask in shown if ask is None)
    tactful = tuple((bit, ask) for bit, ask in shown if ask is not None)
    return _Fact(name, bits, 0, 0 if several else whole, askable, tactful)
