"""What the channel needs of the service, and what it tells it of what was sent."""

import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from bot.exchange import AtTheDesk, Delivery, Preflight, Update

log = logging.getLogger(__name__)


class Turns(Protocol):
    def handle(self, batch: Sequence[Update]) -> list[Delivery]:
        """Store one batch, and say what to deliver; when it returns, the batch is stored."""

    def linked(self, update: AtTheDesk, seen: Preflight) -> list[Delivery]:
        """Link the group for which somebody has brought an invitation, if it may be linked."""

    def group_chats(self) -> list[int]:
        """The groups that are linked."""

    def looked(self, seen: Preflight) -> None:
        """How a group stands now."""

    def sent(self, person: int, message: int, *, living: bool = True) -> None:
        """A new message is on the person's phone."""

    def gone(self, person: int) -> None:
        """The person has blocked the bot, or the account is deleted."""

    def cleared(self, person: int) -> None:
        """Everything of a person who has left is taken away."""

    def shown_again(self) -> list[Delivery]:
        """After a restart: the screen where each person stands."""


@dataclass(frozen=True, slots=True)
class Sent:
    person: int
    message: int
    living: bool


@dataclass(frozen=True, slots=True)
class Gone:
    person: int


@dataclass(frozen=True, slots=True)
class Cleared:
    person: int


class Reports:
    """What happened while sending, on its way to the service: numbered, and told in order.

    Added to in the event loop, written in the database's thread.
    """

    def __init__(self, turns: Turns, database: Executor) -> None:
        self._turns = turns
        self._database = database
        self._waiting: deque[Sent | Gone | Cleared] = deque()
        self._is_asked = False
        self._added = 0
        self._written = 0

    def add(self, report: Sent | Gone | Cleared) -> int:
        """The report's number; turns that knew of it are told by `write`."""
        self._waiting.append(report)
        self._added += 1
        if not self._is_asked:
            # One for all that come until the thread has time: while a batch is handled they wait.
            self._is_asked = True
            self._database.submit(self.flush)
        return self._added

    @property
    def added(self) -> int:
        """The number of the newest report."""
        return self._added

    def write(self) -> int:
        """Tell the service everything that waits; the number of the last report that it knows.

        Raises:
            StoreError: what waits then goes on waiting.
        """
        self._is_asked = False
        while self._waiting:
            match self._waiting[0]:
                case Sent(person, message, living):
                    self._turns.sent(person, message, living=living)
                case Gone(person):
                    self._turns.gone(person)
                case Cleared(person):
                    self._turns.cleared(person)
            self._waiting.popleft()
            self._written += 1
        return self._written

    def flush(self) -> None:
        """`write`, where nobody is there to hear of an error."""
        try:
            self.write()
        except Exception as problem:  # noqa: BLE001 - they go on waiting, and the next batch meets the same error
            log.warning("reports wait: %s", type(problem).__name__)
