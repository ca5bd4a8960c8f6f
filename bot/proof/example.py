"""One person out of many: a conversation that can be read, and a link that replays it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core import links
from bot.core.case import DONT_KNOW, ELSEWHERE, YES, Case
from bot.core.knowledge import Book, Question, QuestionKind
from bot.proof.places import PlaceClass
from bot.proof.walk import SOMEWHERE


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    option: str
    """Ids of several are joined by commas, as on the command line."""
    words: str
    """German, or the name of the place."""


@dataclass(frozen=True, slots=True)
class Example:
    case: Case
    answers: tuple[Answer, ...]
    payload: str
    """Of a link to the bot; empty where the questions do not fit into one."""


def example(case: Case, places: tuple[PlaceClass, ...], where: int, book: Book) -> Example:
    """Somebody with this case, at the first of the places `where` (bits)."""
    case = settled(case, places, where)
    try:
        payload = links.replay("de", case, book)
    except ValueError:
        payload = ""
    return Example(case, tuple(_answers(case, book)), payload)


def settled(case: Case, places: tuple[PlaceClass, ...], where: int) -> Case:
    """The case with a place that exists."""
    if case.get("place") != SOMEWHERE:
        return case
    here = (place.answer for number, place in enumerate(places) if where >> number & 1)
    return {**case, "place": next(here, places[0].answer)}


def _answers(case: Case, book: Book) -> Iterator[Answer]:
    for question in book.questions.values():
        match question.kind:
            case QuestionKind.SEVERAL:
                yield from _several(question, case, book)
            case QuestionKind.PLACE if (place := case.get("place")) is not None:
                yield Answer(question.id, place, _place(place, book))
            case QuestionKind.ONE if (option := case.get(question.id)) is not None:
                words = book.texts.get(f"option.{question.id}.{option}.fact", option)
                yield Answer(question.id, option, words)


def _several(question: Question, case: Case, book: Book) -> Iterator[Answer]:
    said = [option for option in question.options if option.fact in case]
    marked = [option.id for option in said if case[option.fact] == YES]
    if not said:
        return
    if any(case[option.fact] == DONT_KNOW for option in said):
        yield Answer(question.id, DONT_KNOW, DONT_KNOW)
        return
    words = (book.texts.get(f"option.{question.id}.{name}.fact", name) for name in marked)
    yield Answer(question.id, ",".join(marked), ", ".join(words) or "–")


def _place(place: str, book: Book) -> str:
    if place in book.municipalities:
        district = book.districts[place[:5]].name
        name = book.municipalities[place].name
        return name if name == district else f"{name} ({district})"
    if place in book.districts:
        return book.districts[place].name
    return "–" if place == ELSEWHERE else place
