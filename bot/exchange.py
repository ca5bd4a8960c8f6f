"""What passes between a channel and the service: updates in, deliveries out."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.core import desk, events
from bot.core.events import Event
from bot.core.team import Caution, Danger
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as it was typed. Lives only until it is understood; never stored, never logged."""

    text: str


@dataclass(frozen=True, slots=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that one person did."""

    update: int
    """The channel's number of this update: the same number is handled once."""
    person: int
    chat: int
    phone_language: str
    """The language of the person's phone (IETF tag), or empty."""
    what: Event | Typed | Location
    message: int | None = None
    """The person's own message, which may be deleted; None for a tap."""
    tap: str | None = None
    """What answers a tap (`callback_query.id`); None for a message."""
    tapped: int | None = None
    """The message whose button was tapped."""

    @property
    def ends(self) -> bool:
        """Wants everything taken away."""
        return isinstance(self.what, events.QuitNow | events.Erased | events.Stopped)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that could not be understood at all: acknowledged, and kept as a number only."""

    update: int
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """Wants this group to receive for a service, with the code of an invitation."""

    code: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Wants to see what waits (/queue)."""


@dataclass(frozen=True, slots=True)
class ShowCase:
    """Wants to see one case (/case CODE)."""

    code: str


@dataclass(frozen=True, slots=True)
class GoAway:
    """/away DATE; without a date that can be read, or with none, `until` is None."""

    until: date | None
    back: bool = False
    """/away without anything: is back again."""


DeskCommand = Link | Queue | ShowCase | GoAway


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """What somebody did in a group, or did in private as a counsellor."""

    update: int
    person: int
    """0 for an administrator who hides behind the group."""
    chat: int
    in_group: bool
    phone_language: str
    what: desk.Tap | DeskCommand
    message: int | None = None
    tap: str | None = None
    tapped: int | None = None


@dataclass(frozen=True, slots=True)
class ColleagueLeft:
    """Somebody is not in the group any more."""

    update: int
    chat: int
    person: int


@dataclass(frozen=True, slots=True)
class BotStanding:
    """What the bot may do in a group has changed."""

    update: int
    chat: int
    may_write: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group became a supergroup: the same people, another number."""

    update: int
    old: int
    new: int


Update = Incoming | Unreadable | AtTheDesk | ColleagueLeft | BotStanding | GroupMoved


@dataclass(frozen=True, slots=True)
class Preflight:
    """What Telegram says about a group, before it is linked, and now and then."""

    chat: int
    by_administrator: bool
    """Whoever asked for it may speak for the group."""
    danger: Danger | None
    cautions: tuple[Caution, ...]
    """Without STRANGERS: who works there, Telegram does not know."""
    members: int
    """Everybody in the group but this bot."""


class Purpose(StrEnum):
    SHOW = "show"
    REPLY = "reply"
    """An answer to a counsellor: a message of its own, that nobody keeps."""
    SHOW_AGAIN = "show_again"
    """After a restart: only into a message that is still there, so that no phone rings for it."""
    END = "end"
    """The person has left: take everything away, however long it takes, and say when it is done."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel has to do for one person after the turn was stored."""

    person: int
    chat: int
    taps: tuple[str, ...]
    """Taps to answer, first of all."""
    message: Message | None
    edit: int | None
    """The living message to show it in; None for a new message."""
    delete: tuple[int, ...]
    """Messages to take away, after the new one has arrived."""
    innocuous: Message | None = None
    """What to put into a message that can no longer be deleted."""
    purpose: Purpose = Purpose.SHOW
    beneath: Message | None = None
    """One more message, which is sent once and not edited: it asks for the phone number."""
    toast: str = ""
    """What the phone says in answer to the taps."""
    toast_link: str = ""
    """The payload with which the tap opens the private chat (t.me/bot?start=…); or nothing."""


def answered(update: Incoming) -> Delivery:
    """Nothing to show: where it was a tap, the phone stops waiting."""
    taps = (update.tap,) if update.tap else ()
    return Delivery(update.person, update.chat, taps, None, None, ())


def without_picture(delivery: Delivery) -> Delivery:
    """A picture goes out once, when it is asked for, not whenever its page is shown again."""
    if delivery.message is None or delivery.message.picture is None:
        return delivery
    return replace(delivery, message=replace(delivery.message, picture=None))


def merged(earlier: Delivery | None, later: Delivery) -> Delivery:
    """Two turns of one person in one batch: every tap is answered, the newest screen is shown."""
    if earlier is None:
        return later
    taps = (*earlier.taps, *later.taps)
    delete = tuple(dict.fromkeys((*earlier.delete, *later.delete)))
    if later.message is None and not later.delete:
        # Put aside, or nothing new to show: what was to be shown still is.
        return replace(earlier, taps=taps, beneath=later.beneath or earlier.beneath)
    edit = later.edit
    if earlier.message is not None and (earlier.edit is None or edit in delete):
        # The earlier turn ordered a new message: it is still to come, now with the later screen.
        edit = None
    return replace(later, taps=taps, delete=delete, edit=edit)
