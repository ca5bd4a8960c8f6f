"""The files of the knowledge folder: which there must be, and what they say as plain values."""

import hashlib
from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.content import tree
from bot.content.problems import ContentError, Problem, suggestion
from bot.content.tree import Document

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
        said = "is empty" if folder.is_dir() else "does not exist"
        cure = "Set CLEARING_KNOWLEDGE to the folder that holds region.yaml."
        raise ContentError([Problem(str(folder), 0, 0, f"The knowledge folder {said}.", cure)])
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
        cure = "Check that the file may be read."
        problems.append(Problem(name, 0, 0, f"The file cannot be read ({error.strerror}).", cure))
        return None
    if len(raw) > SIZE:
        problems.append(Problem(name, 0, 0, "The file is larger than 1 MB.", "Split it."))
        return None
    return raw


def _text(raw: bytes, name: str, problems: MutableSequence[Problem]) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        cure = "Save the file as UTF-8."
        problems.append(Problem(name, line, column, "A character cannot be read.", cure))
        return None


def _missing(sources: Sources) -> None:
    """Files that must be there, files that region.yaml lists, and files that nobody lists."""
    for name in ALONE:
        if name not in sources.present:
            cure = "Restore it from the last good edition."
            sources.problems.append(Problem(name, 0, 0, "This file is missing.", cure))
    for name in sorted(sources.present):
        if name.endswith(".yml"):
            cure = f"Call it {name.removesuffix('.yml')}.yaml."
            sources.problems.append(Problem(name, 0, 0, "Files end in .yaml here.", cure))
        elif "/" not in name and name not in ALONE:
            cure = suggestion(name, ALONE)
            sources.problems.append(Problem(name, 0, 0, "No such file belongs here.", cure))
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
            cure = "Keep one of the two lines."
            problem = region.problem((kind, number), f"`{name}` is listed twice.", cure)
            sources.problems.append(problem)
        elif name not in there:
            cure = suggestion(name, sorted(there))
            problem = region.problem((kind, number), f"There is no file {kind}/{name}.", cure)
            sources.problems.append(problem)
        listed.add(name)
    for name in sorted(there - listed):
        if name.endswith(".yaml"):
            cure = f"List it under `{kind}:` in region.yaml."
            problem = Problem(f"{kind}/{name}", 1, 1, "Nobody reads this file.", cure)
            sources.problems.append(problem)


def _names_in(region: Document | None, kind: str) -> list[str]:
    if region is None or not isinstance(region.value, dict):
        return []
    names = region.value.get(kind)
    return [str(name) for name in names] if isinstance(names, list) else []
