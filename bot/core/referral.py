"""A case that somebody has handed over: what was sent, and where it stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

NOBODY: Final = 0
"""In the place of a person who wants to be forgotten."""
OPEN_FOR: Final = timedelta(days=7)
"""For so long somebody may still take a case that waits; security.md 5.4."""
TAKEN_FOR: Final = timedelta(days=14)
"""By then the counsellor has a file of their own; security.md 5.4."""
SHOWN_FOR: Final = timedelta(hours=47)
"""After the end everybody can still read how it ended, while the messages can be deleted."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is handed over, as ids: exactly what the person saw and agreed to."""

    group: tuple[tuple[str, str], ...]
    """Fact -> option, in the order of reading: what all colleagues see. The place is a district."""
    claimer: tuple[tuple[str, str], ...]
    """What only the one who takes the case sees."""


class Contact(StrEnum):
    NONE = "none"
    REACHED = "reached"
    UNREACHED = "unreached"
    """Tried, in vain."""


class Decline(StrEnum):
    """Why a service does not take a case."""

    NOT_RESPONSIBLE = "not_responsible"
    NO_CAPACITY = "no_capacity"
    NO_LANGUAGE = "no_language"
    ELSEWHERE = "elsewhere"
    """The person is already advised by somebody else."""


class Forward(StrEnum):
    """Why another service is suggested."""

    RESPONSIBLE = "responsible"
    CLOSER = "closer"
    LANGUAGE = "language"
    SPECIAL = "special"


class Template(StrEnum):
    """What a counsellor can say to the person; there is no free text."""

    APPOINTMENT = "appointment"
    CALL_US = "call_us"
    BRING = "bring"
    LONGER = "longer"
    INTERPRETER = "interpreter"


class Answer(StrEnum):
    """What the person can answer."""

    COME = "come"
    OTHER_TIME = "other_time"
    CANNOT = "cannot"
    CALL_ME = "call_me"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the counsellor, and what the person has answered."""

    template: Template
    at: datetime
    """Aware, UTC."""
    day: date | None = None
    clock: time | None = None
    site: int = 0
    """Which of the service's sites, from 0."""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The counsellor thinks that another service is right; only the person can decide it."""

    service: str
    reason: Forward
    since: datetime


class Page(StrEnum):
    """What the counsellor is choosing, under the details."""

    MAIN = "main"
    SAY = "say"
    SITE = "site"
    """Where the appointment is; only of services with several sites."""
    DECLINE = "decline"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class PickDay:
    """On which day the appointment at this site is."""

    site: int


@dataclass(frozen=True, slots=True)
class PickTime:
    site: int
    day: date


@dataclass(frozen=True, slots=True)
class PickService:
    """Which service to suggest, for this reason."""

    reason: Forward


Desk = Page | PickDay | PickTime | PickService


class Back(StrEnum):
    """Why a case that somebody had taken waits again."""

    GIVEN_BACK = "given_back"
    LEFT = "left"
    """The colleague is not there any more, or cannot be written to."""
    SILENT = "silent"
    """Nothing has happened for three working days."""


@dataclass(frozen=True, slots=True)
class Waiting:
    since: datetime
    back: Back | None = None
    declining: bool = False
    """A colleague has said that it does not fit: the card asks them all why."""


@dataclass(frozen=True, slots=True)
class Taken:
    by: int
    """The counsellor, as the channel numbers people."""
    since: datetime
    private_until: datetime | None = None
    """The private chat with the bot must be open by then; None once it is."""
    contact: Contact = Contact.NONE
    desk: Desk = Page.MAIN
    phone: str | None = None
    """The person has asked to be called, and sent it for this."""
    office: str | None = None
    """The service whose colleague it is; None for the one that the person chose."""
    waited: Waiting | None = None
    """What an unopened private chat interrupts: where nothing comes of the claim, it goes on."""


