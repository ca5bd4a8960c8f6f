"""Where few services are known: who stands in for whom, and who is never shown to whom."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.case import Case
from bot.core.findings import findings
from bot.core.knowledge import Book, Service
from bot.core.responsibility import Door, Doors, Ground, doors

TODAY = date(2026, 11, 24)
DISTRICT = "12073"
TOWN = "12073532"

PEOPLE: dict[str, Case] = {
    "mbe": {"concern": "work", "age": "27_plus", "status": "permit"},
    "jmd": {"concern": "work", "age": "18_to_26", "status": "permit"},
    "settled_advice": {
        "concern": "arrival",
        "age": "27_plus",
        "status": "repatriate",
        "stay": "first_weeks",
    },
    "refugee_advice": {"concern": "work", "age": "27_plus", "status": "asylum"},
    "special_advice": {
        "concern": "work",
        "age": "27_plus",
        "status": "asylum",
        "needs.trauma": "yes",
    },
}
"""Somebody for whom this kind of service is responsible."""

COVERS = (
    ("settled_advice", "mbe"),
    ("mbe", "settled_advice"),
    ("mbe", "jmd"),
    ("refugee_advice", "special_advice"),
    ("special_advice", "refugee_advice"),
)
"""Who stands in for whom; Handreichung 2006, 1.2 a, 1.3, 1.4 b and c."""


@pytest.mark.parametrize(("there", "missing"), COVERS)
def test_the_only_service_of_a_complete_district_stands_in(
    there: str, missing: str, book: Book
) -> None:
    only = village(book, service(book, there), complete=True)
    doors_of_it = [door for door in at(only, missing).every() if door.service_type == missing]
    stand_in = next(door for door in doors_of_it if door.id == "the_only_one")
    assert (stand_in.ground, stand_in.sure) == (Ground.STANDS_IN, False)


@pytest.mark.parametrize(("there", "missing"), COVERS)
def test_who_stands_in_comes_before_the_directory(there: str, missing: str, book: Book) -> None:
    only = village(book, service(book, there), complete=True)
    assert of_kind(at(only, missing), missing).id == "the_only_one"


@pytest.mark.parametrize("there", PEOPLE)
@pytest.mark.parametrize("missing", PEOPLE)
def test_nobody_else_stands_in(there: str, missing: str, book: Book) -> None:
    if there == missing or (there, missing) in COVERS:
        return
    only = village(book, service(book, there), complete=True)
    grounds = {door.ground for door in at(only, missing).every() if door.service_type == missing}
    assert Ground.STANDS_IN not in grounds


@pytest.mark.parametrize(("there", "missing"), COVERS)
def test_absence_in_our_data_is_not_absence_in_the_world(
    there: str, missing: str, book: Book
) -> None:
    """Where nobody says that the district is complete, the directory comes first."""
    only = village(book, service(book, there), complete=False)
    door = of_kind(at(only, missing), missing)
    assert (door.id, door.ground) == (missing, Ground.FINDER)


def test_a_member_that_is_not_responsible_can_say_who_is(book: Book) -> None:
    only = village(book, service(book, "mbe"), complete=False)
    grounds = {door.id: (door.ground, door.sure) for door in at(only, "refugee_advice").lead}
    assert grounds["the_only_one"] == (Ground.CLEARING_POINT, False)


def test_an_advice_service_that_the_district_runs_is_the_first_door_of_an_asylum_seeker(
    book: Book,
) -> None:
    public = village(book, service(book, "refugee_advice", public=True), complete=False)
    assert at(public, "refugee_advice").lead[0].id == "the_only_one"


def test_nobody_without_papers_is_shown_an_advice_service_that_the_district_runs(
    book: Book,
) -> None:
    for there in ("refugee_advice", "mbe", "special_advice"):
        public = village(book, service(book, there, public=True), complete=True)
        case = {**PEOPLE["special_advice"], "status": "none"}
        assert "the_only_one" not in {door.id for door in at(public, case=case).every()}


def test_who_does_not_tell_the_status_finds_what_the_district_runs_behind_the_button_only(
    book: Book,
) -> None:
    public = village(book, service(book, "refugee_advice", public=True), complete=False)
    silent = {"status": "?", "stay": "?", "crisis": "?"}
    every = at(public, case={**PEOPLE["refugee_advice"], **silent})
    assert "the_only_one" in {door.id for door in every.behind if door.may_report}
    front = (*every.first, *every.lead, *every.also, *every.partners)
    assert "the_only_one" not in {door.id for door in front}


def test_the_service_of_the_own_town_comes_before_that_of_the_district(book: Book) -> None:
    whole = service(book, "mbe")
    town = replace(whole, id="town", districts=frozenset(), municipalities=frozenset({TOWN}))
    both = village(book, whole, town, complete=False)
    assert [door.id for door in at(both, "mbe").lead] == ["town", "the_only_one"]


def test_the_service_of_another_district_is_no_door(book: Book) -> None:
    other = replace(service(book, "mbe"), districts=frozenset({"12051"}))
    only = village(book, other, complete=False)
    assert "the_only_one" not in {door.id for door in at(only, "mbe").every()}


@pytest.mark.parametrize("status", ["none", "?", "asylum"])
def test_a_child_alone_is_shown_the_youth_office_of_the_district_whatever_the_paper(
    book: Book, status: str
) -> None:
    case = {
        "concern": "housing",
        "age": "12_to_17",
        "status": status,
        "needs.unaccompanied": "yes",
    }
    with_office = village(book, service(book, "youth_office", public=True), complete=False)
    first = at(with_office, case=case).first
    assert "the_only_one" in [door.id for door in first]


def service(book: Book, kind: str, *, public: bool = False) -> Service:
    """A made-up service of the district, as reachable as a real one."""
    real = next(
        one
        for one in book.services.values()
        if any(site.reachable and not site.withheld for site in one.sites)
    )
    return replace(
        real,
        id="the_only_one",
        public=public,
        offers=(kind,),
        statewide=False,
        districts=frozenset({DISTRICT}),
        municipalities=frozenset(),
        who=None,
        valid_from=None,
        valid_to=None,
    )


def village(book: Book, *services: Service, complete: bool) -> Book:
    """The book as if these were the only services in the world."""
    region = replace(book.region, complete=frozenset({DISTRICT} if complete else ()))
    return replace(book, region=region, services={one.id: one for one in services})


def at(book: Book, person: str = "", *, case: Case | None = None) -> Doors:
    whole = {"for_whom": "self", "place": TOWN, **(case or PEOPLE[person])}
    return doors(findings(whole, book), whole, book, TODAY)


def of_kind(every: Doors, kind: str) -> Door:
    return next(door for door in every.every() if door.service_type == kind)
