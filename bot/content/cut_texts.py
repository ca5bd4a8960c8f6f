"""Texts that a `#` cuts: YAML takes what follows for a note, and nobody would notice."""

from collections.abc import Iterator
from typing import Final

from bot.content.files import Sources
from bot.content.problems import Problem
from bot.sentence import Sentence

_WORDED: Final = frozenset(
    """
    name provider street town by source text text_other why short fact explain text_alone
    yes_alone no_alone plain what happens bring cost note say type_in because caution
    address privacy_officer supervisor
    """.split()  # noqa: SIM905 - a table
)
"""Fields in which people write freely; what stands in the others is checked by its shape."""


def cut_texts(sources: Sources) -> Iterator[Problem]:
    for document in sources.documents.values():
        for path, note in document.notes.items():
            name = next((step for step in reversed(path) if isinstance(step, str)), "")
            if name in _WORDED:
                said = Sentence("`{name}` ends before `{note}`.", name=name, note=note)
                cure = Sentence(
                    "If it belongs to the text, put the whole text in quotes; "
                    "else write the note in a line of its own."
                )
                yield document.problem(path, said, cure)
