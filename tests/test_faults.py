"""The table of faults is true: each has its row, and each row tests that show it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = [f"F{number:02}" for number in range(1, 65)]
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| F")
]
SPAN = re.compile(r"\bF(\d\d)(?:(?:–| to )F(\d\d))?")


def test_each_fault_has_one_row() -> None:
    assert [number for number, *_ in ROWS] == NUMBERS


@pytest.mark.parametrize(("number", "happens", "tests"), ROWS, ids=NUMBERS)
def test_each_row_says_what_happens_and_which_tests_show_it(
    number: str, happens: str, tests: str
) -> None:
    assert happens.endswith(".")
    named = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", tests)
    assert named
    assert len(named) == tests.count("`") / 2
    for path, name in named:
        assert number in _carried(ROOT / path, name), f"{path}::{name} does not carry {number}"


def _carried(path: Path, name: str) -> set[str]:
    """The numbers that a test carries: in its sentence, or in the names of its cases."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            decorators = (ast.unparse(one) for one in node.decorator_list)
            return _numbers(" ".join((ast.get_docstring(node) or "", *decorators)))
    pytest.fail(f"{path.name} has no {name}")


def _numbers(text: str) -> set[str]:
    found = set()
    for first, last in SPAN.findall(text):
        found.update(f"F{number:02}" for number in range(int(first), int(last or first) + 1))
    return found
