"""What counsellors tap and type, and what becomes of it."""

from dataclasses import replace
from datetime import date

from bot.case_record import pack_case
from bot.core import desk, events
from bot.core.referral import Taken, Waiting
from bot.exchange import (
    AtTheDesk,
    GoAway,
    Incoming,
    Queue,
    ShowCase,
)
from tests.wire.office import ANA, BEN, CEM, CHILD, GROUP, PERSON, SERVICE, YOUTH, Office


def test_a_stranger_cannot_take_a_case(team: Office) -> None:
    code = team.hands_over()
    team.taps(99, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Waiting)


def test_an_administrator_who_hides_behind_the_group_cannot_take_a_case(team: Office) -> None:
    """F53."""
    code = team.hands_over()
    team.taps(0, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Waiting)


def test_who_takes_it_gets_the_details_and_the_person_hears_of_it(team: Office) -> None:
    code = team.hands_over()
    assert team.stands(code) == {f"card:{SERVICE}": GROUP, "status:1": PERSON}
    team.taps(ANA, f"k:{code}:claim")
    assert team.stands(code) == {
        f"card:{SERVICE}": GROUP,
        "details:1": ANA,
        "status:2": PERSON,
    }
    team.taps(BEN, f"k:{code}:claim")
    stage = team.case(code).stage
    assert isinstance(stage, Taken)
    assert stage.by == ANA


def test_without_a_private_chat_the_details_wait_for_it(team: Office) -> None:
    """F20."""
    code = team.hands_over()
    team.taps(CEM, f"k:{code}:claim")
    assert team.stands(code) == {f"card:{SERVICE}": GROUP, "status:1": PERSON}
    team.opens_private(CEM)
    assert team.stands(code)["details:1"] == CEM


def test_a_sixth_case_is_for_somebody_else(team: Office) -> None:
    code = team.hands_over()
    case = team.case(code)
    for number in range(desk.MOST_TAKEN):
        with team.store.turn(team.clock()) as transaction:
            other = f"OTHER000{number}"
            mine = Taken(ANA, team.clock())
            copy = replace(case, code=other, stage=mine, person=100 + number)
            transaction.referrals.add(
                other, copy.person, frozenset((SERVICE,)), pack_case(copy), copy.expires
            )
    team.taps(ANA, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Waiting)
    team.taps(BEN, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Taken)


def test_the_queue_tells_codes_and_nothing_of_the_person(team: Office) -> None:
    code = team.hands_over()
    queue = team.types(BEN, Queue())
    assert code in queue
    for secret in ("Cottbus", "Asyl", "Ukrain", "Arbeit"):
        assert secret not in queue


def test_who_is_no_counsellor_sees_where_they_stand(team: Office) -> None:
    code = team.hands_over()
    shown = team.types(PERSON, Queue())
    assert shown
    assert code not in shown


def test_the_details_come_again_to_who_has_the_case_and_to_nobody_else(team: Office) -> None:
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.types(ANA, ShowCase(code.lower()))
    assert team.stands(code)["details:2"] == ANA
    assert "Asyl" not in team.types(BEN, ShowCase(code))
    assert team.stands(code)["details:2"] == ANA


def test_who_is_away_can_give_the_cases_back(team: Office) -> None:
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.types(ANA, GoAway(date(2026, 12, 24)))
    team.taps(ANA, f"k:{SERVICE}:away:release", in_group=False)
    assert isinstance(team.case(code).stage, Waiting)


def test_a_colleague_who_stands_in_gets_the_cases(team: Office) -> None:
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.types(ANA, GoAway(date(2026, 12, 24)))
    team.taps(ANA, f"k:{SERVICE}:away:deputy", in_group=False)
    assert team.stands(f"away:{SERVICE}") == {"0": GROUP}
    team.taps(ANA, f"k:{SERVICE}:away:0")
    stage = team.case(code).stage
    assert isinstance(stage, Taken)
    assert stage.by == ANA
    team.taps(BEN, f"k:{SERVICE}:away:0")
    stage = team.case(code).stage
    assert isinstance(stage, Taken)
    assert stage.by == BEN
    assert BEN in team.stands(code).values()
    assert ANA not in team.stands(code).values()


def test_a_counsellor_who_blocks_the_bot_gives_everything_back(team: Office) -> None:
    """F18, F62."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.updates += 1
    team.service.handle([Incoming(team.updates, ANA, ANA, "de", events.Stopped())])
    assert isinstance(team.case(code).stage, Waiting)


def test_a_tap_that_comes_twice_is_answered_and_does_nothing_more(team: Office) -> None:
    """F43."""
    code = team.hands_over()
    tap = desk.decode(f"k:{code}:claim")
    assert tap is not None
    update = AtTheDesk(team.next, ANA, GROUP, in_group=True, phone_language="", what=tap, tap="t")
    team.service.handle([update])
    team.taps(ANA, f"k:{code}:release")
    (again,) = team.service.handle([update])
    assert again.taps == ("t",)
    assert isinstance(team.case(code).stage, Waiting)


def test_under_18_nothing_stands_in_the_group(team: Office) -> None:
    team.link(YOUTH)
    code = team.hands_over(YOUTH, CHILD)
    stands = team.stands(code)
    assert GROUP not in stands.values()
    assert {ANA, BEN} <= set(stands.values())
