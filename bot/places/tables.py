"""Read knowledge/places/*.csv, saying which line is wrong."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.sentence import Sentence

CURE: Final = Sentence("Run `python tools/build_places.py`, or take the file from the repository.")


class TableError(ValueError):
    """A table cannot be used; names it and the line, the problem and the cure."""

    def __init__(self, path: Path, line: int, problem: Sentence) -> None:
        """A line of 0 means the whole table."""
        super().__init__(
            f"{path}:{line}: {problem} {CURE}" if line else f"{path}: {problem} {CURE}"
        )
        self.path = path
        self.line = line
        self.problem = problem


def rows(folder: Path, name: str, head: Sequence[str]) -> Iterator[list[str]]:
    """The rows of one table, each as long as its head.

    Raises:
        TableError: naming file and line, the problem and the cure.
    """
    path = folder / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            first = next(reader, [])
            if first != list(head):
                said = Sentence("The head should be `{head}`.", head=",".join(head))
                raise TableError(path, 1, said)
            count = 0
            for row in reader:
                if len(row) != len(head):
                    said = Sentence("{count} cells instead of {right}.")
                    said = said.about(count=len(row), right=len(head))
                    raise TableError(path, reader.line_num, said)
                count += 1
                yield row
            if not count:
                raise TableError(path, 0, Sentence("The table is empty."))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise TableError(path, 0, Sentence("There is no such file.")) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        said = Sentence("The file cannot be read ({reason}).", reason=error)
        raise TableError(path, 0, said) from error
