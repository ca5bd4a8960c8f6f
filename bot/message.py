"""What goes out to a person, in no channel's words: styled text and rows of buttons."""

from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    style: Style = Style.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str
    """What a tap means (`bot.core.buttons`), at most 64 bytes; empty where `url` is set."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG to go beside the text."""

    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Message:
    text: tuple[Span, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    contact_label: str = ""
    """Of a button below the text field, with which the person can send their own number, once."""

    @property
    def plain(self) -> str:
        return "".join(span.text for span in self.text)


@dataclass(slots=True)
class Writer:
    """Puts a text together from whole translated sentences."""

    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, style: Style = Style.PLAIN, url: str | None = None) -> "Writer":
        if text:
            self.spans.append(Span(text, style, url))
        return self

    def line(self, text: str = "", style: Style = Style.PLAIN, url: str | None = None) -> "Writer":
        """A line of its own; without text, an empty one."""
        return self.add(text, style, url).add("\n")

    def done(self) -> tuple[Span, ...]:
        """The spans without empty lines at either end."""
        spans = list(self.spans)
        while spans and not spans[-1].text.strip():
            spans.pop()
        while spans and not spans[0].text.strip():
            spans.pop(0)
        return tuple(spans)
