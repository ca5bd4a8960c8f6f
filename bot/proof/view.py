"""A case as one book sees it, while several books are walked together."""

from collections.abc import Iterator, Mapping

from bot.core.case import DONT_KNOW, YES, Case
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.known import Reading
from bot.core.logic import All, AnyOf, Condition, Is, Not
from bot.proof.settled import Settled, Standing


class View:
    """`beside` are conditions by which people are to be told apart, besides those of the book."""

    def __init__(self, book: Book, beside: tuple[Condition, ...]) -> None:
        self.book = book
        self.settled = Settled(book, beside)
        self._reading = Reading(book.questions.values(), book.alphabet)
        self._alike = {
            fact: number
            for question in book.questions.values()
            if question.kind is QuestionKind.SEVERAL
            for fact, number in _alike(question, self.settled).items()
        }

    def after(self, before: Standing, case: Case) -> Standing:
        return self.settled.after(before, self._reading.known(case))

    def case(self, case: Case) -> Case:
        """An answer that this book does not know is to it as if somebody did not know."""
        accepted = self.book.accepted
        if all(
            answer in accepted.get(fact, ()) for fact, answer in case.items() if fact != "place"
        ):
            return case
        return {
            fact: answer if fact == "place" or answer in accepted[fact] else DONT_KNOW
            for fact, answer in case.items()
            if fact in accepted
        }

    def alike(self, fact: str) -> int:
        """Equal for options of a question with several that only ever count together."""
        return self._alike.get(fact, -1)

    def tells_places_apart(self) -> bool:
        bits = self.book.alphabet.whole["place"]
        return any(condition.mentions() & bits for condition in self.settled.conditions)


def _alike(question: Question, settled: Settled) -> Mapping[str, int]:
    masks = list(dict.fromkeys(mask for one in settled.conditions for mask in _masks(one)))
    numbers: dict[object, int] = {}
    alike = {}
    for option in question.options:
        bit = settled.alphabet.bits[option.fact][YES]
        seen: object = tuple(bool(mask & bit) for mask in masks)
        if option.ask is not None or option.alone is not None:
            seen = option.id
        alike[option.fact] = numbers.setdefault(seen, len(numbers))
    return alike


def _masks(condition: Condition) -> Iterator[int]:
    match condition:
        case Is(bits):
            yield bits
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _masks(part)
        case Not(inner):
            yield from _masks(inner)
        case _:
            raise TypeError(f"There is no condition {type(condition).__name__}.")
