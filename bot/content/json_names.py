"""What can be named in the knowledge folder, each with a German explanation, for editors."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.content import files
from bot.content.problems import ContentError
from bot.content.tree import Value
from bot.core.case import ELSEWHERE
from bot.core.knowledge import QuestionKind
from bot.core.known import HERE
from bot.core.place import District, Municipality

_PLACES: Final = {HERE: "in der Region", ELSEWHERE: "nicht in der Region"}
"""The options of a place have no words of their own."""

_NEEDED: Final = ("questions.yaml", "types.yaml")

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,23}")
"""What is no id yet cannot be named."""


@dataclass(frozen=True, slots=True)
class Names:
    """Ids, keys and file names -> what they are, in German."""

    questions: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    """By question."""
    kinds: Mapping[str, str]
    doors: Mapping[str, str]
    """The services themselves."""
    authorities: tuple[str, ...]
    rules: tuple[str, ...]
    services: tuple[str, ...]
    districts: Mapping[str, str]
    municipalities: Mapping[str, str]


def names(
    folder: Path,
    districts: Mapping[str, District],
    municipalities: Mapping[str, Municipality],
) -> Names:
    """Taken from the plain values, so that a rule that is half written hinders nobody.

    Raises:
        ContentError: where the questions or the kinds of services cannot be read.
    """
    sources = files.read(folder)
    if not sources.documents.keys() >= set(_NEEDED):
        raise ContentError(problem for problem in sources.problems if problem.file in _NEEDED)
    asked, offered = (list(_entries(sources.documents[name].value)) for name in _NEEDED)
    doors = [
        entry
        for name, document in sources.documents.items()
        if name.startswith("services/")
        for entry in _entries(document.value)
    ]
    return Names(
        questions={_id(entry): _said(entry, "text") for entry in asked},
        options={_id(entry): _options(entry) for entry in asked},
        kinds={_id(entry): _said(entry, "name", "plain") for entry in offered},
        doors={_id(entry): _said(entry, "name") for entry in doors},
        authorities=tuple(_id(entry) for entry in offered if entry.get("authority") == "true"),
        rules=_files(sources.present, "rules"),
        services=_files(sources.present, "services"),
        districts={key: district.name for key, district in districts.items()},
        municipalities={key: town.name for key, town in municipalities.items()},
    )


def _entries(value: Value) -> Iterator[Mapping[str, Value]]:
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict) and _ID.fullmatch(str(entry.get("id"))):
            yield entry


def _options(question: Mapping[str, Value]) -> Mapping[str, str]:
    if question.get("kind") == QuestionKind.PLACE:
        return _PLACES
    return {_id(option): _said(option, "fact") for option in _entries(question.get("options"))}


def _id(entry: Mapping[str, Value]) -> str:
    return str(entry["id"])


def _said(entry: Mapping[str, Value], *fields: str) -> str:
    """What an entry says of itself; on one line, since it stands in a list."""
    said = [str(entry[name]) for name in fields if entry.get(name)] or [str(entry.get("text", ""))]
    return " – ".join(" ".join(text.split()) for text in said)


def _files(present: Collection[str], kind: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            name.removeprefix(f"{kind}/")
            for name in present
            if name.startswith(f"{kind}/") and name.endswith(".yaml")
        )
    )
