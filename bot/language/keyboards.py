"""Rows of buttons that many screens share."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.core import events
from bot.core.events import Menu
from bot.core.screens import Screen
from bot.language.speaker import Speaker
from bot.message import Button

Row = tuple[Button, ...]

_NARROW: Final = 18
"""Labels up to this length stand two in a row on a small phone."""


def columns(buttons: Iterable[Button]) -> list[Row]:
    """Short labels side by side, long ones alone; the reading order stays."""
    rows: list[Row] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and max(len(last[0].label), len(button.label)) <= _NARROW:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return rows


def footer(speaker: Speaker, screen: Screen) -> Row:
    """On every screen: back, another language, a human now, quick exit."""
    _ = speaker.say
    row = [
        speaker.button("🌐", events.OpenedMenu(Menu.LANGUAGES)),
        speaker.button(_("🆘 Help now"), events.AskedForHuman()),
        speaker.button("✖️", events.QuitNow()),
    ]
    if screen.can_go_back:
        row.insert(0, speaker.button(_("⬅️ Back"), events.WentBack()))
    return tuple(row)


def finished(rows: Sequence[Row], speaker: Speaker, screen: Screen) -> tuple[Row, ...]:
    return (*(row for row in rows if row), footer(speaker, screen))
