"""`clearing place` and `clearing understand`: what a text means, as people read it or as JSON."""

from collections.abc import Mapping
from typing import Any

from bot.core.knowledge import Book
from bot.core.place import PlaceMatch
from bot.core.state import Conversation
from bot.exchange import Typed
from bot.listening import Ears
from bot.places.gazetteer import Gazetteer
from bot.sentence import Sentence, Translate


def place(text: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """The contract of `clearing place --json`, and the district where one is meant."""
    match = gazetteer.find(text)
    return {
        "candidates": [
            {
                "ags": found.ags,
                "name": found.name,
                "district": found.district,
                "district_name": gazetteer.districts[found.district].name,
            }
            for found in match.municipalities
        ],
        "outside": match.outside,
        "exact": match.exact,
        "district": match.district,
    }


def place_as_text(result: Mapping[str, Any], translate: Translate, gazetteer: Gazetteer) -> str:
    lines = [
        f"{found['ags']}  {found['name']} – {found['district_name']}"
        for found in result["candidates"]
    ]
    if result["district"]:
        lines.append(f"{result['district']}  {gazetteer.districts[result['district']].name}")
    if result["outside"]:
        outside = Sentence("not in the region: {place}", place=result["outside"])
        lines.append(outside.in_(translate))
    return "\n".join(lines) or Sentence("not found").in_(translate)


def understand(text: str, language: str, ears: Ears, book: Book) -> dict[str, Any]:
    """The contract of `clearing understand --json`: what the bot would take from a text."""
    heard = ears.listener.hear(text, language, None)
    answers = dict(heard.answers)
    named = ears.heard(Typed(text), Conversation(language), book).place
    if named is not None and not heard.danger:
        answers |= _place_of(named)
    return {"answers": answers, "danger": heard.danger, "asks_back": list(heard.asks_back)}


def _place_of(match: PlaceMatch) -> dict[str, str]:
    if match.exact and len(match.municipalities) == 1:
        return {"place": match.municipalities[0].ags}
    if match.district and not match.municipalities:
        return {"place": match.district}
    return {}


def understood_as_text(result: Mapping[str, Any], translate: Translate) -> str:
    lines = [f"{question} = {option}" for question, option in result["answers"].items()]
    lines += [Sentence("danger").in_(translate)] if result["danger"] else []
    unsure = Sentence("unsure about {question}")
    lines += [unsure.about(question=one).in_(translate) for one in result["asks_back"]]
    return "\n".join(lines) or Sentence("nothing understood").in_(translate)
