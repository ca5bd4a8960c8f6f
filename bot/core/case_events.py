"""What can happen to a case that was handed over; channels and timers translate into it."""

from dataclasses import dataclass
from datetime import date, time

from bot.core.referral import Answer, Decline, Desk, Forward, Step, Template


@dataclass(frozen=True, slots=True)
class Claimed:
    by: int
    private: bool
    """The counsellor's private chat with the bot is open."""
    deputy: bool = False
    """A colleague of the deputy, not of the service that the person chose."""


@dataclass(frozen=True, slots=True)
class OpenedPrivate:
    by: int


@dataclass(frozen=True, slots=True)
class Released:
    by: int


@dataclass(frozen=True, slots=True)
class Declined:
    by: int
    reason: Decline
    deputy: bool = False
    """Said by a colleague of the deputy."""


@dataclass(frozen=True, slots=True)
class Reached:
    by: int


@dataclass(frozen=True, slots=True)
class Unreached:
    by: int


@dataclass(frozen=True, slots=True)
class Finished:
    by: int


@dataclass(frozen=True, slots=True)
class Turned:
    """The counsellor opens a choice under the details."""

    by: int
    to: Desk


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The counsellor wants the details at the end of the chat again."""

    by: int


@dataclass(frozen=True, slots=True)
class Wrote:
    """The counsellor sends one of the messages that there are."""

    by: int
    template: Template
    day: date | None = None
    clock: time | None = None
    site: int = 0


@dataclass(frozen=True, slots=True)
class Suggested:
    by: int
    service: str
    reason: Forward


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The person does not want it any more."""


@dataclass(frozen=True, slots=True)
class Replied:
    """The person answers the newest message."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class GavePhone:
    """The person has sent their own number, for this counsellor."""

    phone: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The person does not want the service that was suggested."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The person has agreed that another service does it; that is a case of its own."""


@dataclass(frozen=True, slots=True)
class Spoke:
    language: str


@dataclass(frozen=True, slots=True)
class Silenced:
    """Quick exit: the case stays, and nothing of it may ring or stand on the phone."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person wants nothing of it to be kept; whoever had it still reads that it has ended."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """The person writes again."""


@dataclass(frozen=True, slots=True)
class PersonGone:
    """The person has blocked the bot, or the account is deleted."""


@dataclass(frozen=True, slots=True)
class ColleagueGone:
    """Left the group, or cannot be written to."""

    who: int


@dataclass(frozen=True, slots=True)
class ChannelFailed:
    """The counsellors' chat of this service cannot be written to."""

    service: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Whoever has the case is away; a colleague of the same crew does it."""

    by: int
    to: int


@dataclass(frozen=True, slots=True)
class Due:
    step: Step


CaseEvent = (
    Claimed
    | OpenedPrivate
    | Released
    | Declined
    | Reached
    | Unreached
    | Finished
    | Turned
    | LookedUp
    | Wrote
    | Suggested
    | TakenBack
    | Replied
    | GavePhone
    | Refused
    | HandedOver
    | Spoke
    | Silenced
    | Forgotten
    | CameBack
    | PersonGone
    | ColleagueGone
    | ChannelFailed
    | PassedOn
    | Due
)
