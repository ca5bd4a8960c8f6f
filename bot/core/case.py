"""A case: what one person has told us so far, as ids."""

from collections.abc import Mapping
from typing import Final

DONT_KNOW: Final = "?"
"""I don't know, or I'd rather not say. Every question takes it."""

YES: Final = "yes"
NO: Final = "no"

ELSEWHERE: Final = "elsewhere"
"""A place that is not in this region."""

Case = Mapping[str, str]
"""Fact -> option. A question with one answer is one fact, named like the question.

A question with several answers is one yes-or-no fact for each option, named
`question.option`. What is not in the mapping is unanswered. Never changed in place.
"""


def part(question: str, option: str) -> str:
    """The name of the fact for one option of a question that takes several."""
    return f"{question}.{option}"


def question_of(fact: str) -> str:
    return fact.partition(".")[0]


def with_facts(case: Case, facts: Mapping[str, str]) -> Case:
    return {**case, **facts}


def without_facts(case: Case, facts: frozenset[str]) -> Case:
    return {fact: option for fact, option in case.items() if fact not in facts}
