"""`#` in a text without quotes ends it, and nobody would notice."""

from datetime import date

import pytest

from bot.content import files
from bot.content.warnings import warnings
from tests.content.conftest import Places

LAKE = "services/lake.yaml"
CURE = (
    "If it belongs to the text, put the whole text in quotes; "
    "else write the note in a line of its own."
)


def _cut(folder) -> list[str]:
    found = warnings(files.read(folder.path), date(2026, 11, 23), Places())
    return [str(one) for one in found if "#" in str(one)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: MBE am See", "name: MBE #1 am See", "2:9: `name` ends before `#1 am See`."),
        ("name: MBE am See", "name: MBE # am See", "2:9: `name` ends before `# am See`."),
        ("street: Seestraße 1", "street: Seestraße 1 #2", "14:17: `street` ends before `#2`."),
        (
            "name: MBE am See",
            "name: MBE am\n    See # und mehr",
            "2:9: `name` ends before `# und mehr`.",
        ),
    ],
)
def test_a_text_that_is_cut_is_a_warning(folder, old: str, new: str, expected: str):
    folder.edit(LAKE, old, new)
    assert folder.problems() == []
    assert _cut(folder) == [f"{LAKE}:{expected} {CURE}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: MBE am See", "name: 'MBE #1 am See'"),
        ("name: MBE am See", "name: 'MBE' # am See"),
        ("name: MBE am See", "name: MBE#1"),
        ("name: MBE am See", "name: >-\n    MBE # 1"),
        ("name: MBE am See", "name: MBE am See\n  # ein Satz"),
        ("carrier: independent", "carrier: independent # ein Satz"),
        ("hours: Mo-Th 09:00-16:00; PH off", "hours: Mo-Th 09:00-16:00; PH off # ein Satz"),
        ("offers: [mbe]", "offers: [mbe] # ein Satz"),
    ],
)
def test_a_note_that_cuts_nothing_is_fine(folder, old: str, new: str):
    folder.edit(LAKE, old, new)
    assert folder.problems() == []
    assert _cut(folder) == []


def test_a_text_of_which_nothing_is_left_is_an_error(folder):
    folder.edit(LAKE, "name: MBE am See", "name: #1 am See")
    assert folder.problems() == [
        f"{LAKE}:2:8: `name` is empty: `#1 am See` counts as a note. Put the text in quotes."
    ]
