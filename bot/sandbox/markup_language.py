"""parse_mode HTML, read as the real server reads it, with its words for every mistake."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.refusals import Refusal, bad

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}

_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_START = re.compile(r"<([^/\s>][^\s>]*|(?=[\s>]))")
_END = re.compile(r"</([^\s>]*)\s*(>?)")
_ATTRIBUTE = re.compile(
    r"""\s*(?:(?P<close>>)|(?P<name>[^\s=>/"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<token>[A-Za-z0-9.-]+)))?)"""
)
_LINK = re.compile(r"(?:https?|tg|ton)://\S+|tel:\S+|mailto:\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?")


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities.

    Raises:
        Refusal: in the server's words, with byte offsets.
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.offset = 0
        self.shown: list[str] = []
        self.open: list[tuple[str, str, int]] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        source = self.source
        while (tag := source.find("<", self.place)) >= 0:
            self._show(source[self.place : tag])
            self.place = tag
            if source.startswith("/", tag + 1):
                self._end()
            else:
                self._start()
        self._show(source[self.place :])
        if self.open:
            raise _mistake(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.shown), self.entities

    def _show(self, text: str) -> None:
        if not text:
            return
        text = _decoded(text)
        self.shown.append(text)
        self.offset += (
            len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        )

    def _start(self) -> None:
        begin = self.place
        match = _START.match(self.source, begin)
        if match is None or match.end() >= len(self.source):
            raise _mistake(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        tag = match.group(1).lower()
        if tag not in TAGS:
            raise _mistake(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes, self.place = self._attributes(tag, begin, match.end())
        argument = attributes.get("href" if tag == "a" else "class", "")
        if tag == "span" and argument != "tg-spoiler":
            raise _mistake(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}'
            )
        if tag == "blockquote":
            argument = "expandable" if "expandable" in attributes else ""
        self.open.append((tag, argument, self.offset))

    def _attributes(self, tag: str, begin: int, place: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        while True:
            match = _ATTRIBUTE.match(self.source, place)
            if match is None:
                if not self.source[place:].strip() or "=" in self.source[place:]:
                    raise _mistake(f"Unclosed start tag at byte offset {self._bytes(begin)}")
                raise _mistake(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}'
                )
            place = match.end()
            if match["close"]:
                return attributes, place
            value = match["double"] or match["single"] or (match["token"] or "").lower()
            attributes[match["name"].lower()] = _decoded(value)

    def _end(self) -> None:
        begin = self.place
        if not self.open:
            raise _mistake(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        match = _END.match(self.source, begin)
        if match is None or not match.group(2):
            raise _mistake(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        tag, argument, offset = self.open.pop()
        if match.group(1) and match.group(1).lower() != tag:
            raise _mistake(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{tag}>", found "</{match.group(1)}>"'
            )
        self.place = match.end()
        if self.offset > offset:
            self._close(tag, argument, offset)

    def _close(self, tag: str, argument: str, offset: int) -> None:
        entity: dict[str, Any] = {
            "type": TAGS[tag],
            "offset": offset,
            "length": self.offset - offset,
        }
        match tag:
            case "a":
                if not _LINK.fullmatch(argument):
                    return
                entity["url"] = argument if ":" in argument else f"http://{argument}/"
            case "code" if argument.startswith("language-"):
                entity["language"] = argument.removeprefix("language-")
            case "blockquote" if argument:
                entity["type"] = "expandable_blockquote"
            case "tg-emoji":
                return
            case _:
                pass
        self.entities.append(entity)

    def _bytes(self, place: int) -> int:
        return len(self.source[:place].encode("utf-8", "surrogatepass"))


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]  # noqa: PLR2004 - Unicode's bounds


def _mistake(what: str) -> Refusal:
    return bad(f"can't parse entities: {what}")
