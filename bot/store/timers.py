"""Which step of a case is due when. What it does, the case says once it is due."""

from collections.abc import Mapping
from datetime import datetime

from bot.store.safe import Safe
from bot.store.times import microseconds, moment

_OF = "SELECT step, due FROM timer WHERE owner = :owner"
_SET = (
    "INSERT INTO timer (owner, step, due) VALUES (:owner, :step, :due)"
    " ON CONFLICT (owner, step) DO UPDATE SET due = excluded.due"
)
_STOP = "DELETE FROM timer WHERE owner = :owner AND step = :step"
_DROP = "DELETE FROM timer WHERE owner = :owner AND step = :step AND due <= :now"
_DUE = "SELECT owner, step FROM timer WHERE due <= :now ORDER BY due, owner, step LIMIT :limit"
_NEXT = "SELECT min(due) FROM timer"


class Timers:
    """An owner is a case code or another name without a person in it: it can be read."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._database = safe.database

    def replace(self, owner: str, steps: Mapping[str, datetime]) -> None:
        """These are the owner's steps now, and no others."""
        due = {step: microseconds(when) for step, when in steps.items()}
        standing = dict(self._database.rows(_OF, owner=owner))
        for step in sorted(standing.keys() - due.keys()):
            self._database.change(_STOP, owner=owner, step=step)
        for step in sorted(due):
            if standing.get(step) != due[step]:
                self._database.change(_SET, owner=owner, step=step, due=due[step])

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """Owner and step, oldest first."""
        return [
            (owner, step)
            for owner, step in self._database.rows(_DUE, now=microseconds(now), limit=limit)
        ]

    def drop(self, owner: str, step: str) -> bool:
        """Take a step that is due; False if somebody else has, or it was put off: leave it then."""
        now = microseconds(self._safe.now)
        return self._database.change(_DROP, owner=owner, step=step, now=now) == 1

    def next_due(self) -> datetime | None:
        """When the next step is due, of all."""
        ((due,),) = self._database.rows(_NEXT)
        return None if due is None else moment(due)
