"""A bot without a wire: one person, three counsellors, and what stands where."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.casework import Known
from bot.core import desk, events
from bot.core.buttons import decode
from bot.core.referral import Referral
from bot.core.state import ConsentPage
from bot.core.team import Danger, Team
from bot.exchange import (
    AtTheDesk,
    BotStanding,
    ColleagueLeft,
    Delivery,
    DeskCommand,
    GroupMoved,
    Incoming,
    Link,
    Preflight,
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
