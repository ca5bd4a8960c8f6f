"""A field is written anew, and every other character of the file stays as it was."""

import difflib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content import tree
from bot.content.editing import EditError, with_fields

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NEW = {"date": "2026-11-24", "by": "Leitung MBE"}
HERE = (0, "sites", 0, "confirmed")

SITE = """\
# Wer hier anruft, fragt nach der Leitung.
- id: mbe
  sites:
    - phone: [110]   # kurz
      evidence: {{source: Beispiel, date: '2025', confidence: high}}{old}
      # Stand der Liste
      languages: [de]

- id: other
"""
WRITTEN = {
    "nothing yet": ("", "\n      confirmed: {date: 2026-11-24, by: Leitung MBE}"),
    "a comment before it": (
        "  # angerufen",
        "  # angerufen\n      confirmed: {date: 2026-11-24, by: Leitung MBE}",
    ),
    "null": (
        "\n      confirmed: null",
        "\n      confirmed: {date: 2026-11-24, by: Leitung MBE}",
    ),
    "null with a comment": (
        "\n      confirmed: null  # noch nie",
        "\n      confirmed: {date: 2026-11-24, by: Leitung MBE}  # noch nie",
    ),
    "an empty field": (
        "\n      confirmed:   # noch nie",
        "\n      confirmed: {date: 2026-11-24, by: Leitung MBE}   # noch nie",
    ),
    "in one line, the other way round": (
        "\n      confirmed: { by: 'Büro',  date: 2025-01-01 }  # alt",
        "\n      confirmed: { by: Leitung MBE,  date: 2026-11-24 }  # alt",
    ),
    "in lines": (
        '\n      confirmed:\n        date: "2025-01-01"  # ein Neujahr\n        by: Büro # vorn',
        (
            "\n      confirmed:\n        date: 2026-11-24  # ein Neujahr\n"
            "        by: Leitung MBE # vorn"
        ),
    ),
    "quoted": (
        "\n      'confirmed': null",
        "\n      'confirmed': {date: 2026-11-24, by: Leitung MBE}",
    ),
}


@pytest.mark.parametrize("old", WRITTEN)
def test_only_the_field_changes(old: str):
    before, after = (SITE.format(old=text) for text in WRITTEN[old])
    assert with_fields(before, HERE, "evidence", NEW) == after


def test_writing_the_same_again_changes_nothing():
    once = with_fields(SITE.format(old=""), HERE, "evidence", NEW)
    assert with_fields(once, HERE, "evidence", NEW) == once


def test_the_lines_end_as_they_did():
    before, after = (SITE.format(old=text) for text in WRITTEN["nothing yet"])
    windows = with_fields(before.replace("\n", "\r\n"), HERE, "evidence", NEW)
    assert windows == after.replace("\n", "\r\n")


def test_the_last_line_of_a_file_may_end_without_a_newline():
    text = "- evidence:\n    source: Beispiel"
    expected = f"{text}\n  confirmed: {{date: 2026-11-24, by: Leitung MBE}}"
    assert with_fields(text, (0, "confirmed"), "evidence", NEW) == expected


def test_a_group_in_one_line_takes_the_field_within_its_brackets():
    text = "- {sites: [{evidence: {source: Beispiel}, phone: [110]}]}\n"
    assert with_fields(text, HERE, "evidence", NEW) == (
        "- {sites: [{evidence: {source: Beispiel}, "
        "confirmed: {date: 2026-11-24, by: Leitung MBE}, phone: [110]}]}\n"
    )


def test_what_cannot_be_changed_without_losing_something_is_left_to_a_person():
    commented = "\n      confirmed:  # alt\n        nobody: knows"
    with pytest.raises(EditError):
        with_fields(SITE.format(old=commented), HERE, "evidence", NEW)
    for path in ((7, "sites", 0, "confirmed"), (0, "doors", 0, "confirmed"), (0, "confirmed")):
        with pytest.raises(EditError):
            with_fields(SITE.format(old=""), path, "evidence", NEW)
    with pytest.raises(EditError):
        with_fields("- [", HERE, "evidence", NEW)
    with pytest.raises(EditError):
        with_fields("", HERE, "evidence", NEW)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_whatever_the_role_is_called_it_is_read_as_written(role: str):
    role = role.strip()
    if not role or not role.isprintable():
        return
    edited = with_fields(SITE.format(old=""), HERE, "evidence", {**NEW, "by": role})
    problems = []
    document = tree.parse(edited, "", problems)
    assert problems == []
    assert document.value[0]["sites"][0]["confirmed"] == {**NEW, "by": role}
    assert document.value[1] == {"id": "other"}


def sites(path: Path) -> list[tuple]:
    """Where a file of the shipped folder has something to confirm."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        (number, *below, "confirmed")
        for number, entry in enumerate(entries)
        for below in (
            [("sites", n) for n in range(len(entry["sites"]))] if "sites" in entry else [()]
        )
    ]


FILES = [*sorted((KNOWLEDGE / "services").glob("*.yaml")), KNOWLEDGE / "hotlines.yaml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_in_every_shipped_file_a_confirmation_changes_one_line(path: Path):
    text = path.read_text(encoding="utf-8")
    places = sites(path)
    assert places
    for place in places:
        edited = with_fields(text, place, "evidence", NEW)
        compared = difflib.ndiff(text.split("\n"), edited.split("\n"))
        changed = [line for line in compared if line[0] in "+-"]
        assert len([line for line in changed if line[0] == "+"]) == 1
        assert all("confirmed:" in line for line in changed)
