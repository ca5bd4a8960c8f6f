"""What a counsellor may write about closures, and what she is told."""

from datetime import date, datetime

import pytest

from bot.content import files
from bot.content.door_times import door_times
from bot.content.warnings import warnings
from bot.core.knowledge import Absence
from tests.content.conftest import Places

LAKE = "services/lake.yaml"
VALID = "  valid: {from: 2024-01-01, to: 2027-12-31}\n"


def closed(folder, *lines: str) -> list[str]:
    """The problems after these closures were written into the first service."""
    written = "".join(f"    - {line}\n" for line in lines)
    folder.edit(LAKE, VALID, f"{VALID}  absences:\n{written}")
    return folder.problems()


def test_closures_come_in_the_order_of_days(folder):
    assert (
        closed(folder, "{from: 2027-05-01, to: 2027-05-01}", "{from: 2026-12-21, to: 2027-01-02}")
        == []
    )
    assert folder.load().services["mbe_lake"].absences == (
        Absence(date(2026, 12, 21), date(2027, 1, 2)),
        Absence(date(2027, 5, 1), date(2027, 5, 1)),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["{from: 2027-01-02, to: 2026-12-21}"],
            (
                "services/lake.yaml:26:30: The closure ends on 2026-12-21 before it begins on "
                "2027-01-02. Put the earlier date under `from`."
            ),
        ),
        (
            ["{from: 2026-12-21, to: 2027-12-22}"],
            (
                "services/lake.yaml:26:30: From 2026-12-21 to 2027-12-22 is more than a year. "
                "If the service ends, write `valid: {to: 2026-12-20}`."
            ),
        ),
        (
            ["{from: 2026-12-21, to: 2027-01-02}", "{from: 2026-12-01, to: 2026-12-21}"],
            (
                "services/lake.yaml:26:14: From 2026-12-21 on it is closed already, "
                "until 2026-12-21. Write one line for both."
            ),
        ),
        (
            ["{from: 2026-12-21}"],
            "services/lake.yaml:26:7: `to` is missing. Add `to:`.",
        ),
        (
            ["{from: 2026-12-21, till: 2027-01-02}"],
            "services/lake.yaml:26:26: There is no field `till` here.",
        ),
    ],
    ids=["ends before it begins", "longer than a year", "twice", "no end", "another field"],
)
def test_what_cannot_be_is_named_with_its_line(folder, lines, expected):
    found = closed(folder, *lines)
    assert [one for one in found if one.startswith(expected)], found


def test_what_is_over_is_a_warning(folder):
    assert closed(folder, "{from: 2026-12-21, to: 2027-01-02}") == []

    def found(today: date) -> list[str]:
        return [str(one) for one in warnings(files.read(folder.path), today, Places())]

    expected = (
        "services/lake.yaml:26:7: The closure from 2026-12-21 to 2027-01-02 is over. Take it out."
    )
    assert expected in found(date(2027, 1, 3))
    assert expected not in found(date(2027, 1, 2))


def test_what_the_hours_mean_today_knows_of_closures(folder):
    assert closed(folder, "{from: 2026-12-21, to: 2027-01-02}") == []
    now = datetime.fromisoformat("2026-12-22T10:00+01:00")
    times = next(one for one in door_times(folder.load(), now) if one.door == "mbe_lake")
    assert str(times.sentence()) == (
        "mbe_lake: today 10:00 closed until 04.01. 09:00; 25.12. closed (public holiday)"
    )
