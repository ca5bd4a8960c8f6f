"""What is allowed but not yet good: for `clearing check`."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.content import files
from bot.content.files import Sources
from bot.content.notation import names_holidays
from bot.content.problems import Problem
from bot.content.questions import FREE
from bot.content.schema import OperatorText, RegionText, ServiceText, SiteText
from bot.content.schema_rules import QuestionText, RuleText, ServiceTypeText
from bot.content.tree import Cursor, Value
from bot.content.validation import entries, one
from bot.sentence import Sentence

STALE: Final = timedelta(days=365)
"""Law and opening hours change; what nobody has looked at for a year is doubtful."""

_NEEDED: Final = frozenset({"hotline", "online_advice", "refugee_council"})
"""Kinds that the last resorts name without a rule."""


def warnings(folder: Path, today: date) -> tuple[Problem, ...]:
    """Everything that somebody should look at, in the order of files and lines.

    Raises:
        ContentError: where there is no folder to read, or nothing in it.
    """
    sources = files.read(folder)
    found = (
        *_operator(sources),
        *_rules(sources, today),
        *_unused(sources),
        *_services(sources, today),
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


def _services(sources: Sources, today: date) -> Iterator[Problem]:
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            if service.review:
                said = Sentence(
                    "The service `{service}` waits for somebody who knows it.", service=service.id
                )
                cure = Sentence("Once it is confirmed, take `review` out.")
                yield document.key_problem((*at.path, "review"), said, cure)
            if service.valid and service.valid.to and service.valid.to < today:
                said = Sentence("`{service}` ended on {date} and is no longer shown.")
                said = said.about(service=service.id, date=service.valid.to)
                cure = Sentence("Take it out.")
                yield document.problem((*at.path, "valid", "to"), said, cure)
            for number, site in enumerate(service.sites):
                here = at / "sites" / number
                for said, cure in _site(site, today):
                    yield document.problem(here.path, said.about(service=service.id), cure)


def _site(site: SiteText, today: date) -> Iterator[tuple[Sentence, Sentence]]:
    if not (site.address or site.phone or site.website):
        yield (
            Sentence("`{service}`: no address, phone or website, so it is not shown."),
            Sentence("Add one of them."),
        )
        return
    if site.hours not in (None, "24/7") and not names_holidays(site.hours or ""):
        yield (
            Sentence("`{service}`: the hours do not say what holds on public holidays."),
            Sentence("Add `; PH off`."),
        )
    if site.confirmed is None:
        if site.evidence.confidence == "low":
            yield (
                Sentence(
                    "`{service}`: withheld until somebody confirms it, since the evidence is weak."
                ),
                Sentence("Call there and fill in `confirmed`."),
            )
    elif today - site.confirmed.date > STALE:
        said = Sentence("`{service}`: confirmed on {date}, over a year ago.")
        yield said.about(date=site.confirmed.date), Sentence("Call there and confirm it.")
    elif site.confirmed.date > today:
        said = Sentence("`{service}`: confirmed on {date}, in the future.")
        yield said.about(date=site.confirmed.date), Sentence("Correct the date.")
