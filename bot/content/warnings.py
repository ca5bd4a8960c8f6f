"""What is allowed but not yet good: for `clearing check`."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.content.cut_texts import cut_texts
from bot.content.door_warnings import STALE, door_warnings
from bot.content.duplicates import duplicates
from bot.content.files import Sources
from bot.content.postcodes import Postcodes
from bot.content.problems import Problem
from bot.content.questions import FREE
from bot.content.schema import OperatorText, RegionText
from bot.content.schema_rules import QuestionText, RuleText, ServiceTypeText
from bot.content.tree import Cursor, Value
from bot.content.validation import entries, one
from bot.sentence import Sentence

_NEEDED: Final = frozenset({"hotline", "online_advice", "refugee_council"})
"""Kinds that the last resorts name without a rule."""


def warnings(sources: Sources, today: date, postcodes: Postcodes) -> tuple[Problem, ...]:
    """Everything that somebody should look at, in the order of files and lines."""
    found = (
        *_operator(sources),
        *_rules(sources, today),
        *_unused(sources),
        *door_warnings(sources, today, postcodes),
        *duplicates(sources),
        *cut_texts(sources),
    )
    return tuple(sorted(found))


def _operator(sources: Sources) -> Iterator[Problem]:
    document = sources.documents.get("region.yaml")
    region = one(document.value, Cursor(document, []), RegionText) if document else None
    if document is None or region is None:
        return
    empty = [name for name in OperatorText.model_fields if not getattr(region.operator, name)]
    if empty:
        listed = ", ".join(f"`{name}`" for name in empty)
        yield document.key_problem(
            ("operator",),
            Sentence(
                "It is not said who answers for the data: {fields} of `operator` is empty.",
                fields=listed,
            ),
            Sentence("Fill it in before real people use the bot."),
        )


def _rules(sources: Sources, today: date) -> Iterator[Problem]:
    for document in sources.listed("rules"):
        for rule, at in entries(Cursor(document, []), RuleText):
            if rule.review:
                said = Sentence(
                    "The rule `{rule}` waits for somebody who knows the law.", rule=rule.id
                )
                cure = Sentence("Once it is confirmed, take `review` out and set `checked`.")
                yield document.key_problem((*at.path, "review"), said, cure)
            path = (*at.path, "checked")
            if rule.checked > today:
                said = Sentence("The rule `{rule}` was checked on {date}, in the future.")
                said = said.about(rule=rule.id, date=rule.checked)
                yield document.problem(path, said, Sentence("Correct the date."))
            elif today - rule.checked > STALE:
                said = Sentence("The rule `{rule}` was checked on {date}, over a year ago.")
                said = said.about(rule=rule.id, date=rule.checked)
                cure = Sentence("Read its source again and set the date.")
                yield document.problem(path, said, cure)


def _unused(sources: Sources) -> Iterator[Problem]:
    """Kinds that no rule names, and questions that no condition names."""
    mentioned: set[str] = set()
    for document in sources.documents.values():
        mentioned |= set(_mentions(document.value))
    for name, at in _named(sources):
        if name not in mentioned:
            said = Sentence("No rule speaks of `{name}`, so nobody ever sees it.", name=name)
            cure = Sentence("Write a rule, or take it out.")
            yield at.document.problem((*at.path, "id"), said, cure)


def _named(sources: Sources) -> Iterator[tuple[str, Cursor]]:
    asked = sources.documents.get("questions.yaml")
    for question, at in entries(Cursor(asked, []), QuestionText) if asked else ():
        if question.id not in FREE:
            yield question.id, at
    offered = sources.documents.get("types.yaml")
    for kind, at in entries(Cursor(offered, []), ServiceTypeText) if offered else ():
        if kind.id not in _NEEDED:
            yield kind.id, at


def _mentions(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        for field, item in value.items():
            if field in {"question", "refer_to"} and isinstance(item, str):
                yield item
            else:
                yield from _mentions(item)
    elif isinstance(value, list):
        for item in value:
            yield from _mentions(item)
