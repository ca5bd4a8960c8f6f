"""For Babel: the German texts of the knowledge base that are translated."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import IO

from bot.content import tree
from bot.content.problems import ContentError, Problem
from bot.content.texts import texts


def extract_knowledge(
    fileobj: IO[bytes],
    keywords: object,  # noqa: ARG001 - Babel names all four
    comment_tags: Sequence[str],  # noqa: ARG001
    options: Mapping[str, str],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Line, no function, text, and a comment that says where it is shown, as `type mbe: what`.

    What a file holds is told by its name: `questions.yaml`, or a file in `rules/`.

    Raises:
        ContentError: where the file cannot be read.
    """
    problems: list[Problem] = []
    file = PurePath(fileobj.name).as_posix()
    document = tree.parse(fileobj.read().decode("utf-8-sig"), file, problems)
    if document is None:
        raise ContentError(problems)
    for text in texts(document):
        if text.translated:
            comment = f"{text.kind} {text.id}: {text.field}"
            yield document.line(text.path), None, text.german, [comment]
