"""The files of the knowledge folder: which there must be, and what they say as plain values."""

import hashlib
from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.content import tree
from bot.content.problems import ContentError, Problem, suggestion
from bot.content.tree import Document
from bot.sentence import Sentence

SIZE: Final = 1_000_000
"""Bytes of one file; more than a person writes by hand."""

ALONE: Final = ("region.yaml", "questions.yaml", "types.yaml", "hotlines.yaml")
FOLDERS: Final = ("rules", "services")


@dataclass(slots=True)
class Sources:
    """Everything that could be read, by name below the folder; and what could not."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    """Also those that could not be read."""
    problems: list[Problem] = field(default_factory=list)
    edition: str = ""

    def listed(self, kind: str) -> Iterator[Document]:
        """The files of a folder, in the order of region.yaml."""
        names = [f"{kind}/{name}" for name in _names_in(self.documents.get("region.yaml"), kind)]
        rest = sorted(name for name in self.documents if name.startswith(f"{kind}/"))
        for name in dict.fromkeys((*names, *rest)):
            if name in self.documents:
                yield self.documents[name]


def read(folder: Path) -> Sources:
    """All files of the folder.

    Raises:
        ContentError: where there is no folder, or nothing in it.
    """
    found = _find(folder)
    if not found:
        said = Sentence("The knowledge folder does not exist.")
        if folder.is_dir():
            said = Sentence("The knowledge folder is empty.")
        cure = Sentence("Set CLEARING_KNOWLEDGE to the folder that holds region.yaml.")
        raise ContentError([Problem(str(folder), 0, 0, said, cure)])
    sources = Sources(folder, present=set(found))
    digest = hashlib.sha256()
    for name, path in sorted(found.items()):
        raw = _bytes(path, name, sources.problems)
        if raw is None:
            continue
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
        text = _text(raw, name, sources.problems)
        if text is None or name.endswith(".yml"):
            continue
        document = tree.parse(text, name, sources.problems)
        if document is not None:
            sources.documents[name] = document
    sources.edition = digest.hexdigest()
    _missing(sources)
    return sources


def _find(folder: Path) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for below in ("", *FOLDERS):
        try:
            paths = list((folder / below).iterdir())
        except OSError:
            continue
        for path in paths:
            if path.suffix in {".yaml", ".yml"} and not path.name.startswith("."):
                found[f"{below}/{path.name}" if below else path.name] = path
    return found


def _bytes(path: Path, name: str, problems: MutableSequence[Problem]) -> bytes | None:
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE + 1)
    except OSError as error:
        said = Sentence("The file cannot be read ({reason}).", reason=error.strerror)
        cure = Sentence("Check that the file may be read.")
        problems.append(Problem(name, 0, 0, said, cure))
        return None
    if len(raw) > SIZE:
        said = Sentence("The file is larger than 1 MB.")
        problems.append(Problem(name, 0, 0, said, Sentence("Split it.")))
        return None
    return raw


def _text(raw: bytes, name: str, problems: MutableSequence[Problem]) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        said = Sentence("A character cannot be read.")
        problems.append(Problem(name, line, column, said, Sentence("Save the file as UTF-8.")))
        return None


def _missing(sources: Sources) -> None:
    """Files that must be there, files that region.yaml lists, and files that nobody lists."""
    for name in ALONE:
        if name not in sources.present:
            said = Sentence("This file is missing.")
            cure = Sentence("Restore it from the last good edition.")
            sources.problems.append(Problem(name, 0, 0, said, cure))
    for name in sorted(sources.present):
        if name.endswith(".yml"):
            said = Sentence("Files end in .yaml here.")
            cure = Sentence("Call it {name}.", name=f"{name.removesuffix('.yml')}.yaml")
            sources.problems.append(Problem(name, 0, 0, said, cure))
        elif "/" not in name and name not in ALONE:
            said = Sentence("No such file belongs here.")
            sources.problems.append(Problem(name, 0, 0, said, suggestion(name, ALONE)))
    region = sources.documents.get("region.yaml")
    if region is not None:
        for kind in FOLDERS:
            _compare(kind, region, sources)


def _compare(kind: str, region: Document, sources: Sources) -> None:
    there = {
        name.removeprefix(f"{kind}/") for name in sources.present if name.startswith(f"{kind}/")
    }
    listed: set[str] = set()
    for number, name in enumerate(_names_in(region, kind)):
        if name in listed:
            said = Sentence("`{name}` is listed twice.", name=name)
            cure = Sentence("Keep one of the two lines.")
            sources.problems.append(region.problem((kind, number), said, cure))
        elif name not in there:
            said = Sentence("There is no file {name}.", name=f"{kind}/{name}")
            cure = suggestion(name, sorted(there))
            sources.problems.append(region.problem((kind, number), said, cure))
        listed.add(name)
    for name in sorted(there - listed):
        if name.endswith(".yaml"):
            said = Sentence("Nobody reads this file.")
            cure = Sentence("List it under `{field}:` in region.yaml.", field=kind)
            sources.problems.append(Problem(f"{kind}/{name}", 1, 1, said, cure))


def _names_in(region: Document | None, kind: str) -> list[str]:
    if region is None or not isinstance(region.value, dict):
        return []
    names = region.value.get(kind)
    return [str(name) for name in names] if isinstance(names, list) else []
