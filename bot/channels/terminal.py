"""Talk in a shell: the same conversation, with numbers in place of buttons."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TextIO
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
    screen: TextIO = field(default_factory=lambda: sys.stdout)
    script: TextIO | None = None
    """Where the talk is written as a test, at its end."""

    def talk(self, language: str, first: Event, link: str = "") -> None:
        """Until the input ends or the person quits; `first` is what `link` says."""
        lines = ["title: Say here in one sentence what is true", f"language: {language}", "talk:"]
        if link:
            lines.append(f"  - start: {_quoted(link)}")
        try:
            lines.extend(self._lines(Conversation(language), first))
        finally:
            # Also after Ctrl-C: what was said is not lost.
            if self.script is not None:
                print("\n".join(lines), file=self.script)

    def _lines(self, conversation: Conversation, event: Event) -> Iterator[str]:
        """The lines of the script, as the talk goes on."""
        while True:
            turn = step(conversation, event, self.book)
            conversation = turn.conversation
            now = self.clock().astimezone(ZoneInfo(self.book.region.time_zone))
            seen = screen(conversation, self.book, now)
            yield f"  - bot: {_quoted(describe(seen))}"
            if any(isinstance(effect, ForgetTraces | ForgetPerson) for effect in turn.effects):
                return
            message = self.renderer.render(seen, self.book)
            print("\n" + "\n".join(_lines(message)), file=self.screen)
            reply = self._reply()
            if reply is None:
                return
            data = _data(reply, message)
            if data is not None:
                event = buttons.decode(data)
                yield f"  - tap: {_quoted(data)}"
            else:
                event = self.ears.heard(Typed(reply), conversation, self.book)
                yield f"  - type: {_quoted(reply)}"

    def _reply(self) -> str | None:
        """The next line that says something, or None at the end."""
        print("\n> ", end="", file=self.screen, flush=True)
        for line in iter(self.source.readline, ""):
            if line.strip():
                return line.strip()
        return None


def _data(reply: str, message: Message) -> str | None:
    """What is on the button whose number or data was typed."""
    labels = [button.data for row in message.buttons for button in row if button.data]
    if reply.isdecimal() and len(reply) <= _DIGITS and 1 <= int(reply) <= len(labels):
        return labels[int(reply) - 1]
    return reply if buttons.decode(reply) != events.CameBack() else None


def _quoted(text: str) -> str:
    """As YAML reads it again, whatever was typed."""
    if _PLAIN.fullmatch(text) and ": " not in text and text not in _NOT_TEXT:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


_PLAIN: Final = re.compile(r"[A-Za-z](?:[\w ,.()?:;=-]*[\w)?])?", re.ASCII)
_NOT_TEXT: Final = frozenset(
    word
    for small in ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
    for word in (small, small.capitalize(), small.upper())
)
"""Read as something else where they stand without quotes."""

_DIGITS: Final = 3
"""Of the number of a button; longer ones are postcodes."""


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
