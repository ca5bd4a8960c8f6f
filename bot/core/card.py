"""What a case tells the counsellors: two parts, and never where exactly somebody lives."""

from typing import Final

from bot.core.case import DONT_KNOW, YES, Case, part, question_of
from bot.core.knowledge import Book, QuestionKind
from bot.core.referral import Card
from bot.core.told import told

LANGUAGE: Final = "language"
DISTRICT: Final = "place"

_URGENT: Final = ("crisis", "needs.violence", "needs.unaccompanied")
"""Facts that all colleagues see, where they hold: somebody should not wait."""

_ADULTS: Final = frozenset({"18_to_26", "27_plus"})


def card(case: Case, language: str, book: Book) -> Card:
    """The card of this case; answers that were not given or not known do not stand on it."""
    group = [(LANGUAGE, language)]
    district = case.get("place", "")[:5]
    if district in book.districts:
        group.append((DISTRICT, district))
    concern = case.get("concern", DONT_KNOW)
    if concern != DONT_KNOW:
        group.append(("concern", concern))
    group += [(fact, YES) for fact in _URGENT if case.get(fact) == YES]
    claimer = [
        (question.id, option)
        for question, option in told(case, book)
        if option != DONT_KNOW and not _for_the_group(question.id, option)
    ]
    return Card(tuple(group), tuple(claimer))


def case_of(card: Card, book: Book) -> Case:
    """What a card says, as a case: the talk in which it was said may be forgotten by now."""
    case = {"for_whom": "self"}
    for name, option in (*card.group, *card.claimer):
        question = book.questions.get(name)
        if question is not None and question.kind is QuestionKind.SEVERAL:
            case[part(name, option)] = YES
        elif option in book.accepted.get(name, ()):
            case[name] = option
    return case


def may_be_child(case: Case) -> bool:
    """Under 18 nothing is posted in a group; nor where nobody has said the age."""
    return case.get("age") not in _ADULTS or case.get("needs.unaccompanied") == YES


def _for_the_group(question: str, option: str) -> bool:
    if question in ("concern", "place"):
        return True
    urgent = {fact: question_of(fact) for fact in _URGENT}
    return any(
        asked == question and fact in (question, f"{question}.{option}")
        for fact, asked in urgent.items()
    ) and (question != "crisis" or option == YES)
