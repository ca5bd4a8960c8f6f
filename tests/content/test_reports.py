"""What is stale, what is open before real people come, and what opening hours mean today."""

from datetime import date, datetime

import pytest

from bot.content import files
from bot.content.door_times import door_times
from bot.content.launch import launch
from bot.content.stale import stale
from bot.content.tasks import Group, Level
from bot.sentence import english
from tests.content.conftest import DISTRICTS

TODAY = date(2026, 11, 23)
LAKE = "services/lake.yaml"


def _listed(groups: tuple[Group, ...]) -> dict[str, list[str]]:
    return {
        group.id: [str(task.problem) for task in group.tasks] for group in groups if group.tasks
    }


def _stale(folder, today: date = TODAY) -> dict[str, list[str]]:
    return _listed(stale(files.read(folder.path), today))


def _launch(folder, today: date = TODAY) -> dict[str, list[str]]:
    return _listed(launch(files.read(folder.path), DISTRICTS, today))


def test_a_confirmed_door_is_not_stale_whatever_its_evidence(folder):
    assert _stale(folder) == {
        "evidence": [
            (
                "hotlines.yaml:11:13: `police`: the evidence is of 2023. "
                "Look whether it still holds, or call there and confirm it."
            ),
            (
                "hotlines.yaml:22:13: `chat`: the evidence has no date. "
                "Look whether it still holds, or call there and confirm it."
            ),
        ]
    }


def test_after_a_year_rules_and_confirmations_are_stale(folder):
    assert "confirmations" not in _stale(folder, date(2027, 10, 1))
    assert _stale(folder, date(2027, 10, 2))["confirmations"] == [
        (
            "services/lake.yaml:23:18: `mbe_lake`: confirmed on 2026-10-01 by Leitung MBE. "
            "Call there and confirm it."
        )
    ]
    assert "rules" not in _stale(folder, date(2027, 11, 22))
    assert len(_stale(folder, date(2027, 11, 23))["rules"]) == 4


@pytest.mark.parametrize(
    ("day", "last"),
    [("2025", date(2026, 12, 31)), ("2025-11", date(2026, 11, 30)), ("2025-11-23", TODAY)],
)
def test_evidence_counts_until_the_last_day_that_it_may_mean(folder, day, last):
    folder.edit(LAKE, "date: '2025'", f"date: '{day}'")
    named = "`shelter_lake`: the evidence is of"
    assert not any(named in line for line in _stale(folder, last).get("evidence", ()))
    later = date.fromordinal(last.toordinal() + 1)
    assert any(named in line for line in _stale(folder, later)["evidence"])


def test_what_is_open_before_real_people_come_is_said_with_what_to_do(folder):
    assert _launch(folder) == {
        "emergency": [
            (
                "hotlines.yaml:1:3: `police`: nobody has confirmed 110. "
                "Look it up on its official page; then fill in `confirmed`."
            )
        ],
        "rules": [
            (
                "rules/base.yaml:19:3: `jobcentre_work`: Arbeit (§ 4 SGB II). "
                "Once it is confirmed, take `review` out and set `checked`."
            )
        ],
        "unconfirmed": [
            (
                "services/lake.yaml:34:7: `shelter_lake`: Frauenhaus. "
                "Call +49 3546 5678; then `clearing confirm shelter_lake --by ROLE`."
            )
        ],
        "hotlines": [
            (
                "hotlines.yaml:14:3: `chat`: nobody has confirmed https://www.example.org. "
                "Look at the page; then fill in `confirmed`."
            )
        ],
    }


def _level(folder, group: str) -> Level:
    (found,) = (one for one in launch(files.read(folder.path), DISTRICTS, TODAY) if one.id == group)
    return found.level if found.tasks else Level.REPORT


def test_an_empty_field_of_the_operator_must_be_filled(folder):
    folder.edit("region.yaml", "name: Verein Beispiel", 'name: ""')
    assert _launch(folder)["operator"] == [
        (
            "region.yaml:6:9: `name` of `operator` is empty. "
            "Fill it in: people are told who keeps their answers."
        )
    ]
    assert _level(folder, "operator") is Level.MUST


def test_somebody_of_the_migrationsfachdienst_must_be_confirmed(folder):
    folder.edit(LAKE, "confirmed: {date: 2026-10-01, by: Leitung MBE}", "confirmed: null")
    assert "Nobody has confirmed a single service" in _launch(folder)["members"][0]
    assert _level(folder, "members") is Level.MUST
    assert _level(folder, "unconfirmed") is Level.SHOULD


