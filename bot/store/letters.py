"""Which message should stand where, and which one stands there: what delivery makes equal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store.errors import Unreadable
from bot.store.safe import Safe
from bot.store.times import microseconds, moment

_STANDING = "SELECT slot, wanted, chat FROM letter WHERE owner = :owner"
_WANT = (
    "INSERT INTO letter (owner, slot, place, chat, lane, wanted, shown, attempts, above,"
    " due) VALUES (:owner, :slot, :place, :chat, :lane, :wanted, '', 0, '', :due)"
    " ON CONFLICT (owner, slot) DO UPDATE SET"
    " place = excluded.place, chat = excluded.chat, lane = excluded.lane, wanted = excluded.wanted,"
    " message = CASE WHEN letter.chat = excluded.chat THEN letter.message END,"
    " shown = CASE WHEN letter.chat = excluded.chat THEN letter.shown ELSE '' END,"
    " attempts = CASE WHEN letter.chat = excluded.chat THEN letter.attempts ELSE 0 END,"
    " above = CASE WHEN letter.chat = excluded.chat THEN letter.above ELSE '' END,"
    # What waits because a chat is held up goes on waiting.
    " due = CASE WHEN letter.chat = excluded.chat AND letter.due > excluded.due"
    " THEN letter.due ELSE excluded.due END"
)
_UNWANT = (
    "UPDATE letter SET wanted = '', shown = '', due = CASE WHEN due > :due THEN due ELSE :due END"
    " WHERE owner = :owner AND slot = :slot AND wanted <> ''"
)
_TIDY = (
    "DELETE FROM letter WHERE owner = :owner AND slot = :slot"
    " AND wanted = '' AND message IS NULL AND attempts = 0"
)
_OF = (
    "SELECT owner, slot, place, lane, message, wanted, shown, attempts, due, above"
    " FROM letter WHERE owner = :owner ORDER BY slot"
)
_DUE = (
    "SELECT owner, slot, place, lane, message, wanted, shown, attempts, due, above FROM letter"
    # As the index says it: what needs no work is not in it.
    " WHERE (wanted <> shown OR attempts > 0 OR wanted = '' AND message IS NOT NULL)"
    " AND due <= :now ORDER BY lane, due, owner, slot LIMIT :limit"
)
_NEXT = (
    "SELECT min(due) FROM letter"
    " WHERE (wanted <> shown OR attempts > 0 OR wanted = '' AND message IS NOT NULL)"
)
_NEWEST = "SELECT max(message) FROM letter WHERE chat = :chat"
_NUMBERS = "SELECT message FROM letter WHERE chat = :chat AND message IS NOT NULL"
_STANDING_SOMEWHERE = "SELECT owner, slot, place, message FROM letter WHERE message IS NOT NULL"
_SENDING = (
    # A number and a blank for each attempt; the last one is answered first, or never.
    "UPDATE letter SET attempts = attempts + 1, above = above || :above || ' '"
    " WHERE owner = :owner AND slot = :slot"
    " AND wanted <> '' AND message IS NULL AND due <= :now"
)
_UNSENT = (
    "UPDATE letter SET attempts = :attempts, above = :above, due = :due"
    " WHERE owner = :owner AND slot = :slot"
)
_RESERVED = (
    "UPDATE letter SET attempts = :attempts, above = :above, message = :message"
    " WHERE owner = :owner AND slot = :slot"
)
_ABOVE = "SELECT above FROM letter WHERE owner = :owner AND slot = :slot"
_FILLED = (
    "UPDATE letter SET shown = :shown WHERE owner = :owner AND slot = :slot"
    " AND wanted <> '' AND message IS NOT NULL"
)
_LATER = "UPDATE letter SET due = :due WHERE owner = :owner AND slot = :slot"
_LOST = "UPDATE letter SET message = NULL, shown = '' WHERE owner = :owner AND slot = :slot"
_SWEPT = "UPDATE letter SET attempts = 0, above = '' WHERE owner = :owner AND slot = :slot"
_GONE = (
    "UPDATE letter SET message = NULL, shown = '', attempts = 0, above = ''"
    " WHERE owner = :owner AND slot = :slot"
)
_DEAD = (
    "UPDATE letter SET shown = wanted, attempts = 0, above = ''"
    " WHERE owner = :owner AND slot = :slot"
)
_BURY = "DELETE FROM letter WHERE owner = :owner AND slot = :slot AND wanted = ''"
_DELETE = "DELETE FROM letter WHERE owner = :owner AND slot = :slot"


@dataclass(frozen=True, slots=True)
class Wish:
    """What should stand in a slot."""

    chat: int
    lane: int
    """0 goes first."""
    content: str
    """A short fingerprint; never empty."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One slot of a case or a team.

    Owner and slot can be read on the disk: no person's or chat's id may be in them. A slot is for
    one chat; the same content for another person needs another slot, or what stands is forgotten.
    """

    owner: str
    slot: str
    lane: int
    message: int | None
    """The number of the message that stands there."""
    wanted: str
    """Fingerprint of what should stand there; '' if nothing should."""
    shown: str
    """Fingerprint of what stands there; '' if that is a placeholder, nothing, or to be removed."""
    attempts: int
    """Placeholders on their way or lost sight of: sent, or not, their numbers are not known."""
    due: datetime
    """Not to be worked at before."""
    above: tuple[int, ...] = ()
    """Each attempt has a higher number than this one of it; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Due:
    letter: Letter
    chat: int


