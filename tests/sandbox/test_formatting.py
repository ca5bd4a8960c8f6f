"""parse_mode HTML and entities, with the server's words for every mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.formatting import formatted, units
from bot.sandbox.markup_language import TAGS
from bot.sandbox.refusals import Refusal


@pytest.mark.parametrize(
    ("source", "shown", "entities"),
    [
        ("plain &amp; &lt;b&gt; &#1078; &#x1F44B;", "plain & <b> ж 👋", []),
        ("&nbsp; &", "&nbsp; &", []),
        ("<b>жирно</b>", "жирно", [("bold", 0, 5)]),
        ("👋 <b>x</b>", "👋 x", [("bold", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ('<a href="https://x.org/?a=1&amp;b">x</a>', "x", [("text_link", 0, 1)]),
        ("<a href='tel:+49331'>x</a>", "x", [("text_link", 0, 1)]),
        ('<a href="no link">x</a>', "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<B >x</b >", "x", [("bold", 0, 1)]),
        ("  <b> x </b>\n", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("\u202ex\x00y", "x y", []),
        ("\u2066x\u2069", "\u2066x\u2069", []),
    ],
)
def test_html_is_read_like_the_server_reads_it(
    source: str, shown: str, entities: list[tuple[str, int, int]]
) -> None:
    text, found = formatted(source, None, "HTML")
    assert text == shown
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("bad <script>", 'Unsupported start tag "script" at byte offset 4'),
        ("ж <p>", 'Unsupported start tag "p" at byte offset 3'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("5 <6", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_bad_html_is_refused_in_the_servers_words(source: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(source, None, "HTML")
    assert refused.value.status == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {says}"


@pytest.mark.parametrize(
    ("text", "entity", "says"),
    [
        ("👋", {"type": "bold", "offset": 0, "length": 3}, "ends after the end of the text"),
        ("👋", {"type": "bold", "offset": 1, "length": 1}, "in a middle of a UTF-16 symbol"),
        ("x", {"type": "bold", "offset": -1, "length": 1}, "wrong offset or length"),
        ("x", {"type": "shiny", "offset": 0, "length": 1}, "Unsupported type specified"),
        ("x", {"type": "text_link", "offset": 0, "length": 1}, 'Field "url"'),
    ],
)
def test_entities_stay_inside_the_text(text: str, entity: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        formatted(text, [entity], "")


def test_entities_do_not_cross() -> None:
    crossing = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 2, "length": 4},
    ]
    with pytest.raises(Refusal, match="entity beginning at UTF-16 offset 0"):
        formatted("abcdef", crossing, "")


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("Ruf an: +49 331 2014-30.", "phone_number", "+49 331 2014-30"),
        ("\u2066+49 331 201430\u2069 هاتف", "phone_number", "+49 331 201430"),
        ("siehe www.caritas.de.", "url", "www.caritas.de"),
        ("(https://bamf-navi.bamf.de/de/)", "url", "https://bamf-navi.bamf.de/de/"),
        ("an a.b@c-d.de, bitte", "email", "a.b@c-d.de"),
        ("/start uk-1", "bot_command", "/start"),
        ("أو \u2066/privacy\u2069", "bot_command", "/privacy"),
    ],
)
def test_links_and_numbers_are_found(text: str, kind: str, marked: str) -> None:
    shown, found = formatted(text, None, "")
    raw = shown.encode("utf-16-le")
    (only,) = found
    assert only["type"] == kind
    start, stop = 2 * only["offset"], 2 * (only["offset"] + only["length"])
    assert raw[start:stop].decode("utf-16-le") == marked


@given(st.text(alphabet="<>/&b i\"'=a👋жم;#1 \n"))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        text, entities = formatted(source, None, "HTML")
    except Refusal:
        return
    for entity in entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= units(text)


@given(st.recursive(st.text(), lambda inside: st.tuples(st.sampled_from(sorted(TAGS)), inside)))
def test_every_well_formed_text_is_read(tree: object) -> None:
    text, _ = formatted(_html(tree), None, "HTML")
    assert "<b>" not in text


def _html(tree: object) -> str:
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert isinstance(tree, tuple)
    tag, inside = tree
    more = {"span": ' class="tg-spoiler"', "a": ' href="https://x.org"'}.get(tag, "")
    return f"<{tag}{more}>{_html(inside)}</{tag}>"
