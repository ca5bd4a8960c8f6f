"""A message in Telegram's words: text with entities, and a keyboard under it."""

from typing import Final

from bot.message import Button, Message, Span, Style

LONGEST_TEXT: Final = 4096
"""UTF-16 units, in which Telegram counts."""
LONGEST_CAPTION: Final = 1024

Content = dict[str, object]
"""Parameters of sendMessage and editMessageText."""


def content_of(message: Message) -> Content:
    """Text, entities and buttons; never a preview of a link, which would ask the site for it."""
    text, entities = text_of(message.text, LONGEST_TEXT)
    content: Content = {"text": text, "link_preview_options": _NO_PREVIEW}
    if entities:
        content["entities"] = entities
    # Without buttons the keyboard is named all the same: an edit then takes the old one away.
    content["reply_markup"] = keyboard_of(message)
    return content


def plain(content: Content) -> Content:
    """The same without styles and links, for when Telegram refuses them."""
    return {name: value for name, value in content.items() if name != "entities"}


def keyboard_of(message: Message) -> dict[str, object]:
    if message.contact_label:
        button = {"text": message.contact_label, "request_contact": True}
        return {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}
    return {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}


def text_of(spans: tuple[Span, ...], longest: int) -> tuple[str, list[dict[str, object]]]:
    """The text and its entities, cut to `longest` UTF-16 units.

    The renderer splits long texts; the cut only makes sure that a message always goes out.
    """
    texts: list[str] = []
    entities: list[dict[str, object]] = []
    offset = 0
    for span in spans:
        text, length = span.text, units(span.text)
        if offset + length > longest:
            text = cut(text, longest - offset)
            length = units(text)
        texts.append(text)
        if length and not text.isspace():
            entities.extend(_entities(span, offset, length))
        offset += length
        if text is not span.text:
            break
    return "".join(texts), entities


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, longest: int) -> str:
    """At most so many units of it, with … at the end, at a space where one is near."""
    if units(text) <= longest:
        return text
    if longest < 1:
        return ""
    start = text.encode("utf-16-le", "surrogatepass")[: 2 * (longest - 1)]
    # A pair cut in half loses its first half too.
    kept = start.decode("utf-16-le", "ignore")
    whole, space, rest = kept.rpartition(" ")
    if space and len(rest) < _NEAR:
        kept = whole
    return kept + "…"


def _entities(span: Span, offset: int, length: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if span.url is not None:
        found.append({"type": "text_link", "offset": offset, "length": length, "url": span.url})
    if span.style is not Style.PLAIN:
        found.append({"type": span.style.value, "offset": offset, "length": length})
    return found


def _button(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


_NO_PREVIEW: Final = {"is_disabled": True}
_NEAR: Final = 40
"""Characters that may be lost for the sake of a whole word."""
