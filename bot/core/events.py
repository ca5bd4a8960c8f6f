"""What a person can do, in the words of the domain; channels translate into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.place import PlaceMatch


@dataclass(frozen=True, slots=True)
class Started:
    """Wrote for the first time, or came through a link from a poster or a friend."""

    language: str | None = None
    place: str | None = None
    concern: str | None = None
    replay: str | None = None
    """A whole case, as `links` packs it: for counsellors who look at what a change does."""


@dataclass(frozen=True, slots=True)
class ChoseLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Toggled:
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Finished:
    """All that applies is marked."""

    question: str


@dataclass(frozen=True, slots=True)
class WentBack:
    pass


@dataclass(frozen=True, slots=True)
class QuitNow:
    """Quick exit: nothing of this may stay on the phone."""


@dataclass(frozen=True, slots=True)
class AskedForHuman:
    pass


@dataclass(frozen=True, slots=True)
class AskedWhy:
    question: str


@dataclass(frozen=True, slots=True)
class AskedForAnswers:
    pass


@dataclass(frozen=True, slots=True)
class Reopened:
    """Wants to be asked this question again."""

    question: str


@dataclass(frozen=True, slots=True)
class OpenedDoor:
    service: str


@dataclass(frozen=True, slots=True)
class OpenedDesk:
    """Wants to show this at the desk, in German."""

    service: str


class Menu(StrEnum):
    """Pages that are always at hand."""

    LANGUAGES = "languages"
    PRIVACY = "privacy"
    HELP = "help"
    DISTRICTS = "districts"
    OFFICES = "offices"
    """Further offices; some may have to report."""
    SHARE = "share"
    WHY = "why"
    """Why this first door, and what will lead elsewhere."""
    DATA = "data"
    """What is kept about this person."""


@dataclass(frozen=True, slots=True)
class OpenedMenu:
    menu: Menu


@dataclass(frozen=True, slots=True)
class WantsMoreQuestions:
    """More questions may add doors."""


@dataclass(frozen=True, slots=True)
class StartedAgain:
    """Wants to begin anew, in the same language."""


@dataclass(frozen=True, slots=True)
class Erased:
    """Wants everything about them destroyed."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Wants no more messages."""


@dataclass(frozen=True, slots=True)
class Said:
    """Typed something; only what it means gets here, never the text."""

    answers: Mapping[str, str]
    """Question -> option, as far as it was understood beyond doubt."""
    danger: bool = False
    asks_back: tuple[str, ...] = ()
    """Questions that it may have been about."""
    place: PlaceMatch | None = None
    """Set where the text, or a location that was sent, may be a place."""


@dataclass(frozen=True, slots=True)
class SentSomethingElse:
    """A photo, a voice message, a document: never fetched."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """The bot was away or the button was old: show where the person stands now."""


@dataclass(frozen=True, slots=True)
class AskedToHandOver:
    """Wants to see what would be sent to this service."""

    service: str


@dataclass(frozen=True, slots=True)
class Consented:
    """Yes, send exactly this to exactly this service."""

    service: str
    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No, do not send it to this service."""

    service: str


@dataclass(frozen=True, slots=True)
class TookBack:
    """Does not want the case to go on."""

    code: str


@dataclass(frozen=True, slots=True)
class Replied:
    """Answers a message of the counsellors."""

    code: str
    answer: str


@dataclass(frozen=True, slots=True)
class GavePhone:
    """Sent their own number, after having asked to be called."""

    phone: str


Event = (
    Started
    | ChoseLanguage
    | Answered
    | Toggled
    | Finished
    | WentBack
    | QuitNow
    | AskedForHuman
    | AskedWhy
    | AskedForAnswers
    | Reopened
    | OpenedDoor
    | OpenedDesk
    | OpenedMenu
    | WantsMoreQuestions
    | StartedAgain
    | Erased
    | Stopped
    | Said
    | SentSomethingElse
    | AskedToHandOver
    | Consented
    | Refused
    | TookBack
    | Replied
    | GavePhone
    | CameBack
)
