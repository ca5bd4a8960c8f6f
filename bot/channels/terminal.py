"""Talk in a shell: the same conversation, with numbers in place of buttons."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.core import buttons, events
from bot.core.conversation import step
from bot.core.events import Event
from bot.core.knowledge import Book
from bot.core.screen import screen
from bot.core.state import Conversation, ForgetPerson, ForgetTraces
from bot.exchange import Typed
from bot.language.rendering import Renderer
from bot.listening import Ears
from bot.message import Message
from bot.talk import describe


@dataclass(slots=True)
class Terminal:
    book: Book
    renderer: Renderer
    ears: Ears
    clock: Callable[[], datetime]
    source: TextIO = field(default_factory=lambda: sys.stdin)
    script: bool = False
    """Print the talk as a test instead of showing it."""

    def talk(self, language: str, first: Event) -> None:
        """Until the input ends or the person quits."""
        conversation = Conversation(language)
        line = "start"
        event = first
        if self.script:
            print("title: Say here in one sentence what is true\nlanguage:", language)
            print("talk:")
        while True:
            turn = step(conversation, event, self.book)
            conversation = turn.conversation
            if any(isinstance(effect, ForgetTraces | ForgetPerson) for effect in turn.effects):
                return
            message = self._show(conversation, line)
            labels = [button for row in message.buttons for button in row if button.data]
            reply = self._reply()
            if reply is None:
                return
            if reply.isdecimal() and 1 <= int(reply) <= len(labels):
                data = labels[int(reply) - 1].data
                event, line = buttons.decode(data), f"tap: {data}"
            elif ":" in reply and buttons.decode(reply) != events.CameBack():
                event, line = buttons.decode(reply), f"tap: {reply}"
            else:
                event = self.ears.heard(Typed(reply), conversation, self.book)
                line = f"type: {reply}"

    def _show(self, conversation: Conversation, line: str) -> Message:
        now = self.clock().astimezone(ZoneInfo(self.book.region.time_zone))
        seen = screen(conversation, self.book, now)
        message = self.renderer.render(seen, self.book)
        if self.script:
            if line != "start":
                print(f"  - {line}")
            print(f"  - bot: {describe(seen)}")
        else:
            print("\n" + "\n".join(_lines(message)))
        return message

    def _reply(self) -> str | None:
        if not self.script:
            print("\n> ", end="", flush=True)
        line = self.source.readline()
        return line.strip() if line else None


def _lines(message: Message) -> Iterator[str]:
    yield message.plain
    yield ""
    number = 0
    for row in message.buttons:
        cells = []
        for button in row:
            if button.data:
                number += 1
                cells.append(f"[{number}] {button.label}")
            else:
                cells.append(f"{button.label}: {button.url}")
        yield "   ".join(cells)
