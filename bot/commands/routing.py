"""`clearing route`: who is responsible for a case, as people read it or as JSON."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from bot.core.case import Case
from bot.core.findings import findings
from bot.core.knowledge import Book, Role
from bot.core.questionnaire import next_question, unanswered
from bot.core.responsibility import Door, doors
from bot.facts import FactError, facts
from bot.language.catalogues import Catalogue
from bot.sentence import Sentence, Translate


def parse(words: Iterable[str], book: Book) -> Case:
    """Facts as `question=option`.

    Raises:
        FactError: for a word that is none, or a question that is answered twice.
    """
    pairs: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise FactError(
                Sentence(
                    "`{word}` is not a fact. Write `question=option`, as in `age=27_plus`.",
                    word=word,
                )
            )
        if name in pairs:
            raise FactError(
                Sentence(
                    "`{name}` is answered twice. Keep one; several needs: `needs=a,b`.", name=name
                )
            )
        pairs[name] = value
    return facts(pairs, book)


def route(case: Case, book: Book, today: date, catalogue: Catalogue) -> dict[str, Any]:
    """The contract of `clearing route --json`: findings and doors in the order of showing."""
    found = findings(case, book)
    every = doors(found, case, book, today)
    ask = next_question(case, book, found)
    return {
        "findings": [
            {
                "service_type": finding.service_type,
                "role": str(finding.role),
                "rule": finding.rule.id,
                "sure": finding.sure,
                "because": catalogue.knowledge(finding.rule.because),
                "source": finding.rule.source,
            }
            for finding in found.shown
        ],
        "doors": [_door(door, book, catalogue) for door in every.every()],
        "next_question": ask.question.id if ask else None,
        "unanswered": list(unanswered(case, book, found)),
    }


def _door(door: Door, book: Book, catalogue: Catalogue) -> Mapping[str, Any]:
    return {
        "service": door.id,
        "service_type": door.service_type,
        "role": str(door.role),
        "name": _name(door, book, catalogue),
        "confirmed": door.confirmed.isoformat() if door.confirmed else None,
    }


def _name(door: Door, book: Book, catalogue: Catalogue) -> str:
    if door.id in book.services:
        return book.texts[f"service.{door.id}.name"]
    if door.id in book.hotlines:
        return catalogue.knowledge(book.texts[f"hotline.{door.id}.name"])
    return book.texts[f"type.{door.service_type}.name"]


def as_text(result: Mapping[str, Any], translate: Translate) -> str:
    lines = [] if result["findings"] else [NOBODY.in_(translate)]
    for finding in result["findings"]:
        role = ROLES[Role(finding["role"])].in_(translate)
        sure = "" if finding["sure"] else f" {PERHAPS.in_(translate)}"
        lines.append(f"{role:8}{finding['service_type']}{sure}: {finding['because']}")
        rule = Sentence("rule {rule}, {source}", rule=finding["rule"], source=finding["source"])
        lines.append(f"        {rule.in_(translate)}")
    door = Sentence("door").in_(translate)
    lines.extend(f"{door:8}{one['service']}: {one['name']}" for one in result["doors"])
    if result["next_question"]:
        lines.append(f"{ASK.in_(translate):8}{result['next_question']}")
    if result["unanswered"]:
        unanswered = Sentence("open").in_(translate)
        lines.append(f"{unanswered:8}{', '.join(result['unanswered'])}")
    return "\n".join(lines)


NOBODY: Final = Sentence("nobody yet")
PERHAPS: Final = Sentence("(perhaps)")
ASK: Final = Sentence("ask")
ROLES: Final[Mapping[Role, Sentence]] = {
    Role.LEAD: Sentence("lead"),
    Role.ALSO: Sentence("also"),
    Role.PARTNER: Sentence("partner"),
}
"""At most seven letters, in every language: they stand in a column."""
