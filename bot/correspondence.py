"""What delivery asks of cases and teams: what a letter says now, and what a refusal means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.casework import Casework, is_late
from bot.core import case_events
from bot.core.letters import StatusView, View
from bot.core.team_views import TeamView
from bot.delivery.carrier import Reason
from bot.delivery.cases import Rendered
from bot.exchange import GroupMoved
from bot.groups import Groups
from bot.language.rendering import Renderer
from bot.record import readable
from bot.store.transaction import Transaction
from bot.talks import kept_of
from bot.teamwork import Teamwork


@dataclass(slots=True)
class Correspondence:
    """For one edition of the words after another; every method is within a transaction."""

    renderer: Renderer
    casework: Casework
    teamwork: Teamwork
    groups: Groups
    clock: Callable[[], datetime]

    def letter(self, transaction: Transaction, owner: str, slot: str) -> Rendered | None:
        """What should stand there now; None where consent or case are gone by now."""
        view = self._view(transaction, owner, slot)
        if view is None:
            return None
        book = self.casework.book
        return Rendered(
            self.renderer.letter(view, book),
            self.renderer.placeholder(view, book),
            # The person may keep and pass on what concerns them; nobody else may.
            protect=not isinstance(view, StatusView),
        )

    def refused(self, transaction: Transaction, owner: str, slot: str, reason: Reason) -> None:
        """The letter will never arrive: tell the case, so that somebody else is asked."""
        now = self.clock()
        if ":" in owner:
            if reason is Reason.CHAT_GONE:
                self.groups.lost(transaction, owner.partition(":")[2], now)
            return
        kind, _, rest = slot.partition(":")
        known = self.casework.find(transaction, owner)
        if known is None:
            return
        match kind:
            case "status" if reason is Reason.PERSON_GONE:
                event = case_events.PersonGone()
                self.casework.change(transaction, known, event, now)
            case "card" if known.referral.privately is None:
                self.groups.lost(transaction, rest, now)
            case "card":
                number = int(rest.rpartition(":")[2])
                self._unreachable(transaction, known.referral.privately or (), number, now)
            case "details":
                stage = known.referral.stage
                by = getattr(stage, "by", None)
                if by is not None:
                    self.groups.closed_private(transaction, by, now)
            case _:
                pass

    def moved(self, transaction: Transaction, old: int, new: int) -> None:
        """A group has another number now: want its letters there."""
        self.groups.moved(transaction, GroupMoved(0, old, new), self.clock())

    def fire(self, transaction: Transaction, owner: str, step: str) -> None:
        """The step is due."""
        if ":" in owner:
            self.groups.fire(transaction, owner.partition(":")[2], step, self.clock())
        else:
            self.casework.fire(transaction, owner, step, self.clock())

    def screens(self, transaction: Transaction, chat: int) -> frozenset[int]:
        """Numbers of our messages in this chat that are no letters."""
        kept = kept_of(transaction, chat)
        record = readable(kept.body) if kept else None
        return frozenset(record.numbers) if record else frozenset()

    def _view(self, transaction: Transaction, owner: str, slot: str) -> View | TeamView | None:
        now = self.clock()
        if ":" not in owner:
            return self.casework.view(transaction, owner, slot, now)
        own = self.teamwork.of_service(transaction, owner.partition(":")[2])
        if own is None:
            return None
        cases = (one.referral for one in self.casework.at(transaction, own.services))
        late = tuple(one for one in cases if is_late(one) and one.privately is None)
        return self.teamwork.view(own, owner, slot, late)

    def _unreachable(
        self, transaction: Transaction, people: tuple[int, ...], number: int, now: datetime
    ) -> None:
        if number < len(people) and people[number]:
            self.groups.closed_private(transaction, people[number], now)
