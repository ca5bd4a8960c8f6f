"""Rows of buttons that many screens share."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from bot.core import desk, events
from bot.core.desk import Tap, Verb
from bot.core.events import Menu
from bot.core.screens import Screen
from bot.language.speaker import Speaker
from bot.message import Button

Row = tuple[Button, ...]

_NARROW: Final = 17
"""Labels up to this width stand two in a row: a small phone cuts off what is wider."""


def columns(buttons: Iterable[Button]) -> list[Row]:
    """Short labels side by side, long ones alone; the reading order stays."""
    rows: list[Row] = []
    for button in buttons:
        last = rows[-1] if rows else ()
        if len(last) == 1 and max(_width(last[0].label), _width(button.label)) <= _NARROW:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return rows


def _width(label: str) -> int:
    """In letters; a pictogram is as wide as two, and marks take no room."""
    kinds = [unicodedata.category(letter) for letter in label]
    return sum(2 if kind == "So" else kind not in ("Mn", "Cf") for kind in kinds)


def tap(label: str, subject: str, verb: Verb, value: str = "") -> Button:
    """A counsellor's button, on a case or on a service."""
    return Button(label, desk.encode(Tap(subject, verb, value)))


def footer(speaker: Speaker, screen: Screen) -> tuple[Row, Row]:
    """On every screen: back, a human now, another language, quick exit.

    Two in a row: of four, a phone shows the first letters only.
    """
    _ = speaker.say
    upper = [speaker.button(_("🆘 Help now"), events.AskedForHuman())]
    if screen.can_go_back:
        upper.insert(0, speaker.button(_("⬅️ Back"), events.WentBack()))
    return tuple(upper), (
        speaker.button("🌐", events.OpenedMenu(Menu.LANGUAGES)),
        speaker.button(_("✖️ Leave quickly"), events.QuitNow()),
    )


def finished(rows: Sequence[Row], speaker: Speaker, screen: Screen) -> tuple[Row, ...]:
    return (*(row for row in rows if row), *footer(speaker, screen))
