"""The counsellors' side of the service: their groups, their buttons, their commands."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.app import Kit
from bot.case_record import pack_case
from bot.casework import Known
from bot.core import desk, events
from bot.core.buttons import decode
from bot.core.referral import Back, Ended, Ending, Referral, Taken, Waiting
from bot.core.state import ConsentPage
from bot.core.team import Caution, Danger, Team
from bot.exchange import (
    AtTheDesk,
    BotStanding,
    ColleagueLeft,
    Delivery,
    DeskCommand,
    GoAway,
    GroupMoved,
    Incoming,
    Link,
    Preflight,
    Queue,
    ShowCase,
)
from bot.record import readable
from bot.sandbox import Clock
from bot.service import Service
from bot.store.store import Store

GROUP = -1_000_000_000_100
ANA, BEN, CEM = 71, 72, 73
PERSON = 1
SERVICE = "fluechtlingsrat"
YOUTH = "jmd_niederlausitz"
CHILD = (
    *("concern:school", "place:12052000", "age:12_to_17", "needs.unaccompanied:no"),
    *("status:permit", "crisis:no", "stay:under_3_years"),
)
TALK = ("concern:work", "place:12052000", "age:27_plus", "status:asylum", "crisis:yes")


@dataclass
class Office:
    """One service of the bot, and what happens there."""

    service: Service
    store: Store
    clock: Clock
    updates: int = 0
    said: list[Delivery] = field(default_factory=list)

    def link(self, service: str = SERVICE, by: int = ANA, group: int = GROUP) -> str:
        """With a new invitation; what the group is told."""
        code = f"CODE{service}".upper()
        with self.store.turn(self.clock()) as transaction:
            transaction.teams.invite(code, service, self.clock() + timedelta(hours=24))
        return self.use(code, by, group)

    def use(
        self,
        code: str,
        by: int = ANA,
        group: int = GROUP,
        *,
        administrator: bool = True,
        danger: Danger | None = None,
    ) -> str:
        seen = Preflight(group, administrator, danger, (), members=3)
        (answer,) = self.service.linked(self._update(by, Link(code.upper()), group), seen)
        assert answer.message is not None
        return answer.message.plain

    def opens_private(self, who: int) -> None:
        self.updates += 1
        self.service.handle([Incoming(self.updates, who, who, "de", events.Started())])

    def person(self, what: str | events.Event) -> None:
        self.updates += 1
        event = decode(what) if isinstance(what, str) else what
        self.service.handle([Incoming(self.updates, PERSON, PERSON, "uk", event)])

    def hands_over(self, service: str = SERVICE, talk: tuple[str, ...] = TALK) -> str:
        """The whole talk, up to the yes; the code."""
        self.person(events.Started())
        for answer in talk:
            self.person(f"a:{answer}")
        self.person(f"c:{service}")
        with self.store.turn(self.clock()) as transaction:
            kept = transaction.conversation(PERSON)
        record = readable(kept.body) if kept else None
        assert record is not None
        page = record.conversation.page
        assert isinstance(page, ConsentPage)
        code = page.code
        self.person(f"y:{service}:{code}")
        return code

    def taps(self, who: int, data: str, *, in_group: bool = True) -> str:
        """What the phone of this counsellor says."""
        tap = desk.decode(data)
        assert tap is not None
        (answer,) = self.service.handle([self._update(who, tap, GROUP if in_group else who)])
        return answer.toast

    def types(self, who: int, command: DeskCommand, *, in_group: bool = False) -> str:
        answers = self.service.handle([self._update(who, command, GROUP if in_group else who)])
        return "".join(one.message.plain for one in answers if one.message)

    def happens(self, update: ColleagueLeft | BotStanding | GroupMoved) -> None:
        assert self.service.handle([update]) == []

    def waits(self, minutes: int) -> None:
        """So long, and everything that becomes due happens."""
        self.clock.goes_on(minutes=minutes)
        now = self.clock()
        with self.store.turn(now) as transaction:
            for owner, step in transaction.timers.due(now, 100):
                assert transaction.timers.drop(owner, step)
                self.service.correspondence.fire(transaction, owner, step)

    def case(self, code: str) -> Referral:
        with self.store.turn(self.clock()) as transaction:
            known: Known | None = self.service.casework.find(transaction, code)
        assert known is not None
        return known.referral

    def team(self, group: int = GROUP) -> Team | None:
        with self.store.turn(self.clock()) as transaction:
            return self.service.teamwork.find(transaction, group)

    def stands(self, owner: str) -> dict[str, int]:
        """Slot -> chat, of the letters that should stand."""
        with self.store.turn(self.clock()) as transaction:
            letters = transaction.letters.of(owner)
        return {one.letter.slot: one.chat for one in letters if one.letter.wanted}

    @property
    def next(self) -> int:
        self.updates += 1
        return self.updates

    def _update(self, who: int, what: desk.Tap | DeskCommand, chat: int) -> AtTheDesk:
        return AtTheDesk(self.next, who, chat, chat < 0, "de", what, tap="tap")


@pytest.fixture
def office(clock: Clock, kit: Kit, tmp_path: Path) -> Iterator[Office]:
    store = Store.open(f"sqlite:///{tmp_path / 'clearing.db'}", tmp_path / "keys.db", os.urandom)
    service = Service(kit.book, store, kit.renderer("clearing_bot"), kit.ears, clock, os.urandom)
    yield Office(service, store, clock)
    store.close()


@pytest.fixture
def team(office: Office) -> Office:
    """Ana and Ben work there and have opened their private chats; Cem has not."""
    office.link()
    for who in (BEN, CEM):
        office.taps(who, f"k:{SERVICE}:join")
    for who in (ANA, BEN):
        office.opens_private(who)
    return office


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


def test_a_stranger_cannot_take_a_case(team: Office) -> None:
    code = team.hands_over()
    team.taps(99, f"k:{code}:claim")
    assert isinstance(team.case(code).stage, Waiting)


def test_an_administrator_who_hides_behind_the_group_cannot_take_a_case(team: Office) -> None:
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


def test_whoever_leaves_the_group_gives_everything_back(team: Office) -> None:
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
    code = team.hands_over()
    team.happens(BotStanding(team.next, GROUP, may_write=False, is_there=False))
    team.waits(minutes=1)
    stage = team.case(code).stage
    assert isinstance(stage, Ended)
    assert stage.how is Ending.NOT_DELIVERED
    assert team.team() is None
    assert "status:2" in team.stands(code)


def test_a_group_that_is_muted_for_a_moment_loses_nothing(team: Office) -> None:
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
    code = team.hands_over()
    out = BotStanding(team.next, GROUP, may_write=False, is_there=False)
    moved = GroupMoved(team.next, GROUP, GROUP - 7)
    for update in (out, moved) if first == "thrown out" else (moved, out):
        team.happens(update)
    team.waits(minutes=2)
    assert isinstance(team.case(code).stage, Waiting)
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP - 7


def test_a_group_that_moves_takes_its_cards_along(team: Office) -> None:
    code = team.hands_over()
    for _ in range(2):
        team.happens(GroupMoved(team.next, GROUP, GROUP - 7))
    assert team.stands(code)[f"card:{SERVICE}"] == GROUP - 7
    moved = team.team(GROUP - 7)
    assert moved is not None
    assert len(moved.crew) == 3


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
    code = team.hands_over()
    team.taps(ANA, f"k:{code}:claim")
    team.updates += 1
    team.service.handle([Incoming(team.updates, ANA, ANA, "de", events.Stopped())])
    assert isinstance(team.case(code).stage, Waiting)


def test_a_tap_that_comes_twice_is_answered_and_does_nothing_more(team: Office) -> None:
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
