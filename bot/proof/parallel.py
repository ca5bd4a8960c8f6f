"""Work in parts that do not need each other, on several processors."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

P = TypeVar("P")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told after each part how many are done, and how many there are."""


def quietly(_done: int, _every: int) -> None:
    pass


def each(
    work: Callable[[P], R], parts: Sequence[P], processes: int, progress: Progress = quietly
) -> Iterator[R]:
    """The results, in the order in which they are done.

    With several `processes` the work is shared, where the system can copy a running program:
    opening hours cannot be sent to another one.
    """
    for done, result in enumerate(_results(work, parts, processes), 1):
        yield result
        progress(done, len(parts))


def _results(work: Callable[[P], R], parts: Sequence[P], processes: int) -> Iterator[R]:
    if processes == 1 or _COPY not in multiprocessing.get_all_start_methods():
        yield from map(work, parts)
        return
    _SHARED.append((work, parts))
    try:
        with multiprocessing.get_context(_COPY).Pool(processes) as pool:
            yield from pool.imap_unordered(_part, range(len(parts)))
    finally:
        _SHARED.pop()


_COPY: Final = "fork"

_SHARED: Final[list[tuple[Callable[[Any], Any], Sequence[Any]]]] = []
"""What the copies of the program work on."""


def _part(number: int) -> Any:  # noqa: ANN401 - whatever the work returns
    work, parts = _SHARED[-1]
    return work(parts[number])