class Letters:
    """Delivery does one step of one letter in a turn: what it will do, or what came of it."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._database = safe.database

    def want(self, owner: str, wished: Mapping[str, Wish], due: datetime) -> None:
        """These should stand now, and nothing else of this owner; what is so already stays.

        In another chat than before, a letter begins anew, and its message is forgotten.
        """
        standing = {
            slot: (wanted, chat)
            for slot, wanted, chat in self._database.rows(_STANDING, owner=owner)
        }
        for slot in sorted(standing.keys() - wished.keys()):
            self._database.change(_UNWANT, owner=owner, slot=slot, due=microseconds(due))
            self._tidy(owner, slot)
        for slot, wish in sorted(wished.items()):
            wanted = self._safe.veil.hide(wish.content, "content", owner, slot)
            chat = self._chat(wish.chat)
            if standing.get(slot) != (wanted, chat):
                self._database.change(
                    _WANT,
                    owner=owner,
                    slot=slot,
                    place=self._safe.veil.hide(str(wish.chat), "chat", owner, slot),
                    chat=chat,
                    lane=wish.lane,
                    wanted=wanted,
                    due=microseconds(due),
                )

    def of(self, owner: str) -> list[Due]:
        """All of this owner, by slot."""
        return self._readable(self._database.rows(_OF, owner=owner))

    def due(self, now: datetime, limit: int) -> list[Due]:
        """What does not stand as it should, by lane, then longest due first."""
        rows = self._database.rows(_DUE, now=microseconds(now), limit=limit)
        return self._readable(rows)

    def next_due(self) -> datetime | None:
        """When the next of all is to be worked at; it may be in the past."""
        ((due,),) = self._database.rows(_NEXT)
        return None if due is None else moment(due)

    def newest_in(self, chat: int) -> int | None:
        """The highest number of a message known to stand in this chat."""
        ((message,),) = self._database.rows(_NEWEST, chat=self._chat(chat))
        return None if message is None else int(message)

    def numbers_in(self, chat: int) -> frozenset[int]:
        """The numbers of all messages known to stand in this chat."""
        rows = self._database.rows(_NUMBERS, chat=self._chat(chat))
        return frozenset(int(number) for (number,) in rows)

    def standing(self) -> list[tuple[int, int]]:
        """Chat and number of every message that is known to stand somewhere."""
        found = []
        for owner, slot, place, message in self._database.rows(_STANDING_SOMEWHERE):
            try:
                chat = int(self._safe.veil.show(place, "chat", owner, slot))
            except Unreadable:
                continue
            found.append((chat, int(message)))
        return found

    def sending(self, owner: str, slot: str, above: int | None = None) -> bool:
        """Count a placeholder before it goes out, so that a crash leaves a trace.

        Its number will be higher than `above`, if that is known.
        False: do not send, since nothing is wanted there now, a message stands, or it is not due.
        Whoever calls `later` in the same turn keeps other workers away until then.
        """
        values = {"owner": owner, "slot": slot, "now": microseconds(self._safe.now)}
        return self._database.change(_SENDING, above=str(above or 0), **values) == 1

    def unsent(self, owner: str, slot: str, due: datetime) -> None:
        """The placeholder surely did not go out; try again when due."""
        rest = self._without_the_last(owner, slot)
        self._database.change(_UNSENT, owner=owner, slot=slot, due=microseconds(due), **rest)
        self._tidy(owner, slot)

    def reserved(self, owner: str, slot: str, message: int) -> None:
        """A placeholder went out and is this message. `attempts` are now those before it."""
        rest = self._without_the_last(owner, slot)
        self._database.change(_RESERVED, owner=owner, slot=slot, message=message, **rest)

    def filled(self, owner: str, slot: str, content: str) -> None:
        """The message shows this content. It is due again only where `attempts` must be swept."""
        shown = self._safe.veil.hide(content, "content", owner, slot)
        self._database.change(_FILLED, owner=owner, slot=slot, shown=shown)

    def later(self, owner: str, slot: str, due: datetime) -> None:
        """Not to be worked at before."""
        self._database.change(_LATER, owner=owner, slot=slot, due=microseconds(due))

    def lost(self, owner: str, slot: str) -> None:
        """The message is not there any more."""
        self._database.change(_LOST, owner=owner, slot=slot)
        self._tidy(owner, slot)

    def swept(self, owner: str, slot: str) -> None:
        """Of all placeholders nothing is left but the message: `attempts` is 0."""
        self._database.change(_SWEPT, owner=owner, slot=slot)
        self._tidy(owner, slot)

    def gone(self, owner: str, slot: str) -> None:
        """Everything is taken away. If it is wanted again meanwhile, it begins anew."""
        self._database.change(_GONE, owner=owner, slot=slot)
        self._tidy(owner, slot)

    def dead(self, owner: str, slot: str) -> None:
        """Never try again, nor sweep, until something else is wanted: that counts as shown."""
        self._database.change(_DEAD, owner=owner, slot=slot)
        self._database.change(_BURY, owner=owner, slot=slot)

    def _without_the_last(self, owner: str, slot: str) -> dict[str, int | str]:
        rows = self._database.rows(_ABOVE, owner=owner, slot=slot)
        rest = [one for (above,) in rows for one in above.split()][:-1]
        return {"attempts": len(rest), "above": "".join(f"{one} " for one in rest)}

    def _tidy(self, owner: str, slot: str) -> None:
        """Where nothing stands and nothing is wanted, nothing is kept."""
        self._database.change(_TIDY, owner=owner, slot=slot)

    def _readable(self, rows: Iterable[tuple[Any, ...]]) -> list[Due]:
        found = []
        for row in rows:
            try:
                found.append(self._opened(row))
            except Unreadable:
                # Nobody can deliver it; the case will want it anew with its next step.
                self._database.change(_DELETE, owner=row[0], slot=row[1])
        return found

    def _opened(self, row: tuple[Any, ...]) -> Due:
        owner, slot, place, lane, message, wanted, shown, attempts, due, above = row
        show = self._safe.veil.show
        wanted = show(wanted, "content", owner, slot)
        shown = show(shown, "content", owner, slot)
        numbers = tuple(int(number) for number in above.split())
        letter = Letter(owner, slot, lane, message, wanted, shown, attempts, moment(due), numbers)
        return Due(letter, int(show(place, "chat", owner, slot)))

    def _chat(self, chat: int) -> bytes:
        return self._safe.blind(f"letter {chat}")
