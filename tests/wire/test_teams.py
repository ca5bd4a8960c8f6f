"""Counsellors' groups: linked, left, muted, moved, and in danger."""

from datetime import timedelta

import pytest

from bot.core.referral import Back, Ended, Ending, Waiting
from bot.core.team import Caution, Danger
from bot.exchange import (
    BotStanding,
    ColleagueLeft,
    GroupMoved,
    Preflight,
)
from tests.wire.office import ANA, BEN, GROUP, SERVICE, Office


def test_an_administrator_with_an_invitation_is_the_first_colleague(office: Office) -> None:
    office.link()
    linked = office.team()
    assert linked is not None
    assert (linked.services, [one.person for one in linked.crew]) == ((SERVICE,), [ANA])
    assert office.stands(f"team:{SERVICE}") == {"welcome": GROUP}


@pytest.mark.parametrize(
    ("code", "administrator"), [("CODEwrong", True), (f"CODE{SERVICE}", False), ("", True)]
)
def test_without_a_code_or_the_right_nothing_is_linked(
    office: Office, code: str, *, administrator: bool
) -> None:
    with office.store.turn(office.clock()) as transaction:
        transaction.teams.invite(
            f"CODE{SERVICE}".upper(), SERVICE, office.clock() + timedelta(hours=24)
        )
    office.use(code, administrator=administrator)
    assert office.team() is None


def test_a_code_that_failed_for_somebody_still_works_for_the_administrator(
    office: Office,
) -> None:
    with office.store.turn(office.clock()) as transaction:
        transaction.teams.invite("LETMEIN", SERVICE, office.clock() + timedelta(hours=24))
    office.use("LETMEIN", by=BEN, administrator=False)
    office.use("LETMEIN")
    assert office.team() is not None
    office.use("LETMEIN", group=GROUP - 1)
    assert office.team(GROUP - 1) is None


def test_one_service_has_one_group_and_the_code_is_not_lost(office: Office) -> None:
    office.link()
    office.link(group=GROUP - 1)
    assert office.team(GROUP - 1) is None
    with office.store.turn(office.clock()) as transaction:
        assert transaction.teams.redeem(f"CODE{SERVICE}".upper()) == SERVICE


def test_two_services_may_share_a_group(team: Office) -> None:
    team.link("opferperspektive")
    linked = team.team()
    assert linked is not None
    assert linked.services == (SERVICE, "opferperspektive")
    assert len(linked.crew) == 3


def test_whoever_leaves_the_group_gives_everything_back(team: Office) -> None:
    """F60."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.happens(ColleagueLeft(team.next, GROUP, ANA))
    stage = team.case(code).stage
    assert isinstance(stage, Waiting)
    assert stage.back is Back.LEFT
    assert "details:1" not in team.stands(code)
    team.taps(ANA, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Waiting)


def test_where_strangers_could_read_nothing_stands(team: Office) -> None:
    code = team.hands_over()
    team.service.looked(
        Preflight(GROUP, by_administrator=False, danger=Danger.PUBLIC, cautions=(), members=3)
    )
    assert f"card:{SERVICE}" not in team.stands(code)
    assert team.stands(f"team:{SERVICE}") == {"welcome": GROUP}
    team.service.looked(
        Preflight(
            GROUP, by_administrator=False, danger=None, cautions=(Caution.NO_TIMER,), members=3
        )
    )
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP


def test_a_group_in_danger_is_handed_nothing_new(team: Office) -> None:
    team.service.looked(
        Preflight(
            GROUP, by_administrator=False, danger=Danger.LINKED_CHANNEL, cautions=(), members=3
        )
    )
    with team.store.turn(team.clock()) as transaction:
        assert transaction.teams.linked() == {SERVICE: "nobody:3"}


def test_when_the_bot_is_thrown_out_the_person_is_told(team: Office) -> None:
    """F22."""
    code = team.hands_over()
    team.happens(BotStanding(team.next, GROUP, may_write=False, is_there=False))
    team.waits(minutes=1)
    stage = team.case(code).stage
    assert isinstance(stage, Ended)
    assert stage.how is Ending.NOT_DELIVERED
    assert team.team() is None
    assert "status:2" in team.stands(code)


def test_a_group_that_is_muted_for_a_moment_loses_nothing(team: Office) -> None:
    """F25."""
    code = team.hands_over()
    team.happens(BotStanding(team.next, GROUP, may_write=False, is_there=True))
    team.happens(BotStanding(team.next, GROUP, may_write=True, is_there=True))
    team.waits(minutes=2)
    assert isinstance(team.case(code).stage, Waiting)
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP


@pytest.mark.parametrize("first", ["thrown out", "moved"])
def test_an_upgrade_to_a_supergroup_loses_nothing_in_whatever_order(
    team: Office, first: str
) -> None:
    """F27."""
    code = team.hands_over()
    out = BotStanding(team.next, GROUP, may_write=False, is_there=False)
    moved = GroupMoved(team.next, GROUP, GROUP - 7)
    for update in (out, moved) if first == "thrown out" else (moved, out):
        team.happens(update)
    team.waits(minutes=2)
    assert isinstance(team.case(code).stage, Waiting)
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP - 7


def test_a_group_that_moves_takes_its_cards_along(team: Office) -> None:
    """F27: told twice."""
    code = team.hands_over()
    for _ in range(2):
        team.happens(GroupMoved(team.next, GROUP, GROUP - 7))
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP - 7
    moved = team.team(GROUP - 7)
    assert moved is not None
    assert len(moved.crew) == 3
