"""What delivery asks of a channel, and everything that can come of it."""

from enum import StrEnum
from typing import Protocol

from bot.delivery.numbers import Numbers
from bot.message import Message


class Carrier(Protocol):
    """Carries single messages; knows nothing of cases, and never tries twice.

    Every method raises the outcomes below, and nothing else.
    """

    async def post(self, chat: int, message: Message, *, protect: bool) -> int:
        """Send a new message; its number. Protected: it cannot be forwarded or copied."""

    async def edit(self, chat: int, number: int, message: Message) -> None:
        """Let this message show that, which it may do already."""

    async def remove(self, chat: int, number: int, instead: Message) -> None:
        """Delete this message; one that cannot be deleted any more becomes `instead`."""

    async def probe(self, chat: int, number: int, instead: Message) -> bool:
        """Was this a message of ours in this chat? Then it is taken away, as `remove` does."""

    @property
    def numbers(self) -> Numbers:
        """The numbers of the messages that have gone by, of letters and of everything else."""


class Undelivered(Exception):  # noqa: N818 - an outcome, not always an error
    """It did not come about, or nobody knows. Says nothing of chat or content."""


class NotSent(Undelivered):
    """Surely not done: nothing went out, or it was turned away for now."""


class Later(NotSent):
    """Surely not done, and this chat wants nothing for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Not for another {seconds:g} seconds.")
        self.seconds = seconds


class Ambiguous(Undelivered):
    """Perhaps done: the answer was lost, late or unreadable."""


class Moved(Undelivered):
    """The chat has another number now; what stood there can no longer be edited."""

    def __init__(self, chat: int) -> None:
        super().__init__("The chat has another number now.")
        self.chat = chat


class Reason(StrEnum):
    """Why it will not be better next time."""

    PERSON_GONE = "person_gone"
    """Blocked the bot, deleted the account, or never began to write to it."""
    CHAT_GONE = "chat_gone"
    """The bot was thrown out, may not write, or there is no such group or topic."""
    MESSAGE_GONE = "message_gone"
    """The chat is fine, but this message is not there."""
    NOT_EDITABLE = "not_editable"
    """It is there, but stays as it is."""
    NOT_TAKEN = "not_taken"
    """The channel does not take this content, not even as plain text."""


class Refused(Undelivered):
    """Surely not done, now or later."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
