"""`clearing why`: the fewest answers behind a first door, as people read them or as JSON."""

from collections.abc import Mapping
from typing import Any

from bot.core.case import Case, question_of
from bot.core.findings import Finding
from bot.core.knowledge import Book
from bot.core.questionnaire import next_question
from bot.core.why import Change, explanation
from bot.language.catalogues import Catalogue


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


def as_text(result: Mapping[str, Any]) -> str:
    lead = result["lead"]
    if lead is None:
        return f"nobody yet\nask     {result['next_question']}"
    lines = _led("lead", lead)
    facts = [f"{fact}={option}" for fact, option in result["reasons"].items()]
    lines.append(f"{'with':8}{' '.join(facts) or 'any answers'}")
    if result["rest"]:
        asked = dict.fromkeys(question_of(fact) for fact in result["rest"])
        rest = "may decide which door" if result["rest_matters"] else "changes nothing"
        lines.append(f"{'rest':8}{rest}: {', '.join(asked)}")
    for change in result["changes"]:
        lines.append(f"{'later':8}{change['question']}={change['option']}: {change['when']}")
        lines.extend(_led("", change["lead"]))
    if result["next_question"]:
        lines.append(f"{'ask':8}{result['next_question']}")
    return "\n".join(lines)


def _led(label: str, office: Mapping[str, Any]) -> list[str]:
    sure = "" if office["sure"] else " (perhaps)"
    return [
        f"{label:8}{office['service_type']}{sure}: {office['plain']}",
        f"{'':8}rule {office['rule']}: {office['because']}",
        f"{'':8}{office['source']}",
    ]
