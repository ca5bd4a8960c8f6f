"""Who will be without a known door, and when; on the shipped rules with services made for it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.core.hours import ClosedUntil, HoursNow, OpenDay
from bot.core.knowledge import Absence, Book, Confirmed, Evidence, Service, Site
from bot.proof.future import Cause, Days, Future, foresee
from bot.proof.outlook import Outlook
from bot.proof.places import place_classes
from bot.proof.proof import Proof
from bot.proof.verdict import judge
from bot.proof.walk import branches

TODAY = date(2026, 11, 24)
YEAR = Days(TODAY, date(2027, 11, 23))
STALE = timedelta(days=365)
PRIGNITZ = "12070"


class Mondays:
    """Open from nine to ten on Mondays."""

    def at(self, now: datetime) -> HoursNow:
        return ClosedUntil(now)

    def always(self) -> bool:
        return False

    def week(self, now: datetime) -> tuple[OpenDay, ...]:
        days = (now.date() + timedelta(days=number) for number in range(7))
        span = ((time(9), time(10)),)
        return tuple(OpenDay(day, span if day.weekday() == 0 else ()) for day in days)


def service(name: str = "jmd_lake", **changes: object) -> Service:
    """A youth migration service in the Prignitz, of which everything is known."""
    site = Site(
        None,
        ("+49 3876 1234",),
        None,
        None,
        None,
        False,  # noqa: FBT003 - a value of the site
        Evidence("https://lake.example", "2026-10-01", "high"),
        None,
    )
    lake = Service(
        id=name,
        name="JMD am See",
        provider="Verein",
        public=False,
        offers=("jmd",),
        statewide=False,
        districts=frozenset({PRIGNITZ}),
        municipalities=frozenset(),
        who=None,
        languages=(),
        shelter=False,
        sites=(site,),
        valid_from=None,
        valid_to=None,
    )
    return replace(lake, **changes)


def future(book: Book, *services: Service, days: Days = YEAR) -> Future:
    """Of all who ask for work, with no other services than these."""
    book = replace(book, services={one.id: one for one in services})
    places = place_classes(book)
    (work,) = (part for part in branches(book) if part[0]["concern"] == "work")
    proof = Proof(judge(Outlook(book, places, days.first), work), places)
    return foresee(proof, book, days, {date(2026, 12, 25)}, STALE)


def test_who_keeps_a_door_has_no_gap(book: Book) -> None:
    assert future(book, service()).gaps == ()


def test_from_the_day_after_the_end_young_people_have_no_door(book: Book) -> None:
    ending = service(valid_to=date(2026, 12, 31))
    found = future(book, ending)
    places = place_classes(replace(book, services={ending.id: ending}))
    assert found.changes == (date(2027, 1, 1),)
    assert found.leaves_somebody_alone
    assert {gap.day for gap in found.gaps} == {date(2027, 1, 1)}
    assert {gap.cause for gap in found.gaps} == {Cause.ENDS}
    assert {gap.service_type for gap in found.gaps} == {"jmd"}
    for gap in found.gaps:
        assert "26 Jahre" in gap.because
        assert gap.case["concern"] == "work"
        keys = {places[n].district for n in range(len(places)) if gap.places >> n & 1}
        assert keys == {PRIGNITZ}


def test_a_second_service_keeps_the_door_open(book: Book) -> None:
    ending = service(valid_to=date(2026, 12, 31))
    assert not future(book, ending, service("jmd_two")).gaps
    following = service("jmd_two", valid_from=date(2027, 1, 1))
    assert not future(book, ending, following).gaps
    late = service("jmd_two", valid_from=date(2027, 2, 1))
    found = future(book, ending, late)
    assert found.changes == (date(2027, 1, 1), date(2027, 2, 1))
    assert {gap.day for gap in found.gaps} == {date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        # From Monday to Friday, so that no weekend makes it longer at both ends.
        ((date(2026, 12, 14), date(2026, 12, 18)), (date(2026, 12, 12), date(2026, 12, 20))),
        # The 24th is a Thursday; the holiday and the weekend follow.
        ((date(2026, 12, 24), date(2026, 12, 24)), None),
        ((date(2026, 12, 23), date(2026, 12, 24)), (date(2026, 12, 23), date(2026, 12, 27))),
    ],
)
def test_days_on_end_without_an_open_door_are_told(
    book: Book, closed: tuple[date, date], expected: tuple[date, date] | None
) -> None:
    found = future(book, service(absences=(Absence(*closed),)))
    assert not found.leaves_somebody_alone
    assert {(gap.day, gap.until) for gap in found.gaps} == ({expected} if expected else set())


def test_hours_that_are_known_count(book: Book) -> None:
    """Who opens on Mondays only is closed for six days each week; so it is told each week."""
    (site,) = service().sites
    mondays = service(sites=(replace(site, hours=Mondays()),))
    found = future(book, mondays, days=Days(TODAY, TODAY + timedelta(days=14)))
    begun = {gap.day for gap in found.gaps}
    assert begun == {date(2026, 11, 24), date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("evidence", "confirmed", "day"),
    [
        ("2026-10-01", None, date(2027, 10, 2)),
        ("2026-01", None, date(2027, 2, 1)),
        ("2025", None, date(2027, 1, 1)),
        ("2024", None, None),
        ("unknown", None, None),
        ("2019", date(2026, 11, 1), date(2027, 11, 2)),
    ],
)
def test_from_when_what_we_know_is_old(
    book: Book, evidence: str, confirmed: date | None, day: date | None
) -> None:
    (site,) = service().sites
    site = replace(
        site,
        evidence=replace(site.evidence, date=evidence),
        confirmed=Confirmed(confirmed, "Leitung") if confirmed else None,
    )
    found = future(book, service(sites=(site,)))
    assert dict(found.stale) == ({day: ("jmd_lake",)} if day else {})


@pytest.mark.parametrize("last", [date(2026, 12, 25), date(2026, 12, 27), date(2026, 12, 31)])
def test_an_end_is_told_as_an_end_and_not_as_a_closure_too(book: Book, last: date) -> None:
    """Also where the last day is a holiday or at a weekend."""
    found = future(book, service(valid_to=last))
    assert {(gap.cause, gap.until) for gap in found.gaps} == {(Cause.ENDS, None)}
