"""What can go wrong between the bot and Telegram: scripted, or at random by a seed."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVERY = "*"
"""A fault scripted for this method meets the next call of any method but getUpdates."""

GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True)
class Refuse:
    """The server says no, in its own JSON; nothing was done."""

    status: int
    description: str
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Flood:
    """429, come back later; nothing was done."""

    seconds: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """Any other answer, such as a gateway's page; the call may have been processed first."""

    status: int = 502
    body: str = GATEWAY_PAGE
    content_type: str = "text/html"
    processed: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection breaks; the call was processed before that, or not."""

    processed: bool = True


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer until the client gives up, or until `seconds` have passed."""

    seconds: float | None = None
    processed: bool = True


Fault = Refuse | Flood | Answer | Lost | Silence


@dataclass(slots=True)
class Faults:
    """Scripted faults come first, in their order; then, if wished, random ones."""

    _scripted: dict[str, deque[tuple[Fault, int | None]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _shares: tuple[tuple[Fault, float], ...] = ()
    _methods: frozenset[str] = frozenset()
    _chance: random.Random | None = None
    met: int = 0
    """How many calls were hit so far."""

    def script(self, method: str, *faults: Fault, times: int = 1, chat: int | None = None) -> None:
        """Hit the next calls of this method (in this chat), one fault after the other."""
        self._scripted[method.lower()].extend((fault, chat) for fault in faults * times)

    def at_random(
        self, seed: int, shares: Mapping[Fault, float], methods: Iterable[str] = ()
    ) -> None:
        """From now on hit this share of the calls: of these methods, or of all but getUpdates.

        `EVERY` among the methods means all of them, getUpdates too.
        """
        self._chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self._shares = tuple(shares.items())
        self._methods = frozenset(method.lower() for method in methods)

    def stop(self) -> None:
        """No more faults."""
        self._scripted.clear()
        self._chance = None

    @property
    def open(self) -> int:
        """Scripted faults that have not met a call yet."""
        return sum(len(waiting) for waiting in self._scripted.values())

    def next(self, method: str, chat: str) -> Fault | None:
        """The fault that meets this call, if any; `method` in small letters."""
        if not self._scripted and self._chance is None:
            return None
        fault = self._next_scripted(method, chat)
        if fault is None and method != "getupdates":
            fault = self._next_scripted(EVERY, chat)
        if fault is None:
            fault = self._next_random(method)
        if fault is not None:
            self.met += 1
        return fault

    def _next_scripted(self, method: str, chat: str) -> Fault | None:
        waiting = self._scripted.get(method)
        if not waiting:
            return None
        for place, (fault, wanted) in enumerate(waiting):
            if wanted is None or str(wanted) == chat:
                del waiting[place]
                return fault
        return None

    def _next_random(self, method: str) -> Fault | None:
        if self._chance is None:
            return None
        if EVERY not in self._methods and (
            method not in self._methods if self._methods else method == "getupdates"
        ):
            return None
        drawn = self._chance.random()
        for fault, share in self._shares:
            if drawn < share:
                return fault
            drawn -= share
        return None
