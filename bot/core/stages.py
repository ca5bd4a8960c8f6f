"""How a case goes from one stage to the next, and at whose phone it rings."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.referral import Back, Card, Decline, Ended, Ending, Referral, Taken, Waiting


def opened(referral: Referral, stage: Taken) -> Referral:
    """Somebody has it and can read it; the person hears of it only now, so that it is true."""
    taken = replace(stage, private_until=None, waited=None)
    return told(called(replace(referral, stage=taken, fired=frozenset())))


def waiting_again(referral: Referral, why: Back, now: datetime) -> Referral:
    """Nobody has it any more; what one counsellor and the person wrote to each other is over."""
    again = replace(referral, rings=referral.rings + 1)
    waited = referral.stage.waited if isinstance(referral.stage, Taken) else None
    if waited is not None:
        return replace(again, stage=waited)
    since = None if referral.deputy_since is None else now
    fresh = replace(again, stage=Waiting(now, why), deputy_since=since, fired=frozenset())
    return told(replace(fresh, suggestion=None, exchange=()))


def ended(
    referral: Referral, how: Ending, now: datetime, reason: Decline | None = None
) -> Referral:
    """It is over; nothing that was written stays, and nothing of the card."""
    taken = referral.stage if isinstance(referral.stage, Taken) else None
    # Who has not opened the private chat has read nothing, and cannot be written to.
    by = taken.by if taken is not None and taken.private_until is None else None
    stage = Ended(how, now, reason, by)
    over = replace(referral, stage=stage, card=Card((), ()), doors=(), suggestion=None, exchange=())
    if how not in _OWN_DEEDS:
        return told(over)
    return over if by is None else called(over)


_OWN_DEEDS: Final = frozenset({Ending.TAKEN_BACK, Ending.FORWARDED})
"""The person has just tapped: the phone that rings is the counsellor's."""


def told(referral: Referral) -> Referral:
    """A new letter, at which the person's phone rings."""
    return replace(referral, news=referral.news + 1)


def called(referral: Referral) -> Referral:
    """A new letter, at which the phone of whoever took the case rings."""
    return replace(referral, calls=referral.calls + 1)
