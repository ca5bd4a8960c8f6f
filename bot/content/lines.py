"""Lines of a file, cut where the library cuts them."""

import re
from typing import Final

Spot = tuple[int, int]
"""Line and column, from 1."""

_BREAK: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    return _BREAK.split(text)
