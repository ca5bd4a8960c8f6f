"""Two things at the same moment, or one thing again: there is one story, and everybody hears it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core import desk, events
from bot.core.buttons import decode
from bot.core.move import Reply
from bot.core.referral import Back, Card, Ended, Ending, Taken, Waiting
from bot.core.state import ConsentPage, Conversation
from bot.delivery.carrier import Reason
from bot.exchange import AtTheDesk, ColleagueLeft, GoAway, Incoming
from bot.record import readable
from bot.service import Service
from tests.wire.office import ANA, BEN, CEM, GROUP, PERSON, SERVICE, TALK, Office


def to_the_page(office: Office) -> str:
    """The talk up to the page that asks; the code on its button."""
    office.person(events.Started())
    for answer in TALK:
        office.person(f"a:{answer}")
    return page(office)


def page(office: Office) -> str:
    """Opens the page that asks; the code on its button."""
    office.person(f"c:{SERVICE}")
    shown = talk(office).page
    assert isinstance(shown, ConsentPage)
    return shown.code


def talk(office: Office) -> Conversation:
    with office.store.turn(office.clock()) as transaction:
        kept = transaction.conversation(PERSON)
    record = readable(kept.body) if kept else None
    assert record is not None
    return record.conversation


def codes(office: Office, person: int = PERSON) -> list[str]:
    """The cases that the person has."""
    with office.store.turn(office.clock()) as transaction:
        return [one.referral.code for one in office.service.casework.of(transaction, person)]


def yes(office: Office, code: str) -> Incoming:
    event = decode(f"y:{SERVICE}:{code}")
    return Incoming(office.next, PERSON, PERSON, "uk", event, tap="tap")


def at_the_desk(office: Office, who: int, data: str) -> AtTheDesk:
    tap = desk.decode(data)
    assert tap is not None
    return AtTheDesk(office.next, who, GROUP, in_group=True, phone_language="", what=tap, tap="t")


def said(office: Office, reply: Reply) -> str:
    return office.service.renderer.said(reply, office.service.book)


def reads(office: Office, code: str) -> bool:
    """Whether delivery would now send the details."""
    slots = [slot for slot in office.stands(code) if slot.startswith("details")]
    with office.store.turn(office.clock()) as transaction:
        letter = office.service.correspondence.letter
        return any(letter(transaction, code, slot) is not None for slot in slots)


def test_a_yes_that_comes_a_hundred_times_makes_one_case(team: Office) -> None:
    """F43, I2: in one batch, in many, and in another process."""
    agreed = yes(team, to_the_page(team))
    team.service.handle([agreed] * 50)
    for _ in range(25):
        team.service.handle([agreed])
    (code,) = codes(team)
    after = team.case(code)
    again = _restarted(team)
    for _ in range(25):
        again.handle([agreed])
    assert codes(team) == [code]
    assert team.case(code) == after


def test_a_tap_that_comes_again_takes_no_mark_back(office: Office) -> None:
    """F43: a second time it would mean the opposite."""
    for tap in ("a:concern:wellbeing", "a:place:12052000", "a:age:27_plus", "a:status:asylum"):
        office.person(tap)
    office.person("m:more")
    marks = Incoming(office.next, PERSON, PERSON, "uk", decode("t:needs:violence"), tap="tap")
    for _ in range(2):
        office.service.handle([marks, marks])
    office.person("d:needs")
    assert talk(office).case["needs.violence"] == "yes"


def test_a_yes_whose_answer_came_late_and_is_tapped_again_makes_one_case(team: Office) -> None:
    """F46, I2: two taps, each with a number of its own."""
    code = to_the_page(team)
    team.service.handle([yes(team, code), yes(team, code)])
    team.service.handle([yes(team, code)])
    assert codes(team) == [code]


@pytest.mark.parametrize("first", ["claim", "decline:no_capacity"])
def test_of_two_buttons_at_once_the_first_one_counts(team: Office, first: str) -> None:
    """F46: the other colleague hears what became of it, and nothing more happens."""
    code = team.hands_over()
    second = "decline:no_capacity" if first == "claim" else "claim"
    _, answer = team.service.handle(
        [at_the_desk(team, ANA, f"k:{code}:{first}"), at_the_desk(team, BEN, f"k:{code}:{second}")]
    )
    stage = team.case(code).stage
    if first == "claim":
        assert isinstance(stage, Taken)
        assert stage.by == ANA
        assert answer.toast
    else:
        assert isinstance(stage, Ended)
        assert answer.toast == said(team, Reply.ENDED)
    assert reads(team, code) is (first == "claim")


@pytest.mark.parametrize("faster", ["person", "counsellor"])
def test_taken_back_in_the_batch_of_the_claim(team: Office, faster: str) -> None:
    """F58: nothing of the person is read afterwards, and the claimer is told what is true."""
    code = team.hands_over()
    claim = at_the_desk(team, ANA, f"k:{code}:claim")
    back = Incoming(team.next, PERSON, PERSON, "uk", decode(f"u:{code}"), tap="tap")
    answers = team.service.handle([back, claim] if faster == "person" else [claim, back])
    (toast,) = (one.toast for one in answers if one.person == ANA)
    assert toast == said(team, Reply.TAKEN_BACK if faster == "person" else Reply.YOURS)
    after = team.case(code)
    assert isinstance(after.stage, Ended)
    assert after.stage.how is Ending.TAKEN_BACK
    assert after.card == Card((), ())
    assert reads(team, code) is (faster == "counsellor"), "how it ended, and nothing else"


def _restarted(office: Office) -> Service:
    service = office.service
    clock, fresh = service.clock, service.fresh
    return Service(service.book, office.store, service.renderer, service.ears, clock, fresh)


def test_an_old_yes_sends_nothing_after_everything_was_erased(team: Office) -> None:
    """F48."""
    old = to_the_page(team)
    team.person(events.Erased())
    team.clock.goes_on(minutes=1)
    (order,) = team.service.handle([yes(team, old)])
    assert codes(team) == []
    assert order.taps == ("tap",)


def test_an_old_yes_sends_nothing_once_the_case_is_taken_back(team: Office) -> None:
    """F48."""
    code = team.hands_over()
    team.person(f"u:{code}")
    team.service.handle([yes(team, code)])
    assert codes(team) == [code]
    assert not team.case(code).is_open


def test_the_yes_of_an_older_page_shows_the_page_again(team: Office) -> None:
    """F47: since then another answer stands there, to which nobody has said yes."""
    old = to_the_page(team)
    for tap in ("b", "e:crisis", "a:crisis:no"):
        team.person(tap)
    new = page(team)
    team.service.handle([yes(team, old)])
    assert codes(team) == []
    team.service.handle([yes(team, new)])
    assert codes(team) == [new]


@pytest.mark.parametrize("private", [True, False])
def test_who_leaves_between_the_claim_and_the_details_reads_none(
    team: Office, *, private: bool
) -> None:
    """F60: others get it again, and the group is not told who it was."""
    code = team.hands_over()
    who = ANA if private else CEM
    team.taps(who, f"k:{code}:claim")
    assert reads(team, code) is private
    team.happens(ColleagueLeft(team.next, GROUP, who))
    team.opens_private(who)
    assert not reads(team, code)
    assert who not in team.stands(code).values()
    assert isinstance(team.case(code).stage, Waiting)
    team.taps(BEN, f"k:{code}:claim")
    assert reads(team, code)


def test_who_is_silent_is_reminded_once_and_then_the_others_get_it_once(team: Office) -> None:
    """F61, I9: taken on a Monday; the service is open on Tuesdays and Thursdays until one."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    before = team.case(code)
    nudged, given_on = [], []
    for _ in range(9 * 24 * 2):
        team.waits(minutes=30)
        case = team.case(code)
        if case.calls > before.calls:
            nudged.append(team.clock())
        if isinstance(case.stage, Waiting) and not isinstance(before.stage, Waiting):
            assert case.stage.back is Back.SILENT
            assert case.news == before.news + 1
            given_on.append(team.clock())
        before = case
    # Half past the hour is when this test looks.
    assert nudged == [datetime(2026, 11, 24, 12, 0, tzinfo=UTC)]
    assert given_on == [datetime(2026, 12, 1, 12, 0, tzinfo=UTC)]
    assert not reads(team, code)
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP


