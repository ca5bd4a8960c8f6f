"""A copy of the knowledge base with one edit, read by the real loader."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content import files, tree
from bot.content.files import Sources
from bot.content.loader import built
from bot.core.knowledge import Book
from bot.places.gazetteer import Gazetteer

Values = Any
"""What a YAML file says: texts, lists and mappings."""

Step = str | int


@dataclass(frozen=True)
class Mutant:
    kind: str
    file: str
    where: str
    """The entry, and the field in it, for people."""
    edit: Callable[[Values], None]
    """Changes the values of the file in place."""
    near: tuple[Values, ...]
    """Entries that say whom it may touch: their conditions, kinds and places."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.file} {self.where}"


@dataclass(frozen=True)
class Base:
    """The files of a knowledge base, and the places that they speak of."""

    sources: Sources
    gazetteer: Gazetteer

    @classmethod
    def read(cls, folder: Path) -> "Base":
        return cls(files.read(folder), Gazetteer.load(folder / "places"))

    def values(self, file: str) -> Values:
        return self.sources.documents[file].value

    def book(self) -> Book:
        return self._built({})

    def mutated(self, mutant: Mutant) -> Book:
        """What the loader makes of it.

        Raises:
            ContentError: it refuses the edit.
        """
        values = deepcopy(self.values(mutant.file))
        mutant.edit(values)
        return self._built({mutant.file: written(values)})

    def _built(self, edited: dict[str, str]) -> Book:
        problems = list(self.sources.problems)
        documents = dict(self.sources.documents)
        for file, text in edited.items():
            if (document := tree.parse(text, file, problems)) is not None:
                documents[file] = document
        sources = Sources(self.sources.folder, documents, self.sources.present, problems, "edited")
        return built(sources, self.gazetteer.districts, self.gazetteer.municipalities)


def written(values: Values) -> str:
    """As YAML in which everything is text, as the loader reads it."""
    return yaml.dump(values, Dumper=_Texts, allow_unicode=True, sort_keys=False, width=10_000)


class _Texts(yaml.SafeDumper):
    def ignore_aliases(self, _data: object) -> bool:
        return True


_Texts.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
