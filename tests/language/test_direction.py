"""In Arabic and Persian, what runs from left to right stands in isolates; elsewhere there are none.

Without them a phone number, an address or a time comes out reversed.
"""

import re

import pytest

from bot.core.screens import DeskBody

FIRST, LAST = "\u2066", "\u2069"
ISOLATED = re.compile(f"{FIRST}([^{FIRST}{LAST}\n]*){LAST}")
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
ORDERED = re.compile(r"\+\d|\d{1,2}:\d\d|\d[\d ]{4,}\d|\d[-/]\d|https?:|@|[A-Za-zÄÖÜäöüß]")
"""Phones, times, dates, postcodes, sections of a law, links, German and Latin names."""

right_to_left = pytest.mark.parametrize("language", ["ar", "fa"])


def mixed(seen):
    """Text that runs from right to left; a button in one direction needs no isolates."""
    for one in seen:
        if not isinstance(one.screen.body, DeskBody):
            for line in one.message.plain.split("\n"):
                yield one.what, line
        for button in (button for row in one.message.buttons for button in row):
            if RIGHT_TO_LEFT.search(button.label):
                yield one.what, button.label


@right_to_left
def test_names_numbers_and_addresses_stand_in_isolates(seen, language):
    for what, line in mixed(seen[language]):
        assert not ORDERED.search(ISOLATED.sub("", line)), (what, line)


@right_to_left
def test_isolates_are_closed_and_hold_nothing_from_right_to_left(seen, language):
    for what, line in mixed(seen[language]):
        assert line.count(FIRST) == line.count(LAST) == len(ISOLATED.findall(line)), (what, line)
        for inside in ISOLATED.findall(line):
            assert inside.strip(), (what, line)
            assert not RIGHT_TO_LEFT.search(inside), (what, line)


@right_to_left
def test_each_line_runs_from_right_to_left(seen, language):
    for one in seen[language]:
        if not isinstance(one.screen.body, DeskBody):
            for line in filter(None, one.message.plain.split("\n")):
                assert line.startswith("\u200f"), (one.what, line)


@pytest.mark.parametrize("language", ["de", "en", "uk", "ru"])
def test_other_languages_need_no_isolates(seen, language):
    marks = re.compile("[\u2066-\u2069\u200e\u200f\u061c]")
    for one in seen[language]:
        assert not marks.search(one.message.plain), one.what
        for button in (button for row in one.message.buttons for button in row):
            assert not marks.search(button.label), one.what
