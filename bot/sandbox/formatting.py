"""Text as the server takes it: cleaned, trimmed, with entities counted in UTF-16 units."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.markup_language import parse_html
from bot.sandbox.refusals import Refusal, bad

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_RAW = 32_768
"""Bytes before the entities are parsed."""

KINDS = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)

_UNWELCOME = re.compile("[\x00-\x08\x0b-\x1f\u2028-\u202e]")
"""Control characters and the old direction marks; the isolates U+2066 to U+2069 stay."""
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"«»\u2066-\u2069]*[^\s<>\"«».,;:!?)\]\u2066-\u2069]"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:de|org|com|net|eu|info|me)(?![\w@-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<phone_number>(?<![\w+])\+[1-9](?:[ ()/-]{0,2}\d){6,14}(?!\d))"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})",
    re.IGNORECASE,
)


def units(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(
    text: str, entities: list[dict[str, Any]] | None, mode: str
) -> tuple[str, list[dict[str, Any]]]:
    """The text to show and its entities, the server's own findings (links, numbers) included.

    Raises:
        Refusal: where the real server refuses; the caller checks emptiness and length.
    """
    if len(text) > LONGEST_RAW // 4 and len(text.encode("utf-8", "surrogatepass")) > LONGEST_RAW:
        raise bad("Text is too long")
    text = _UNWELCOME.sub(" ", text.replace("\r", ""))
    if mode:
        text, entities = _parsed(text, mode)
    elif entities:
        entities = _checked(text, entities)
    text, marked = _trimmed(text, entities or [])
    return text, _with_findings(text, marked)


def find(text: str) -> list[dict[str, Any]]:
    """Links, addresses, numbers and commands that the server marks by itself."""
    if not (":" in text or "." in text or "/" in text or "+" in text or "@" in text or "#" in text):
        return []
    found = []
    for match in _FOUND.finditer(text):
        start = match.start()
        offset = start if text.isascii() else units(text[:start])
        found.append({"type": match.lastgroup, "offset": offset, "length": units(match.group())})
    return found


def _parsed(text: str, mode: str) -> tuple[str, list[dict[str, Any]]]:
    match mode.lower():
        case "html":
            return parse_html(text)
        case "none":
            return text, []
        case "markdown" | "markdownv2":
            raise Refusal(501, "Not Implemented: the sandbox reads parse_mode HTML only")
        case _:
            raise bad("unsupported parse_mode")


def _checked(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not isinstance(entities, list):
        raise bad("can't parse entities: expected an Array")
    end = units(text)
    for entity in entities:
        if not isinstance(entity, dict) or entity.get("type") not in KINDS:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
            raise bad("can't parse MessageEntity: wrong offset or length")
        if offset + length > end:
            raise bad(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {offset + length}"
            )
        if entity["type"] == "text_link" and not entity.get("url"):
            raise bad('can\'t parse MessageEntity: Field "url" must be of type String')
    if not text.isascii():
        _check_halves(text, entities)
    ordered = sorted(entities, key=lambda e: (e["offset"], -e["length"]))
    _check_nesting(ordered)
    return [dict(entity) for entity in ordered]


def _check_nesting(ordered: list[dict[str, Any]]) -> None:
    open_ends: list[tuple[int, int]] = []
    for entity in ordered:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        while open_ends and open_ends[-1][0] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1][0]:
            outer_end, outer_start = open_ends[-1]
            raise bad(
                f"entity beginning at UTF-16 offset {outer_start} ends in a middle "
                f"of a UTF-16 symbol at offset {outer_end}"
            )
        open_ends.append((end, start))


def _check_halves(text: str, entities: list[dict[str, Any]]) -> None:
    raw = text.encode("utf-16-le", "surrogatepass")
    for entity in entities:
        for place, word in (
            (entity["offset"], "begins"),
            (entity["offset"] + entity["length"], "ends"),
        ):
            if 2 * place < len(raw) and 0xDC <= raw[2 * place + 1] <= 0xDF:  # noqa: PLR2004 - low surrogates
                raise bad(
                    f"entity beginning at UTF-16 offset {entity['offset']} {word} "
                    f"in a middle of a UTF-16 symbol at offset {place}"
                )


def _trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    shown = text.rstrip()
    cut = len(shown) - len(shown.lstrip())
    shown = shown[cut:]
    if len(shown) == len(text) or not entities:
        return shown, entities
    end = units(shown)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return shown, kept


def _with_findings(text: str, marked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = find(text)
    if not found:
        return marked
    if not marked:
        return found
    closed = [e for e in marked if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    free = [f for f in found if not any(_overlap(f, e) for e in closed)]
    return sorted([*marked, *free], key=lambda e: (e["offset"], -e["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
