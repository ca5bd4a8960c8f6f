"""A case as people write it: question=option."""

from collections.abc import Mapping

from bot.core.case import Case, part
from bot.core.knowledge import Book, QuestionKind


class FactError(ValueError):
    """A fact on the command line or in a script that the knowledge base does not know."""


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
            raise FactError(f"There is no question `{name}`. There are: {known}.")
        if question.kind is QuestionKind.SEVERAL:
            case.update(_several(name, value, book))
            continue
        options = {option.id for option in question.options}
        if question.kind is QuestionKind.PLACE:
            options = {"elsewhere", *book.districts, *book.municipalities}
        if value not in options | {"?"}:
            hint = (
                "a municipality key of 8 digits, a district key of 5 digits, `elsewhere` or `?`"
                if question.kind is QuestionKind.PLACE
                else ", ".join([*(option.id for option in question.options), "?"])
            )
            raise FactError(f"`{name}` has no option `{value}`. There are: {hint}.")
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
            raise FactError(
                f"`{name}` has no option `{option}`. There are: {', '.join(options)}, ?."
            )
    return {part(name, option): "yes" if option in chosen else "no" for option in options}
