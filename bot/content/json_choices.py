"""Lists to choose from while typing, each entry with its German explanation, as JSON Schema."""

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]

_LISTED: Final = 20
"""More choices than this are no help in one message."""


def choice(said: Mapping[str, str]) -> Schema:
    """One of these ids; the editor shows them all, and what each means."""
    listed = ", ".join(list(said)[:_LISTED]) + (", …" if len(said) > _LISTED else "")
    # What an editor reads as a number is the same id without quotes.
    numbers = {int(name): text for name, text in said.items() if name.isdigit()}
    return {
        "enum": [*said, *numbers],
        "enumDescriptions": [*said.values(), *numbers.values()],
        "errorMessage": f"Möglich ist hier: {listed}.",
    }


def key(said: Mapping[str, str], problem: str, around: Mapping[str, str] | None = None) -> Schema:
    """One of these numbers, found by typing a name: nobody knows hundreds of keys by heart.

    `around` names what they lie in, by the first five digits. No `enum`: an editor would list
    all of them whenever somebody wants to know what one means.
    """
    full = {
        number: ", ".join(dict.fromkeys([name, (around or said).get(number[:5], name)]))
        for number, name in said.items()
    }
    return {
        "type": ["string", "integer"],
        "pattern": f"^({'|'.join(said)})$",
        "patternErrorMessage": problem,
        "if": {"type": "integer"},
        "then": {"enum": [int(number) for number in said], "errorMessage": problem},
        "defaultSnippets": [
            {"label": f"{name} ({number})", "description": full[number], "body": f"'{number}'"}
            for number, name in said.items()
        ],
        "allOf": [_explained(number, name) for number, name in full.items()],
    }


def hint(said: Mapping[str, str]) -> Schema:
    """Any text; these are offered, and explained where they stand."""
    return {
        "defaultSnippets": [
            {"label": f"{name} ({word})", "description": name, "body": word}
            for word, name in said.items()
        ],
        "allOf": [_explained(word, name) for word, name in said.items()],
    }


def _explained(word: str, name: str) -> Schema:
    """What an editor says of a word that stands there already."""
    return {"if": {"const": word}, "then": {"description": name}}