def test_a_claim_whose_details_cannot_be_sent_is_undone(team: Office) -> None:
    """F62, F20: the private chat was open once, and is not any more."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    with team.store.turn(team.clock()) as transaction:
        team.service.correspondence.refused(transaction, code, "details:1", Reason.PERSON_GONE)
    stage = team.case(code).stage
    assert isinstance(stage, Waiting)
    assert stage.back is Back.LEFT
    assert ANA not in team.stands(code).values()
    # Who claims again is first asked to open the private chat.
    toast = team.taps(ANA, f"k:{code}:claim")
    assert toast == said(team, Reply.OPEN_PRIVATE)
    assert not reads(team, code)


def _without_the_service(office: Office) -> None:
    service = office.service
    rest = {name: one for name, one in service.book.services.items() if name != SERVICE}
    service.renew(replace(service.book, services=rest), service.renderer, service.ears)


@pytest.mark.parametrize("taken", [False, True])
def test_a_service_that_the_knowledge_loses_leaves_its_cases_to_their_end(
    team: Office, *, taken: bool
) -> None:
    """F63: what was sent stands, whoever has it goes on, and the person is told how it ends."""
    code = team.hands_over()
    if taken:
        team.taps(ANA, f"k:{code}:claim")
    sent = team.case(code).card
    _without_the_service(team)
    team.waits(minutes=1)
    assert team.case(code).card == sent
    _renders(team, code)
    if not taken:
        assert team.taps(ANA, f"k:{code}:claim") == said(team, Reply.YOURS)
    assert reads(team, code)
    _renders(team, code)
    team.taps(ANA, f"k:{code}:done", in_group=False)
    stage = team.case(code).stage
    assert isinstance(stage, Ended)
    assert stage.how is Ending.DONE
    _renders(team, code)


def test_who_is_away_from_a_lost_service_can_still_give_the_cases_back(team: Office) -> None:
    """F63: also, somebody may still join who takes what is left."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    _without_the_service(team)
    team.taps(99, f"k:{SERVICE}:join")
    linked = team.team()
    assert linked is not None
    assert linked.colleague(99) is not None
    team.types(ANA, GoAway(date(2026, 12, 24)))
    team.taps(ANA, f"k:{SERVICE}:away:release", in_group=False)
    assert isinstance(team.case(code).stage, Waiting)


