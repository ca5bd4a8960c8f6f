"""Who may do what with a case: every role, button and stage; what is not named is denied."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import case_events, desk
from bot.core.desk import Refusal, Tap, Verb
from bot.core.knowledge import Book
from bot.core.move import Reply, move
from bot.core.referral import (
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Referral,
    Taken,
)
from bot.core.team import Colleague, Team
from tests.core.case_lives import (
    ANNA,
    BEN,
    CARLA,
    CHOSEN,
    DAY,
    DEPUTY,
    NOW,
    PUBLIC,
    after,
    asked_deputy,
    handed_over,
    lives,
    offices,
    taken,
)

OURS = Team(-1, (CHOSEN,), (Colleague(ANNA, private=True), Colleague(BEN, private=True)))
DEPUTYS = Team(-2, (DEPUTY,), (Colleague(CARLA, private=True),))
ELSEWHERE = Team(-3, (PUBLIC,), (Colleague(31, private=True),))

ROLES = {
    "stranger": (99, OURS),
    "anonymous": (0, OURS),
    "colleague of another service": (31, ELSEWHERE),
    "colleague": (BEN, OURS),
    "claimer": (ANNA, OURS),
    "colleague of the deputy": (CARLA, DEPUTYS),
}
BUTTONS = (
    "claim",
    "release",
    "decline",
    "decline:back",
    "decline:no_capacity",
    "reached",
    "unreached",
    "done",
    "say",
    "say:longer",
    "say:appointment",
    "day:2026-12-01",
    "at:1030",
    "forward",
    "forward:closer",
    f"to:{DEPUTY}",
    "join",
    "away",
    "away:release",
)
ALWAYS = {"release", "reached", "unreached", "done", "say", "forward", "forward:closer"}
"""What whoever has it can do from every page."""
DECLINING = {"decline", "decline:no_capacity"}
WAITING = {"claim", "decline", "decline:no_capacity"}


@pytest.fixture(scope="session")
def office_book(book: Book) -> Book:
    return offices(book)


def stages(book: Book) -> dict[str, Referral]:
    claimed = after(handed_over(), book, case_events.Claimed(ANNA, private=False))
    return {
        "waiting": handed_over(),
        "why not": after(handed_over(), book, case_events.Turned(BEN, Page.DECLINE)),
        "deputy not asked": replace(handed_over(), deputy=DEPUTY),
        "deputy asked": asked_deputy(),
        "private chat closed": claimed,
        "taken": taken(book),
        "messages": _at_page(book, Page.SAY),
        "site": _at_page(book, Page.SITE),
        "day": _at_page(book, PickDay(0)),
        "time": _at_page(book, PickTime(0, DAY)),
        "reason": _at_page(book, Page.DECLINE),
        "why another": _at_page(book, Page.FORWARD),
        "which other": _at_page(book, PickService(Forward.CLOSER)),
        "over": after(taken(book), book, case_events.Finished(ANNA)),
        "taken back": after(taken(book), book, case_events.TakenBack()),
    }


def _at_page(book: Book, page: object) -> Referral:
    one = taken(book)
    assert isinstance(one.stage, Taken)
    return replace(one, stage=replace(one.stage, desk=page))


ALLOWED = {
    ("waiting", "colleague"): WAITING,
    ("waiting", "claimer"): WAITING,
    ("why not", "colleague"): {"claim", "decline:back", "decline:no_capacity"},
    ("why not", "claimer"): {"claim", "decline:back", "decline:no_capacity"},
    ("deputy not asked", "colleague"): WAITING,
    ("deputy not asked", "claimer"): WAITING,
    ("deputy asked", "colleague"): WAITING,
    ("deputy asked", "claimer"): WAITING,
    ("deputy asked", "colleague of the deputy"): WAITING,
    ("private chat closed", "claimer"): {"claim", "release", "decline:no_capacity"},
    ("taken", "claimer"): ALWAYS | DECLINING,
    ("messages", "claimer"): ALWAYS - {"say"}
    | DECLINING
    | {"claim", "decline:back", "say:longer", "say:appointment"},
    ("site", "claimer"): ALWAYS
    | DECLINING
    | {"claim", "decline:back", "say:longer", "say:appointment"},
    ("day", "claimer"): ALWAYS | DECLINING | {"claim", "decline:back", "day:2026-12-01"},
    ("time", "claimer"): ALWAYS | DECLINING | {"claim", "decline:back", "at:1030"},
    ("reason", "claimer"): ALWAYS | {"claim", "decline:back", "decline:no_capacity"},
    ("why another", "claimer"): ALWAYS - {"forward"} | DECLINING | {"claim", "decline:back"},
    ("which other", "claimer"): ALWAYS - {"forward:closer"}
    | DECLINING
    | {"claim", "decline:back", f"to:{DEPUTY}"},
}
"""(stage, role) -> the buttons that change something; all others change nothing."""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "stage",
    [
        "waiting",
        "why not",
        "deputy not asked",
        "deputy asked",
        "private chat closed",
        "taken",
        "messages",
        "site",
        "day",
        "time",
        "reason",
        "why another",
        "which other",
        "over",
        "taken back",
    ],
)
def test_what_is_not_allowed_is_denied(office_book: Book, stage: str, role: str) -> None:
    one = stages(office_book)[stage]
    by, team = ROLES[role]
    changing = set()
    for button in BUTTONS:
        said, then = _tapped(button, by, team, one, office_book)
        if then != one:
            changing.add(button)
            assert said in (Reply.DONE, Reply.YOURS), button
        else:
            assert said not in (Reply.YOURS, Reply.OPEN_PRIVATE) or stage == "private chat closed"
    assert changing == ALLOWED.get((stage, role), set())


def test_strangers_are_told_that_they_are_no_colleagues(office_book: Book) -> None:
    for one in stages(office_book).values():
        for role in ("stranger", "anonymous", "colleague of another service"):
            for button in BUTTONS:
                said, _ = _tapped(button, *ROLES[role], one, office_book)
                assert said is Refusal.NOT_A_COLLEAGUE


def test_others_are_told_why_not(office_book: Book) -> None:
    every = stages(office_book)
    said = [
        _tapped("claim", BEN, OURS, every["taken"], office_book)[0],
        _tapped("done", BEN, OURS, every["taken"], office_book)[0],
        _tapped("done", BEN, OURS, every["waiting"], office_book)[0],
        _tapped("claim", BEN, OURS, every["over"], office_book)[0],
        _tapped("claim", BEN, OURS, every["taken back"], office_book)[0],
        _tapped("done", ANNA, OURS, every["private chat closed"], office_book)[0],
        _tapped("say:longer", ANNA, OURS, every["taken"], office_book)[0],
    ]
    assert said == [
        Reply.SOMEBODY_ELSE,
        Reply.NOT_YOURS,
        Reply.NOT_YOURS,
        Reply.ENDED,
        Reply.TAKEN_BACK,
        Reply.OPEN_PRIVATE,
        Refusal.NOT_POSSIBLE,
    ]


@pytest.mark.parametrize(
    "button",
    [
        "decline:because",
        "say:hello",
        "say:appointment.9",
        "say:appointment.x",
        "day:tomorrow",
        "day:2026-13-45",
        "at:2599",
        "at:noon",
        "forward:because",
    ],
)
def test_a_value_that_no_button_has_means_nothing(office_book: Book, button: str) -> None:
    for one in stages(office_book).values():
        assert _tapped(button, ANNA, OURS, one, office_book)[1] == one


def test_a_team_for_both_services_works_for_the_one_that_was_chosen(office_book: Book) -> None:
    both = replace(OURS, services=(DEPUTY, CHOSEN))
    said, then = _tapped("claim", ANNA, both, asked_deputy(), office_book)
    assert said is Reply.YOURS
    assert then.office == CHOSEN


def test_whoever_has_five_open_cases_takes_no_sixth(office_book: Book) -> None:
    mine, others = taken(office_book), handed_over()
    over = after(mine, office_book, case_events.Finished(ANNA))
    assert desk.may_claim(ANNA, (mine,) * 4 + (others,) * 9 + (over,) * 9)
    assert not desk.may_claim(ANNA, (mine,) * 5)
    assert desk.may_claim(BEN, (mine,) * 5)


@given(
    st.from_regex(r"[A-Z2-9]{9}|[a-z0-9_]{1,24}", fullmatch=True),
    st.sampled_from(Verb),
    st.from_regex(r"[a-z0-9_.-]{0,24}", fullmatch=True),
)
def test_a_button_comes_back_as_it_was(subject: str, verb: Verb, value: str) -> None:
    data = desk.encode(Tap(subject, verb, value))
    assert len(data.encode()) <= 64
    assert desk.decode(data) == Tap(subject, verb, value)


@given(st.text(max_size=80) | st.text(max_size=40).map("k:R1:claim".__add__))
def test_what_no_button_says_is_nothing(data: str) -> None:
    tap = desk.decode(data)
    assert tap is None or desk.encode(tap).rstrip(":") == data.rstrip(":")


@given(st.sampled_from(Verb), st.text(max_size=30))
def test_nothing_that_somebody_forges_raises(office_book: Book, verb: Verb, value: str) -> None:
    for one in stages(office_book).values():
        for by, team in ROLES.values():
            event = desk.event(Tap("R1", verb, value), by, one, team, office_book)
            if not isinstance(event, Refusal):
                move(one, event, office_book, NOW)


def test_every_button_of_every_case_can_be_carried(office_book: Book) -> None:
    """Also of the longest service in the knowledge base."""
    longest = max(office_book.services, key=len)
    for verb in Verb:
        assert len(desk.encode(Tap("ABCDEFGH2", verb, longest))) <= 64


def test_a_second_tap_sends_no_second_message(office_book: Book) -> None:
    for one in lives(office_book, depth=1):
        _, first = _tapped("say:longer", ANNA, OURS, one, office_book)
        if first.exchange != one.exchange:
            said, second = _tapped("say:longer", ANNA, OURS, first, office_book)
            assert said is Refusal.NOT_POSSIBLE
            assert second == first


def test_a_time_of_day_travels_without_its_colon() -> None:
    assert desk.at_value(time(9, 5)) == "0905"


def _tapped(
    button: str, by: int, team: Team, one: Referral, book: Book
) -> tuple[Reply | Refusal, Referral]:
    tap = desk.decode(f"k:R1:{button}")
    assert tap is not None
    event = desk.event(tap, by, one, team, book)
    if isinstance(event, Refusal):
        return event, one
    moved = move(one, event, book, NOW)
    return moved.reply, moved.referral
