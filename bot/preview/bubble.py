"""One message as it looks in Telegram, as a piece of HTML: formatting, directions, buttons."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.language import formats
from bot.message import Message, Span


@cache
def pages() -> Environment:
    """The templates of this package; whatever they show is escaped."""
    return Environment(
        loader=PackageLoader("bot.preview", "pages"), autoescape=True, undefined=StrictUndefined
    )


def style() -> Markup:
    """What a page with bubbles needs between `<style>` and `</style>`; nothing is fetched."""
    return Markup(pages().get_template("bubble.css").render())  # noqa: S704 - our own file


def bubble(message: Message, language: str) -> Markup:
    """A `<div>` with the text and the rows of buttons, in the direction of the language."""
    picture = message.picture
    html = pages().get_template("bubble.html")
    return Markup(  # noqa: S704 - the template has escaped everything
        html.render(
            language=language,
            direction="rtl" if formats.is_right_to_left(language) else "ltr",
            picture=b64encode(picture.content).decode() if picture else "",
            parts=[part for span in message.text for part in _linked(span)],
            rows=message.buttons,
        )
    )


_BY_ITSELF: Final = re.compile(
    r"(?P<url>https?://[^\s<>\"«»\u2066-\u2069]*[^\s<>\"«».,;:!?)\]\u2066-\u2069]"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:de|org|com|net|eu|info|me)(?![\w@-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<phone_number>(?<![\w+])\+[1-9](?:[ ()/-]{0,2}\d){6,14}(?!\d))"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))",
    re.IGNORECASE,
)
"""What Telegram makes a link of without being told."""


def _linked(span: Span) -> Iterator[Span]:
    if span.url is not None:
        yield replace(span, url=span.url if _SAFE.match(span.url) else None)
        return
    end = 0
    for found in _BY_ITSELF.finditer(span.text):
        if found.start() > end:
            yield replace(span, text=span.text[end : found.start()])
        yield replace(span, text=found[0], url=_address(str(found.lastgroup), found[0]))
        end = found.end()
    if end < len(span.text):
        yield replace(span, text=span.text[end:])


def _address(kind: str, text: str) -> str:
    match kind:
        case "phone_number":
            return f"tel:{re.sub(r'[^+0-9]', '', text)}"
        case "email":
            return f"mailto:{text}"
        case "bot_command":
            return "#"
        case _:
            return text if "://" in text else f"https://{text}"


_SAFE: Final = re.compile(r"(https?|tel|mailto|tg):", re.IGNORECASE)
