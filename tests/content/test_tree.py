"""Whatever stands in a file, the answer is a book or a list of problems."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import tree
from bot.content.problems import Problem
from tests.content.conftest import SMALL, Folder

FILES = sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.yaml"))

YAML = st.lists(
    st.sampled_from(
        [
            "- ",
            "id: ",
            "a: b",
            "[",
            "]",
            "{",
            "}",
            "\n",
            "  ",
            "&x ",
            "*x",
            "!!int ",
            "<<: ",
            "? ",
            "when: ",
            "question: age",
            "is: [18_plus]",
            "null",
            "~",
            "'",
            '"',
            "|\n",
            ">-\n",
            "---\n",
            "all:",
            "not:",
            "12061",
            "no",
            "true",
            "2026-11-22",
            "\t",
            "#",
            "%TAG",
            "\x07",
            "\ufeff",
        ]
    ),
    max_size=30,
).map("".join)


def test_values_know_their_line_and_column():
    problems: list[Problem] = []
    document = tree.parse("- id: mbe\n  bring:\n    - Papiere\n", "types.yaml", problems)
    assert document is not None
    assert document.value == [{"id": "mbe", "bring": ["Papiere"]}]
    assert document.values[0, "id"] == (1, 7)
    assert document.keys[0, "bring"] == (2, 3)
    assert document.values[0, "bring", 0] == (3, 7)
    assert not problems


def test_only_plain_nothing_is_nothing():
    problems: list[Problem] = []
    text = "[null, 'null', ~, '~', '', no, 012, 1.0, 0x1, 2026-01-01, 12:30:00, =]"
    document = tree.parse(text, "x.yaml", problems)
    assert document is not None
    nothing = None
    assert document.value == [
        *(nothing, "null", nothing, "~", "", "no", "012", "1.0", "0x1"),
        *("2026-01-01", "12:30:00", "="),
    ]


def _problems(file: str, content: str | bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name) / "knowledge")
        shutil.copytree(SMALL, folder.path)
        folder.write(file, content)
        return folder.problems()


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FILES), YAML | st.text() | st.binary())
def test_any_file_gives_a_book_or_problems(file: str, content: str | bytes):
    for problem in _problems(file, content):
        assert ": " in problem
        assert problem.endswith((".", "?", "`"))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FILES), st.data())
def test_any_slip_in_a_good_file_gives_a_book_or_problems(file: str, data: st.DataObject):
    text = (SMALL / file).read_text(encoding="utf-8")
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, min(len(text), begin + 30)))
    _problems(file, text[:begin] + data.draw(YAML) + text[end:])


@pytest.mark.parametrize("deep", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "? " * 100_000])
def test_depth_is_no_danger(deep: str):
    problems: list[Problem] = []
    assert tree.parse(deep, "x.yaml", problems) is None
    assert len(problems) == 1
