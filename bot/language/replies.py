"""Yes, no and “I do not know”, where they are the whole answer."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.case import YES
from bot.language.evidence import Cues
from bot.language.phrases import Found

SHORT: Final = 7
"""Words of a text that is an answer and no story."""


class Replies:
    """What one text says of the kind."""

    def __init__(
        self, lists: Mapping[str, Sequence[Found]], clauses: Sequence[int], cues: Cues
    ) -> None:
        self._lists = lists
        self._clauses = clauses
        """For each word, the number of its clause."""
        self._cues = cues

    def says(self, option: str) -> bool:
        """`Yes` may begin a sentence; `no` begins too many others, so it must stand alone."""
        for one in self._named(option):
            if option == YES and min(one.places) == 0:
                return True
            if self._rest_is_polite(one):
                return True
        return False

    def mentions(self, option: str) -> bool:
        return bool(self._named(option))

    def does_not_know(self) -> bool:
        if len(self._clauses) > SHORT:
            return False
        for one in self._lists["dont_know"]:
            rest = set(range(len(self._clauses))) - one.places - self._cues.places["polite"]
            rest -= self._cues.places["mine"]
            if len(rest) <= 1:
                return True
        return False

    def _named(self, option: str) -> Sequence[Found]:
        return self._lists["yes" if option == YES else "no"]

    def _rest_is_polite(self, one: Found) -> bool:
        clause = self._clauses[min(one.places)]
        return all(
            other != clause or place in one.places or place in self._cues.places["polite"]
            for place, other in enumerate(self._clauses)
        )
