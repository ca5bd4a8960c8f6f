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
from bot.content.schema import (
    OperatorText,
    QuestionText,
    RegionText,
    RuleText,
    ServiceText,
    ServiceTypeText,
    SiteText,
)
from bot.content.tree import Cursor, Value
from bot.content.validation import entries, one

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
            f"It is not said who answers for the data: {listed} of `operator` is empty.",
            "Fill it in before real people use the bot.",
        )


def _rules(sources: Sources, today: date) -> Iterator[Problem]:
    for document in sources.listed("rules"):
        for rule, at in entries(Cursor(document, []), RuleText):
            if rule.review:
                problem = f"The rule `{rule.id}` waits for somebody who knows the law."
                cure = "Once it is confirmed, take `review` out and set `checked`."
                yield document.key_problem((*at.path, "review"), problem, cure)
            problem = f"The rule `{rule.id}` was checked on {rule.checked}"
            path = (*at.path, "checked")
            if rule.checked > today:
                yield document.problem(path, f"{problem}, in the future.", "Correct the date.")
            elif today - rule.checked > STALE:
                cure = "Read its source again and set the date."
                yield document.problem(path, f"{problem}, over a year ago.", cure)


def _unused(sources: Sources) -> Iterator[Problem]:
    """Kinds that no rule names, and questions that no condition names."""
    mentioned: set[str] = set()
    for document in sources.documents.values():
        mentioned |= set(_mentions(document.value))
    for name, at in _named(sources):
        if name not in mentioned:
            problem = f"No rule speaks of `{name}`, so nobody ever sees it."
            yield at.document.problem((*at.path, "id"), problem, "Write a rule, or take it out.")


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
                problem = f"The service `{service.id}` waits for somebody who knows it."
                cure = "Once it is confirmed, take `review` out."
                yield document.key_problem((*at.path, "review"), problem, cure)
            if service.valid and service.valid.to and service.valid.to < today:
                problem = f"`{service.id}` ended on {service.valid.to} and is no longer shown."
                yield document.problem((*at.path, "valid", "to"), problem, "Take it out.")
            for number, site in enumerate(service.sites):
                here = at / "sites" / number
                for problem, cure in _site(site, today):
                    yield document.problem(here.path, f"`{service.id}`: {problem}", cure)


def _site(site: SiteText, today: date) -> Iterator[tuple[str, str]]:
    if not (site.address or site.phone or site.website):
        yield "no address, phone or website, so it is not shown.", "Add one of them."
        return
    if site.hours not in (None, "24/7") and not names_holidays(site.hours or ""):
        yield "the hours do not say what holds on public holidays.", "Add `; PH off`."
    if site.confirmed is None:
        if site.evidence.confidence == "low":
            cure = "Call there and fill in `confirmed`."
            yield "withheld until somebody confirms it, since the evidence is weak.", cure
    elif today - site.confirmed.date > STALE:
        yield f"confirmed on {site.confirmed.date}, over a year ago.", "Call there and confirm it."
    elif site.confirmed.date > today:
        yield f"confirmed on {site.confirmed.date}, in the future.", "Correct the date."
