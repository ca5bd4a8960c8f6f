"""What people who edit are told: English with named places, put into their language when printed.

`tools/locales.py extract` finds each `Sentence("…")`; the English text is the key of the German.
"""

from collections.abc import Callable
from typing import Final

Translate = Callable[[str], str]
"""From an English template to the same in another language, with the same places."""


class Sentence:
    """A template and what stands in its places; a place may hold a sentence of its own."""

    __slots__ = ("_named", "template")

    def __init__(self, template: str, /, **named: object) -> None:
        self.template = template
        self._named = tuple((name, _plain(value)) for name, value in named.items())

    def about(self, **named: object) -> "Sentence":
        """The same with its places filled, for templates that stand in tables."""
        return Sentence(self.template, **dict(self._named), **named)

    def in_(self, translate: Translate) -> str:
        if not self.template:
            return ""
        named = {name: said(value, translate) for name, value in self._named}
        return translate(self.template).format(**named)

    def __str__(self) -> str:
        return self.in_(english)

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __lt__(self, other: "Sentence") -> bool:
        return str(self) < str(other)

    def _key(self) -> tuple[object, ...]:
        return self.template, self._named


def said(text: str | Sentence, translate: Translate) -> str:
    """A name stays what it is; a sentence is translated."""
    return text.in_(translate) if isinstance(text, Sentence) else text


def english(template: str) -> str:
    return template


NOTHING: Final = Sentence("")
"""Where there is no cure to name."""


def _plain(value: object) -> "str | Sentence":
    return value if isinstance(value, Sentence) else str(value)
