"""What has grown old: rules, confirmations and evidence that nobody has looked at for a year."""

from collections.abc import Iterator
from datetime import date

from bot.content.door_warnings import STALE
from bot.content.files import Sources
from bot.content.schema import ConfirmedText, EvidenceText, HotlineText, ServiceText
from bot.content.schema_rules import RuleText
from bot.content.tasks import Group, Level, Task
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.sentence import Sentence


def stale(sources: Sources, today: date) -> tuple[Group, ...]:
    """A report: nothing of it is wrong yet."""
    return (
        Group(
            "rules",
            Level.REPORT,
            Sentence("Rules that nobody has checked for a year"),
            tuple(_rules(sources, today)),
        ),
        Group(
            "confirmations",
            Level.REPORT,
            Sentence("Doors that nobody has confirmed for a year"),
            tuple(_confirmations(sources, today)),
        ),
        Group(
            "evidence",
            Level.REPORT,
            Sentence("Doors that nobody has confirmed, on evidence over a year old or undated"),
            tuple(_evidence(sources, today)),
        ),
    )


def _rules(sources: Sources, today: date) -> Iterator[Task]:
    for document in sources.listed("rules"):
        for rule, at in entries(Cursor(document, []), RuleText):
            if today - rule.checked > STALE:
                said = Sentence("`{rule}`: checked on {date}.", rule=rule.id, date=rule.checked)
                cure = Sentence("Read its source again and set the date.")
                yield Task(document.problem((*at.path, "checked"), said, cure))


def _confirmations(sources: Sources, today: date) -> Iterator[Task]:
    for name, _, confirmed, at in _doors(sources):
        if confirmed is not None and today - confirmed.date > STALE:
            said = Sentence("`{service}`: confirmed on {date} by {role}.")
            said = said.about(service=name, date=confirmed.date, role=confirmed.by)
            cure = Sentence("Call there and confirm it.")
            yield Task(at.document.problem((*at.path, "confirmed"), said, cure))


def _evidence(sources: Sources, today: date) -> Iterator[Task]:
    for name, evidence, confirmed, at in _doors(sources):
        if confirmed is not None or not _is_old(evidence.date, today):
            continue
        said = Sentence("`{service}`: the evidence is of {date}.")
        if evidence.date == "unknown":
            said = Sentence("`{service}`: the evidence has no date.")
        said = said.about(service=name, date=evidence.date)
        cure = Sentence("Look whether it still holds, or call there and confirm it.")
        yield Task(at.document.problem((*at.path, "evidence"), said, cure))


def _is_old(day: str, today: date) -> bool:
    """A year or a month counts until its last day."""
    return day == "unknown" or day < (today - STALE).isoformat()[: len(day)]


def _doors(
    sources: Sources,
) -> Iterator[tuple[str, EvidenceText, ConfirmedText | None, Cursor]]:
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            for number, site in enumerate(service.sites):
                yield service.id, site.evidence, site.confirmed, at / "sites" / number
    helping = sources.documents.get("hotlines.yaml")
    for hotline, at in entries(Cursor(helping, []), HotlineText) if helping else ():
        yield hotline.id, hotline.evidence, hotline.confirmed, at
