"""Messages, and the chats in which they stand."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from bot.sandbox import keyboards

if TYPE_CHECKING:
    from bot.sandbox.keyboards import Button
    from bot.sandbox.world import World


@dataclass(slots=True, eq=False)
class Message:
    """One message; `content` has the Bot API's fields: text, entities, venue, reply_markup."""

    id: int
    date: int
    chat: Chat
    sender: dict[str, Any]
    content: dict[str, Any]
    edited: int | None = None
    deleted: bool = False
    changed: int = 0
    """The sandbox's count of events at the last change."""

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[dict[str, Any]]:
        return list(self.content.get("entities", self.content.get("caption_entities", ())))

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        return keyboards.rows(self.content.get("reply_markup"))

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.keyboard for button in row]

    @property
    def data(self) -> list[str]:
        """What the buttons carry, in reading order."""
        return [button.data for button in self.buttons if button.data is not None]

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    def button(self, what: str) -> Button | None:
        """The button with this data or, failing that, this label."""
        buttons = self.buttons
        return next(
            (b for b in buttons if b.data == what),
            next((b for b in buttons if b.text == what), None),
        )

    def api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.api(),
            "date": self.date,
        }
        if self.edited is not None:
            shown["edit_date"] = self.edited
        shown.update(self.content)
        return shown

    def __str__(self) -> str:
        rows = "".join(
            "\n  " + " ".join(f"[{b.text}|{b.data or b.url}]" for b in row) for row in self.keyboard
        )
        who = "bot" if self.from_bot else "person"
        return f"{who} #{self.id}: {self.text or '/'.join(self.content)}{rows}"


class Row(Protocol):
    """Numbers messages, one after the other."""

    last_id: int


@dataclass(slots=True, eq=False)
class Chat(ABC):
    """What people and groups have in common."""

    world: World
    id: int
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    changed: int = 0
    pinned: int | None = None
    panel: dict[str, Any] | None = None
    """The reply keyboard under the typing field, where the bot has put one."""

    @property
    def visible(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]

    @property
    @abstractmethod
    def row(self) -> Row:
        """Where the numbers of its messages come from; several chats may share it."""

    @abstractmethod
    def api(self) -> dict[str, Any]:
        """The Bot API's Chat."""

    @abstractmethod
    def check_writable(self) -> None:
        """Raises the refusal that the bot gets where it cannot write."""

    def add(self, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        row = self.row
        row.last_id += 1
        message = Message(row.last_id, self.world.seconds(), self, sender, content)
        self.messages[message.id] = message
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """Something about this message changed: tell everybody who waits."""
        message.changed = self.changed = self.world.tick()

    def remove(self, message: Message) -> None:
        message.deleted = True
        message.content = {}
        self.touch(message)

    def find(self, number: int) -> Message | None:
        message = self.messages.get(number)
        return None if message is None or message.deleted else message