class Ending(StrEnum):
    DONE = "done"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    """Nobody took it."""
    FORGOTTEN = "forgotten"
    """Taken, and its time is over."""
    FORWARDED = "forwarded"
    """The person has agreed that another service does it."""
    NOT_DELIVERED = "not_delivered"
    """The counsellors' chat could not be written to."""


@dataclass(frozen=True, slots=True)
class Ended:
    how: Ending
    at: datetime
    reason: Decline | None = None
    by: int | None = None
    """The counsellor who had it."""


Stage = Waiting | Taken | Ended


class Step(StrEnum):
    """What becomes due by itself."""

    REMIND = "remind"
    """The counsellors, that somebody waits."""
    TELL = "tell"
    """The person, that nobody has answered; a deputy on the card gets it now."""
    TELL_AGAIN = "tell_again"
    """The person, that the deputy has not answered either."""
    EXPIRE = "expire"
    UNDO = "undo"
    """A claim of somebody whose private chat is still closed."""
    NUDGE = "nudge"
    """The one who has taken it, and done nothing yet."""
    REOPEN = "reopen"
    DROP = "drop"
    """A suggestion that the person has not answered."""
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral, one service, one consent: the code is all three."""

    code: str
    person: int
    """As the channel numbers people; the case goes nowhere else."""
    language: str
    service: str
    card: Card
    offered: datetime
    """Aware, UTC; when the person agreed."""
    stage: Stage
    doors: tuple[str, ...] = ()
    """The other services that were shown to the person, best first."""
    deputy: str | None = None
    """Named on the card: covered by the consent, asked when the service does not answer."""
    deputy_since: datetime | None = None
    """When the deputy got the card, or got it again."""
    cut_off: bool = False
    """The chat of the chosen service cannot be written to: only the deputy has the card."""
    privately: tuple[int, ...] | None = None
    """Colleagues who get the card in their private chats, because nothing may stand in a group;
    0 in the place of one who has gone."""
    exchange: tuple[Said, ...] = ()
    suggestion: Suggestion | None = None
    follows: str | None = None
    """The code of the case that this one takes over from."""
    silent: bool = False
    """After a quick exit nothing may ring at the person's phone until they write again."""
    unreachable: bool = False
    """The person has blocked the bot."""
    fired: frozenset[Step] = frozenset()
    """What has become due since the stage began, or is not needed any more."""
    news: int = 1
    """Letters that have rung at the person's phone."""
    calls: int = 0
    """Letters that have rung at the phone of whoever took the case."""
    rings: int = 0
    """Times that a card in private chats has rung again."""

    @property
    def is_open(self) -> bool:
        return not isinstance(self.stage, Ended)

    @property
    def asked_deputy(self) -> bool:
        return self.deputy is not None and self.deputy_since is not None

    @property
    def overdue(self) -> bool:
        """Nobody has answered within the time that the person was promised."""
        return not self.fired.isdisjoint((Step.TELL, Step.TELL_AGAIN))

    @property
    def office(self) -> str:
        """The service whose colleague has it; as long as nobody does, the one that was chosen."""
        taken = self.stage.office if isinstance(self.stage, Taken) else None
        return taken or self.service

    @property
    def services(self) -> tuple[str, ...]:
        """Whose counsellors have the card."""
        asked = (self.deputy,) if self.asked_deputy and self.deputy else ()
        return (self.service, *asked)

    @property
    def awaits(self) -> Said | None:
        """The counsellor's newest message, while the person has not answered it."""
        last = self.exchange[-1] if self.exchange else None
        return last if last is not None and last.answer is None else None

    @property
    def expires(self) -> datetime:
        """When it is erased."""
        match self.stage:
            case Waiting(since=since):
                return since + OPEN_FOR + SHOWN_FOR
            case Taken(since=since):
                return since + TAKEN_FOR + SHOWN_FOR
            case Ended(at=at):
                return at + SHOWN_FOR
            case _:
                assert_never(self.stage)
