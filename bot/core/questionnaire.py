"""The rules draw the questionnaire: only what can still change the result is asked."""

from dataclasses import dataclass

from bot.core.case import Case
from bot.core.findings import Findings, findings
from bot.core.knowledge import Book, Question, QuestionKind, Reach
from bot.core.logic import Truth, truth


@dataclass(frozen=True, slots=True)
class Ask:
    question: Question
    parts: tuple[str, ...]
    """The facts to ask for: one, or several where a question takes several answers."""


def next_question(case: Case, book: Book, so_far: Findings | None = None) -> Ask | None:
    """The question that can still change which door stands first, or None once it is certain."""
    so_far = so_far or findings(case, book)
    return _first(case, book, so_far, first_door_only=True)


def further_question(case: Case, book: Book, so_far: Findings | None = None) -> Ask | None:
    """The next question that can still change anything at all."""
    so_far = so_far or findings(case, book)
    return next_question(case, book, so_far) or _first(case, book, so_far, first_door_only=False)


def unanswered(case: Case, book: Book, so_far: Findings | None = None) -> tuple[str, ...]:
    """Ids of all questions whose answer could still change the result, in the order of asking."""
    so_far = so_far or findings(case, book)
    facts = open_facts(case, book, so_far, first_door_only=False)
    return tuple(
        question.id
        for question in book.questions.values()
        if any(fact in facts for fact in question.facts)
    )


def again(question: Question, case: Case, book: Book) -> Ask:
    """The same question once more, with all parts that may be asked."""
    if question.kind is not QuestionKind.SEVERAL:
        return Ask(question, question.facts)
    so_far = findings(case, book)
    return Ask(
        question,
        tuple(
            option.fact
            for option in question.options
            if option.ask is None or truth(option.ask, so_far.known) is not Truth.NO
        ),
    )


def open_facts(
    case: Case, book: Book, so_far: Findings, *, first_door_only: bool
) -> frozenset[str]:
    bits = so_far.pending_first if first_door_only else so_far.pending
    facts = book.alphabet.facts_in(bits)
    if _place_matters(case, book, so_far, first_door_only=first_door_only):
        facts |= {"place"}
    return facts


def _place_matters(case: Case, book: Book, so_far: Findings, *, first_door_only: bool) -> bool:
    """A regional door may be shown, and we do not know yet for which place."""
    if "place" in case:
        return False
    if so_far.lead is None or book.types[so_far.lead.service_type].reach is Reach.REGIONAL:
        return True
    return not first_door_only and any(
        book.types[finding.service_type].reach is Reach.REGIONAL for finding in so_far.shown
    )


def _first(case: Case, book: Book, so_far: Findings, *, first_door_only: bool) -> Ask | None:
    facts = open_facts(case, book, so_far, first_door_only=first_door_only)
    if not facts:
        return None
    alone = _alone(book, so_far)
    if alone is not None:
        return alone
    for question in book.questions.values():
        if any(fact in facts for fact in question.facts):
            if question.kind is QuestionKind.SEVERAL:
                every = open_facts(case, book, so_far, first_door_only=False)
                return Ask(question, tuple(fact for fact in question.facts if fact in every))
            return Ask(question, question.facts)
    return None


def _alone(book: Book, so_far: Findings) -> Ask | None:
    """An option that is so grave that it is asked by itself, before everything else."""
    pending = book.alphabet.facts_in(so_far.pending)
    for question in book.questions.values():
        for option in question.options:
            if (
                option.alone is not None
                and option.fact in pending
                and truth(option.alone, so_far.known) is Truth.YES
            ):
                return Ask(question, (option.fact,))
    return None
