"""Phone numbers that can be dialled, and those in which something is missing."""

from datetime import date
from pathlib import Path

import pytest

from bot.content import files
from bot.content.warnings import warnings
from tests.content.conftest import Places

LAKE = "services/lake.yaml"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("03877 12", "`03877 12` has only 2 digits behind the area code 03877."),
        ("+49 (0)3877 12", "`+49 (0)3877 12` has only 2 digits behind the area code 03877."),
        ("033976 12", "`033976 12` has only 2 digits behind the area code 033976."),
        ("03877", "`03877` is not a phone number."),
        ("0800 1", "`0800 1` is not a phone number."),
        ("0151 1234", "`0151 1234` is not a phone number."),
    ],
)
def test_a_number_of_which_a_part_is_missing_is_refused(folder, written: str, expected: str):
    folder.edit(LAKE, "03546 1234", written)
    (problem,) = folder.problems()
    assert problem.startswith(f"{LAKE}:17:15: {expected}")


GENUINE = (
    *("110", "112", "115", "116 111", "116 117", "0800 1110550", "0800 111 0 111"),
    *("033841 319", "03546 1234", "030 902690", "0355 115", "+49 3877 951-0", "0151 23456789"),
)


@pytest.mark.parametrize("written", GENUINE)
def test_a_genuine_number_is_fine(folder, written: str):
    folder.edit(LAKE, "03546 1234", f"'{written}'")
    assert folder.problems() == []
    assert not [line for line in _warnings(folder) if "digits" in line]


def test_a_number_that_is_short_for_a_town_is_a_warning(folder):
    folder.edit(LAKE, "03546 1234", "03546 123")
    assert folder.problems() == []
    assert [line for line in _warnings(folder) if "digits" in line] == [
        (
            f"{LAKE}:17:15: `mbe_lake`: the phone number `03546 123` has only 3 digits behind the "
            "area code 03546. Check that none is missing; in small places it may be right."
        )
    ]


def _warnings(folder) -> list[str]:
    found = warnings(files.read(folder.path), date(2026, 11, 23), Places())
    return [str(warning) for warning in found]


def test_no_shipped_number_is_doubted():
    shipped = Path(__file__).parents[2] / "knowledge"
    found = warnings(files.read(shipped), date(2026, 11, 23), Places())
    assert not [str(one) for one in found if "digits" in str(one)]
