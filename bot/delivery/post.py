"""What delivery reads and writes: every function is one step of one letter, within a turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.carrier import Reason
from bot.delivery.cases import Cases
from bot.delivery.parcels import Fill, Key, Parcel, Place, Stray, Sweep, TakeAway, Waiting
from bot.store.letters import Due
from bot.store.transaction import Transaction

SETTLES: Final = timedelta(seconds=10)
"""After so long what was lost on the way has arrived, or never will."""
PARKED: Final = timedelta(minutes=5)
"""How long a letter rests that our own fault keeps from going out."""


@dataclass(frozen=True, slots=True)
class Post:
    cases: Cases

    def due(self, turn: Transaction, now: datetime, limit: int) -> list[Waiting]:
        """What has work in it now, the most urgent first."""
        return [_waiting(due) for due in turn.letters.due(now, limit)]

    def standing(self, turn: Transaction) -> list[tuple[int, int]]:
        """Chat and number of every message that stands."""
        return turn.letters.standing()

    def next_due(self, turn: Transaction) -> datetime | None:
        """When the next of all has work; it may be in the past."""
        return turn.letters.next_due()

    def take(
        self, turn: Transaction, key: Key, chat: int, now: datetime, above: int | None
    ) -> Parcel | None:
        """What is to be done for it in this chat now, as its case is in this very turn.

        A placeholder is noted here as going out. `above`: its number will be higher.
        """
        found = _find(turn, key)
        if found is None or found.chat != chat or found.letter.due > now:
            return None
        letter = found.letter
        if letter.wanted and letter.wanted != letter.shown:
            rendered = self.cases.letter(turn, key.owner, key.slot)
            if rendered is None:
                return _withdrawn(turn, key, found)
            if letter.message is not None:
                return Fill(key, chat, letter.message, rendered.message, letter.wanted)
            newest = turn.letters.newest_in(chat)
            known = [number for number in (above, newest) if number is not None]
            turn.letters.sending(key.owner, key.slot, max(known, default=None))
            return Place(key, chat, rendered.placeholder, rendered.protect)
        if not letter.wanted and letter.message is not None:
            return TakeAway(key, chat, letter.message)
        return None

    def reserved(
        self, turn: Transaction, place: Place, number: int, now: datetime
    ) -> Parcel | None:
        """The placeholder is this message; what is to be done with it, rendered anew."""
        key = place.key
        found = _find(turn, key)
        if found is None or found.chat != place.chat or found.letter.message is not None:
            return Stray(place.chat, number)
        turn.letters.reserved(key.owner, key.slot, number)
        turn.letters.later(key.owner, key.slot, now)
        return self.take(turn, key, place.chat, now, None)

    def filled(self, turn: Transaction, fill: Fill, now: datetime) -> None:
        """The message shows it; what was lost sight of before is swept a little later."""
        key = fill.key
        if not _stands(turn, fill):
            return
        turn.letters.filled(key.owner, key.slot, fill.content)
        found = _find(turn, key)
        if found is not None and _only_sweeps(found):
            turn.letters.later(key.owner, key.slot, now + SETTLES)

    def taken_away(self, turn: Transaction, parcel: TakeAway, now: datetime) -> None:
        key, found = parcel.key, _stands(turn, parcel)
        if found is None:
            return
        if found.letter.attempts:
            # What was lost sight of must still be found.
            turn.letters.lost(key.owner, key.slot)
            turn.letters.later(key.owner, key.slot, now + SETTLES)
        else:
            turn.letters.gone(key.owner, key.slot)

    def unsent(self, turn: Transaction, key: Key, due: datetime) -> None:
        """The placeholder surely did not go out."""
        turn.letters.unsent(key.owner, key.slot, due)

    def hold(self, turn: Transaction, keys: Iterable[Key], until: datetime) -> None:
        """Nothing of these before; in this order then, also after a restart."""
        for number, key in enumerate(keys):
            due = until + timedelta(microseconds=number)
            turn.letters.later(key.owner, key.slot, due)

    def lost(self, turn: Transaction, fill: Fill) -> None:
        """The message is not there any more; a new one is due if it is still wanted."""
        if _stands(turn, fill):
            turn.letters.lost(fill.key.owner, fill.key.slot)

    def refused(self, turn: Transaction, key: Key, reason: Reason) -> None:
        """It can never be shown: the case must know."""
        turn.letters.dead(key.owner, key.slot)
        self.cases.refused(turn, key.owner, key.slot, reason)

    def moved(self, turn: Transaction, key: Key, old: int, new: int) -> None:
        """The chat has another number: everything of it begins anew there."""
        self.cases.moved(turn, old, new)
        found = _find(turn, key)
        if found is None or found.chat != old:
            return
        if found.letter.wanted:
            # Nobody has a use for the new number.
            self.refused(turn, key, Reason.CHAT_GONE)
        else:
            turn.letters.gone(key.owner, key.slot)

    def sweep(self, turn: Transaction, key: Key, now: datetime) -> Sweep | None:
        """What to look for, if that is still all there is to do."""
        found = _find(turn, key)
        if found is None or found.letter.due > now or not _only_sweeps(found):
            return None
        letter, chat = found.letter, found.chat
        owned = turn.letters.numbers_in(chat) | self.cases.screens(turn, chat)
        return Sweep(key, chat, letter.attempts, letter.above, letter.message, owned)

    def swept(self, turn: Transaction, key: Key) -> None:
        turn.letters.swept(key.owner, key.slot)


def _find(turn: Transaction, key: Key) -> Due | None:
    return next((due for due in turn.letters.of(key.owner) if due.letter.slot == key.slot), None)


def _stands(turn: Transaction, parcel: Fill | TakeAway) -> Due | None:
    """The letter, if it still is this message: meanwhile its chat may have moved."""
    found = _find(turn, parcel.key)
    if found is None or (found.chat, found.letter.message) != (parcel.chat, parcel.number):
        return None
    return found


def _withdrawn(turn: Transaction, key: Key, found: Due) -> Parcel | None:
    """The case does not want it any more, though its row does."""
    if found.letter.message is not None:
        return TakeAway(key, found.chat, found.letter.message)
    turn.letters.dead(key.owner, key.slot)
    return None


def _waiting(due: Due) -> Waiting:
    letter = due.letter
    messages = 0
    if letter.wanted and letter.wanted != letter.shown:
        messages = 2 if letter.message is None else 1
    key = Key(letter.owner, letter.slot)
    return Waiting(key, due.chat, letter.lane, letter.due, messages, _only_sweeps(due))


def _only_sweeps(due: Due) -> bool:
    letter = due.letter
    stands = letter.wanted == letter.shown if letter.wanted else letter.message is None
    return stands and letter.attempts > 0
