"""How far a long command is."""

from typing import Final, TextIO


class Bar:
    """A line that grows, where somebody looks at a terminal; otherwise nothing."""

    def __init__(self, out: TextIO) -> None:
        self._out = out if out.isatty() else None

    def __call__(self, done: int, every: int) -> None:
        if self._out is not None:
            full = _WIDTH * done // every
            self._out.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {100 * done // every} %")
            self._out.flush()

    def clear(self) -> None:
        if self._out is not None:
            self._out.write("\r" + " " * (_WIDTH + 8) + "\r")
            self._out.flush()


_WIDTH: Final = 40
