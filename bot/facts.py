"""A case as people write it: question=option."""

from collections.abc import Mapping

from bot.core.case import Case, part
from bot.core.knowledge import Book, Question, QuestionKind
from bot.sentence import Sentence, Translate, english


class FactError(ValueError):
    """A fact on the command line or in a script that the knowledge base does not know."""

    def __init__(self, problem: Sentence) -> None:
        self._problem = problem
        super().__init__(self.in_(english))

    def in_(self, translate: Translate) -> str:
        return self._problem.in_(translate)


def facts(pairs: Mapping[str, str], book: Book) -> Case:
    """`question: option` as people write them, checked; several options are joined by commas.

    Raises:
        FactError: naming what is unknown, and what there is instead.
    """
    case = {"for_whom": "self"}
    for name, value in pairs.items():
        question = book.questions.get(name)
        if question is None:
            known = ", ".join(book.questions)
            raise FactError(
                Sentence(
                    "There is no question `{name}`. There are: {known}.", name=name, known=known
                )
            )
        if question.kind is QuestionKind.SEVERAL:
            case.update(_several(name, value, book))
            continue
        options = {option.id for option in question.options}
        if question.kind is QuestionKind.PLACE:
            options = {"elsewhere", *book.districts, *book.municipalities}
        if value not in options | {"?"}:
            raise FactError(_no_option(question, value))
        case[name] = value
    return case


def _several(name: str, value: str, book: Book) -> Case:
    question = book.questions[name]
    chosen = [option for option in value.split(",") if option]
    options = [option.id for option in question.options]
    if chosen == ["?"]:
        return {part(name, option): "?" for option in options}
    for option in chosen:
        if option not in options:
            raise FactError(_no_option(question, option))
    return {part(name, option): "yes" if option in chosen else "no" for option in options}


def _no_option(question: Question, value: str) -> Sentence:
    if question.kind is QuestionKind.PLACE:
        return Sentence(
            "`{name}` has no option `{value}`. There are: a municipality key of 8 digits, a "
            "district key of 5 digits, `elsewhere` or `?`.",
            name=question.id,
            value=value,
        )
    return Sentence(
        "`{name}` has no option `{value}`. There are: {options}.",
        name=question.id,
        value=value,
        options=", ".join([*(option.id for option in question.options), "?"]),
    )
