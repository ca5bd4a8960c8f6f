"""The page before anything is sent: exactly what, to whom, and that no is free."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.referral import OPEN_FOR, TAKEN_FOR
from bot.core.screens import ConsentBody, Screen
from bot.language.facts import fact
from bot.message import Style
from tests.language.test_screens import LANGUAGES
from tests.language.views import CODE, GONE, NOW, services, whole_card

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def body(book):
    return ConsentBody(
        book.services[services(book)[0]],
        CODE,
        whole_card(book),
        people=41,
        child=False,
        promised=NOW + timedelta(days=1),
        deputy=None,
        replaces=(),
    )


@pytest.fixture
def said(renderer, book):
    def words(body, language):
        screen = Screen(body, language, None, can_go_back=True, has_answers=True)
        return renderer.render(screen, book)

    return words


@every_language
def test_every_line_of_the_card_is_shown_with_the_german_beneath(
    said, body, renderer, book, language
):
    message = said(body, language)
    lines = re.sub("[\u200f\u2066\u2069]", "", message.plain).split("\n")
    own, german = renderer.speaker(language, book), renderer.speaker("de", book)
    for row in (*body.card.group, *body.card.claimer):
        at = lines.index("• " + re.sub("[\u2066\u2069]", "", fact(*row, own)))
        if language != "de":
            assert lines[at + 1] == f"   {fact(*row, german)}"
    italic = [span for span in message.text if span.style is Style.ITALIC]
    rows = len(body.card.group) + len(body.card.claimer)
    assert len(italic) == (0 if language == "de" else rows)


@every_language
def test_who_reads_it_for_how_long_and_until_when_is_said(said, body, book, language):
    plain = said(body, language).plain
    number = {*re.findall(r"\d+", plain)}
    assert {"41", str(OPEN_FOR.days), str(TAKEN_FOR.days), "25", "14"} <= number
    assert "Telegram" in plain
    assert book.texts[f"service.{body.service.id}.name"] in plain
    assert "14:00" in plain


@every_language
def test_of_a_child_nothing_stands_in_a_group(said, body, language):
    plain, of_child = (said(replace(body, child=one), language).plain for one in (False, True))
    assert "41" in plain
    assert "41" not in of_child


@every_language
def test_who_stands_in_and_which_case_ends_is_said(said, body, language):
    assert GONE not in said(body, language).plain
    assert GONE in said(replace(body, deputy=GONE), language).plain
    ends = said(replace(body, replaces=(GONE, "another")), language).plain
    assert GONE in ends
    assert "another" in ends


@every_language
def test_yes_and_no_are_as_easy(said, body, language):
    service = body.service.id
    rows = [[button.data for button in row] for row in said(body, language).buttons]
    carried = [data for row in rows for data in row]
    assert carried[:2] == [f"y:{service}:{CODE}", f"n:{service}"]
    assert {f"g:{service}", "m:privacy", "b", "h", "x"} <= set(carried)


def test_it_does_not_read_as_a_wall(said, body):
    """What is there beside the card: short lines, and few of them."""
    bare = replace(body, card=replace(body.card, group=(), claimer=()))
    lines = [line for line in said(bare, "de").plain.split("\n") if line]
    assert len(lines) <= 16
    assert all(len(line) <= 90 for line in lines), lines