@pytest.mark.parametrize(
    ("edits", "group", "expected"),
    [
        (
            [("      phone: [03546 1234]\n", "")],
            "unconfirmed",
            "Write to mbe@example.org; then `clearing confirm mbe_lake --by ROLE`.",
        ),
        (
            [("      phone: [03546 1234]\n      email: mbe@example.org\n", "")],
            "unconfirmed",
            "Look for a number on https://www.example.org/mbe and call; ",
        ),
        (
            [
                ("      phone: [03546 1234]\n      email: mbe@example.org\n", ""),
                ("      website: https://www.example.org/mbe\n", ""),
            ],
            "unconfirmed",
            "Look for a number and call; then `clearing confirm mbe_lake",
        ),
        ([("confidence: medium", "confidence: low")], "withheld", "Call 03546 1234; then"),
        (
            [("  valid:", "  review: needed\n  valid:")],
            "review",
            "Once it is confirmed, take `review` out.",
        ),
    ],
)
def test_each_door_says_what_to_do_next(folder, edits, group, expected):
    folder.edit(LAKE, "confirmed: {date: 2026-10-01, by: Leitung MBE}", "confirmed: null")
    for old, new in edits:
        folder.edit(LAKE, old, new)
    (line, *_) = _launch(folder)[group]
    assert "`mbe_lake`" in line
    assert expected in line


def test_a_district_without_a_door_is_named(folder):
    assert "districts" not in _launch(folder)
    folder.edit(LAKE, "to: 2027-12-31", "to: 2026-11-22")
    assert _launch(folder)["districts"] == [
        (
            "services: Dahme-Spreewald (12061): no door is shown. "
            "Ask its integration officer who advises there, and add a service."
        )
    ]


def test_tasks_are_sorted_by_district_for_people_and_programs(folder):
    folder.edit(LAKE, "confirmed: {date: 2026-10-01, by: Leitung MBE}", "confirmed: null")
    rows = [
        row
        for group in launch(files.read(folder.path), DISTRICTS, TODAY)
        for row in group.rows(english)
    ]
    areas = {row["area"] for row in rows if row["group"] == "unconfirmed"}
    assert areas == {"Dahme-Spreewald", "the whole state"}
    keys = {"file", "line", "column", "problem", "cure", "level", "group", "area"}
    assert all(set(row) == keys for row in rows)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            "2026-11-23T13:20+01:00",
            "mbe_lake: today 13:20 open until 16:00; 25.12. closed (public holiday)",
        ),
        (
            "2026-11-23T16:00+01:00",
            "mbe_lake: today 16:00 closed until 24.11. 09:00; 25.12. closed (public holiday)",
        ),
        (
            "2026-12-25T08:00+01:00",
            "mbe_lake: today 08:00 closed until 28.12. 09:00; 26.12. closed (public holiday)",
        ),
        (
            "2026-12-31T13:20+01:00",
            "mbe_lake: today 13:20 open until 16:00; 01.01. closed (public holiday)",
        ),
        (
            "2026-07-06T08:00+02:00",
            "mbe_lake: today 08:00 closed until 09:00; 03.10. closed (public holiday)",
        ),
    ],
)
def test_hours_say_what_they_mean_today_and_on_the_next_holiday(book, now, expected):
    times = {one.door: one for one in door_times(book, datetime.fromisoformat(now))}
    assert str(times["mbe_lake"].sentence()) == expected
    day_and_night = str(times["police"].sentence())
    assert "open day and night; " in day_and_night
    assert day_and_night.endswith("open day and night (public holiday)")


def test_hours_name_the_site_and_what_a_holiday_brings(folder):
    folder.edit(LAKE, "; PH off", "; PH 10:00-12:00")
    folder.edit(LAKE, "hours: 24/7", "hours: 2027 Jan 02 09:00-10:00")
    second = "    - phone: [+49 3546 9999]\n      evidence: {source: Rat, date: unknown, "
    text = (folder.path / LAKE).read_text(encoding="utf-8")
    folder.write(LAKE, f"{text}{second}confidence: high}}\n")
    now = datetime.fromisoformat("2026-11-23T13:20+01:00")
    said = [str(one.sentence()) for one in door_times(folder.load(), now)]
    assert said[:2] == [
        "mbe_lake: today 13:20 open until 16:00; 25.12. open 10:00\u201312:00 (public holiday)",
        (
            "shelter_lake, site 1: today 13:20 closed for the next two weeks; "
            "25.12. closed (public holiday)"
        ),
    ]


def test_hours_are_rows_for_programs(book):
    now = datetime.fromisoformat("2026-11-23T13:20+01:00")
    rows = {one.door: one.as_dict() for one in door_times(book, now)}
    assert rows["mbe_lake"] == {
        "door": "mbe_lake",
        "site": 0,
        "now": "2026-11-23T13:20+01:00",
        "state": "open",
        "until": "2026-11-23T16:00:00+01:00",
        "holiday": "2026-12-25",
        "holiday_hours": [],
    }
    assert rows["police"]["until"] is None
