"""A message on a page looks as it does on the phone, and nothing in it is read as HTML."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.message import Button, Message, Picture, Span, Style
from bot.preview.bubble import bubble, style
from bot.preview.page import Change, Entry, shown
from bot.sandbox import formatting

PHONE = Path(__file__).resolve().parents[2] / "bot" / "sandbox" / "page" / "phone.css"
RULE = re.compile(r"^([^{}/@]+) \{ (.+) \}$", re.MULTILINE)
NOT_OF_THE_PHONE = {".message", ".message, .message *"}
"""On the phone a message leaves room for those of the other side."""


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag, _attributes):
        self._inside = self._inside or tag == "a"

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "a"

    def handle_data(self, data):
        if self._inside:
            self.found.append(data)


def test_the_style_is_that_of_the_phone():
    phone = dict(RULE.findall(PHONE.read_text(encoding="utf-8")))
    ours = dict(RULE.findall(str(style())))
    assert len(ours) > 8
    for selector, declarations in ours.items():
        if selector not in NOT_OF_THE_PHONE:
            assert phone[selector] == declarations, selector


def test_telegram_makes_links_of_the_same(book, renderer, now):
    entries = [Entry(name, Change.ASKED) for name in (*list(book.services)[:12], "police", "mbe")]
    for one in shown(entries, book, renderer, now):
        for scene in one.scenes:
            for shot in scene.shots:
                for span in shot.message.text:
                    if span.url is None:
                        text = span.text
                        units = text.encode("utf-16-le")
                        wanted = [
                            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode(
                                "utf-16-le"
                            )
                            for e in formatting.find(text)
                        ]
                        html = bubble(Message((span,)), shot.language)
                        assert Links(html).found == wanted


def test_what_somebody_wrote_is_never_html():
    wrong = "<script>alert(1)</script>&\"'"
    message = Message((Span(wrong, Style.BOLD),), ((Button(wrong, "a:x:y"),),))
    html = bubble(message, "de")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3  # the text, the button and its whole label


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_dangerous_link_is_none(url):
    assert "href" not in bubble(Message((Span("here", url=url),)), "de")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fa", "rtl"), ("uk", "ltr")])
def test_it_runs_in_the_direction_of_its_language(language, direction):
    assert f'lang="{language}" dir="{direction}"' in bubble(Message((Span("x"),)), language)


def test_rows_stay_rows_and_a_link_has_an_arrow():
    row = (Button("one", "a:x:y"), Button("two", "", url="https://example.org"))
    html = bubble(Message((Span("x"),), (row, (Button("three", "b"),))), "de")
    assert html.count('class="row"') == 2
    assert html.count("↗") == 1


def test_a_picture_stands_in_the_page_itself():
    html = bubble(Message((Span("x"),), picture=Picture(b"png", "a.png")), "de")
    assert 'src="data:image/png;base64,cG5n"' in html
