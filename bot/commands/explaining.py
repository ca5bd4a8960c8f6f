"""`clearing why`: the fewest answers behind a first door, as people read them or as JSON."""

from collections.abc import Mapping
from typing import Any, Final

from bot.commands.routing import ASK, NOBODY, PERHAPS, ROLES
from bot.core.case import Case, question_of
from bot.core.findings import Finding
from bot.core.knowledge import Book, Role
from bot.core.questionnaire import next_question
from bot.core.why import Change, explanation
from bot.language.catalogues import Catalogue
from bot.sentence import NOTHING, Sentence, Translate


def why(case: Case, book: Book, catalogue: Catalogue) -> dict[str, Any]:
    """The contract of `clearing why --json`.

    `lead` is null as long as another kind of service can still lead; `next_question` says then what
    to ask, and the rest is empty. `reasons` and `rest` are facts and their answers, as in
    `{"age": "27_plus", "needs.trauma": "yes"}`; the place is in neither. A change says which answer
    will be which, `when` in the language asked for, and who leads then; the nearest comes first.
    """
    ask = next_question(case, book)
    found = explanation(case, book)
    if found is None:
        return {
            "lead": None,
            "reasons": {},
            "rest": {},
            "rest_matters": True,
            "changes": [],
            "next_question": ask.question.id if ask else None,
        }
    return {
        "lead": _office(found.lead, book, catalogue),
        "reasons": dict(found.reasons),
        "rest": dict(found.rest),
        "rest_matters": found.rest_matters,
        "changes": [_change(change, book, catalogue) for change in found.changes],
        "next_question": ask.question.id if ask else None,
    }


def _office(lead: Finding, book: Book, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "service_type": lead.service_type,
        "name": book.texts[f"type.{lead.service_type}.name"],
        "plain": catalogue.knowledge(book.texts[f"type.{lead.service_type}.plain"]),
        "rule": lead.rule.id,
        "sure": lead.sure,
        "because": catalogue.knowledge(lead.rule.because),
        "source": lead.rule.source,
    }


def _change(change: Change, book: Book, catalogue: Catalogue) -> dict[str, Any]:
    when = book.texts[f"option.{change.question.id}.{change.after.id}.later"]
    return {
        "question": change.question.id,
        "option": change.option,
        "when": catalogue.knowledge(when),
        "event": change.event,
        "lead": _office(change.lead, book, catalogue),
    }


def as_text(result: Mapping[str, Any], translate: Translate) -> str:
    lead = result["lead"]
    ask = f"{ASK.in_(translate):8}{result['next_question']}"
    if lead is None:
        return f"{NOBODY.in_(translate)}\n{ask}"
    lines = _led(ROLES[Role.LEAD], lead, translate)
    facts = " ".join(f"{fact}={option}" for fact, option in result["reasons"].items())
    any_answers = Sentence("any answers").in_(translate)
    lines.append(f"{Sentence('with').in_(translate):8}{facts or any_answers}")
    if result["rest"]:
        asked = ", ".join(dict.fromkeys(question_of(fact) for fact in result["rest"]))
        rest = _DECIDES if result["rest_matters"] else _CHANGES_NOTHING
        told = rest.about(questions=asked).in_(translate)
        lines.append(f"{Sentence('rest').in_(translate):8}{told}")
    for change in result["changes"]:
        answer = f"{change['question']}={change['option']}"
        lines.append(f"{Sentence('later').in_(translate):8}{answer}: {change['when']}")
        lines.extend(_led(NOTHING, change["lead"], translate))
    if result["next_question"]:
        lines.append(ask)
    return "\n".join(lines)


_DECIDES: Final = Sentence("may decide which door: {questions}")
_CHANGES_NOTHING: Final = Sentence("changes nothing: {questions}")


def _led(label: Sentence, office: Mapping[str, Any], translate: Translate) -> list[str]:
    sure = "" if office["sure"] else f" {PERHAPS.in_(translate)}"
    rule = Sentence("rule {rule}: {because}", rule=office["rule"], because=office["because"])
    return [
        f"{label.in_(translate):8}{office['service_type']}{sure}: {office['plain']}",
        f"{'':8}{rule.in_(translate)}",
        f"{'':8}{office['source']}",
    ]
