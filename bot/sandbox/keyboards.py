"""Reply markup: the shapes and limits that the server checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refusals import bad

LONGEST_DATA = 64
"""Bytes of `callback_data`."""
MOST_BUTTONS = 100
_LINK = re.compile(r"(?:https?|tg)://\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None


def rows(markup: dict[str, Any] | None) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a checked inline keyboard."""
    if not markup:
        return ()
    return tuple(
        tuple(Button(b["text"], b.get("callback_data"), b.get("url")) for b in row)
        for row in markup.get("inline_keyboard", ())
    )


def keys(markup: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The KeyboardButtons of a checked reply keyboard, in reading order."""
    return [key for row in (markup or {}).get("keyboard", ()) for key in row]


def checked(markup: object) -> dict[str, Any] | None:
    """The markup as the server keeps it, or None for an empty one."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return _panel(markup)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def checked_inline(markup: object) -> dict[str, Any] | None:
    """The markup for an edited message, which can carry an inline keyboard only."""
    kept = checked(markup)
    if kept is not None and "inline_keyboard" not in kept:
        raise bad("inline keyboard expected")
    return kept


def _inline(keyboard: object) -> dict[str, Any] | None:
    if not isinstance(keyboard, list):
        raise bad("can't parse reply keyboard markup JSON object: array expected")
    kept = []
    count = 0
    for row in keyboard:
        if not isinstance(row, list):
            raise bad('field "inline_keyboard" must be an Array of Arrays')
        if row:
            kept.append([_inline_button(button) for button in row])
            count += len(row)
    if count > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    if "url" in button:
        url = button["url"]
        if not isinstance(url, str) or not _LINK.fullmatch(url):
            raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"text": text, "url": url}
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    if button.keys() & {"switch_inline_query", "switch_inline_query_current_chat", "copy_text"}:
        return dict(button)
    raise bad(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )


def _panel(markup: dict[str, Any]) -> dict[str, Any] | None:
    keyboard = markup["keyboard"]
    if not isinstance(keyboard, list) or not all(isinstance(row, list) for row in keyboard):
        raise bad('field "keyboard" must be an Array of Arrays')
    kept = [
        [{"text": button} if isinstance(button, str) else button for button in row]
        for row in keyboard
        if row
    ]
    for row in kept:
        for button in row:
            if not isinstance(button, dict) or not str(button.get("text", "")).strip():
                raise bad("keyboard button text must be non-empty")
    return {**markup, "keyboard": kept} if kept else None