def test_a_service_that_the_knowledge_loses_answers_nobody_and_the_person_hears_it(
    team: Office,
) -> None:
    """F63: when it was promised to them, and again at the end."""
    code = team.hands_over()
    before = team.case(code)
    _without_the_service(team)
    for _ in range(2):
        team.waits(minutes=24 * 60)
    late = team.case(code)
    assert late.overdue
    assert late.news == before.news + 1
    for _ in range(6):
        team.waits(minutes=24 * 60)
    case = team.case(code)
    assert isinstance(case.stage, Ended)
    assert case.stage.how is Ending.EXPIRED
    assert case.news == late.news + 1
    _renders(team, code)


def _renders(office: Office, code: str) -> None:
    """Every letter that stands can be written."""
    with office.store.turn(office.clock()) as transaction:
        for slot in [one.letter.slot for one in transaction.letters.of(code) if one.letter.wanted]:
            assert office.service.correspondence.letter(transaction, code, slot) is not None, slot


def test_who_blocks_the_bot_and_comes_back_soon_finds_the_case(team: Office) -> None:
    """F54, F18: meanwhile nothing is sent, and the counsellor keeps it."""
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.person(events.Stopped())
    assert PERSON not in team.stands(code).values()
    assert reads(team, code)
    team.clock.goes_on(hours=1)
    team.person(events.Started())
    assert PERSON in team.stands(code).values()


def test_who_comes_back_after_ninety_days_is_asked_everything_anew(team: Office) -> None:
    """F54: neither answers nor cases are known, and an old yes is none."""
    code = team.hands_over()
    team.person(events.Stopped())
    for _ in range(90):
        team.waits(minutes=24 * 60)
        team.service.sweep()
    team.person(events.Started())
    assert codes(team) == []
    team.service.handle([yes(team, code)])
    assert codes(team) == []
    assert team.hands_over() != code


def test_the_letter_changes_its_language_with_the_person(team: Office) -> None:
    """F55, I10."""
    code = team.hands_over()
    assert _status(team, code) != _status_in(team, code, "ar")
    assert team.case(code).language == "ar"


def _status_in(office: Office, code: str, language: str) -> str:
    office.person(f"l:{language}")
    return _status(office, code)


def _status(office: Office, code: str) -> str:
    (slot,) = (one for one in office.stands(code) if one.startswith("status"))
    with office.store.turn(office.clock()) as transaction:
        rendered = office.service.correspondence.letter(transaction, code, slot)
    assert rendered is not None
    return rendered.message.plain
