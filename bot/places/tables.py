"""Read knowledge/places/*.csv, saying which line is wrong."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path


def rows(folder: Path, name: str, head: Sequence[str]) -> Iterator[list[str]]:
    """The rows of one table, each as long as its head.

    Raises:
        ValueError: naming file and line, the problem and the cure.
    """
    path = folder / name
    cure = "Run `python tools/build_places.py`, or take the file from the repository."
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            first = next(reader, [])
            if first != list(head):
                raise ValueError(f"{path}:1: The head should be `{','.join(head)}`. {cure}")
            count = 0
            for row in reader:
                if len(row) != len(head):
                    raise ValueError(
                        f"{path}:{reader.line_num}: {len(row)} cells instead of {len(head)}. {cure}"
                    )
                count += 1
                yield row
            if not count:
                raise ValueError(f"{path}: The table is empty. {cure}")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ValueError(f"{path}: There is no such file. {cure}") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: The file cannot be read ({error}). {cure}") from error
