"""What an answer does to a case: it is stored, and takes away what depended on another one."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.case import with_facts, without_facts
from bot.core.knowledge import Book
from bot.core.state import Conversation


def with_answers(now: Conversation, facts: Mapping[str, str], book: Book) -> Conversation:
    """Store answers; where one changes, forget the answers that depended on it."""
    case = now.case
    changed = frozenset(fact for fact, option in facts.items() if case.get(fact, option) != option)
    case = without_facts(case, _dependants(changed, book))
    trail = tuple(entry for entry in now.trail if not set(entry) & set(facts))
    return replace(
        now,
        case=with_facts(case, facts),
        trail=(*(entry for entry in trail if set(entry) & set(case)), tuple(facts)),
        asked_again=(),
        marked=frozenset(),
        candidates=(),
        outside=None,
        pages=(),
    )


def _dependants(changed: frozenset[str], book: Book) -> frozenset[str]:
    """Facts whose question depends on a changed one, directly or through another."""
    lost: set[str] = set()
    moved = {fact.partition(".")[0] for fact in changed}
    for question in book.questions.values():
        if question.depends & moved and question.id not in {f.partition(".")[0] for f in changed}:
            lost.update(question.facts)
            moved.add(question.id)
    return frozenset(lost)
