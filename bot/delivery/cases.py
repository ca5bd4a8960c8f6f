"""What delivery asks of those who know the cases, always within a turn of the store."""

from dataclasses import dataclass
from typing import Protocol

from bot.delivery.carrier import Reason
from bot.message import Message
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words, as its case is in this very turn."""

    message: Message
    placeholder: Message
    """What rings at the phone before the content comes; says nothing of the case."""
    protect: bool
    """It may not be forwarded or copied."""


class Cases(Protocol):
    """`owner`, `slot` and `step` are those of the store's letters and timers.

    Whatever changes a case wants its letters and timers anew in the same turn, as every turn does.
    """

    def letter(self, transaction: Transaction, owner: str, slot: str) -> Rendered | None:
        """What should stand there now; None where consent or case are gone by now.

        Called in the turn that decides to send, so that nothing goes out that was withdrawn.
        """

    def refused(self, transaction: Transaction, owner: str, slot: str, reason: Reason) -> None:
        """The letter will never arrive: PERSON_GONE, CHAT_GONE or NOT_TAKEN."""

    def moved(self, transaction: Transaction, old: int, new: int) -> None:
        """A group has another number now: want its letters there."""

    def fire(self, transaction: Transaction, owner: str, step: str) -> None:
        """The step is due. Its timer is gone already; whether the step is still right, you know."""

    def screens(self, transaction: Transaction, chat: int) -> frozenset[int]:
        """Numbers of our messages in this chat that are no letters: nobody else may touch them."""
