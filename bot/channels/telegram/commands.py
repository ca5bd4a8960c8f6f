"""What somebody types after a slash, and the links on posters."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.core import events
from bot.core.events import Event, Menu
from bot.core.links import LONGEST, REPLAY


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that a link may name."""

    languages: Collection[str]
    places: Collection[str]
    """Keys of municipalities (eight digits) and districts (five)."""
    concerns: Collection[str]


def command(text: str, known: Known) -> Event:
    """The event of a text that begins with a slash; an unknown command shows the screen again."""
    head, *payload = text.split(maxsplit=1)
    name = head[1:].partition("@")[0].lower()
    if name == "start":
        return started("".join(payload).strip(), known)
    return _COMMANDS.get(name, events.CameBack())


def started(payload: str, known: Known) -> events.Started:
    """What a link says about the person; what we do not know in it is left out."""
    language = place = concern = replay = None
    for part in payload.split("-") if len(payload) <= LONGEST else ():
        if part in known.languages:
            language = language or part
        elif part in known.places:
            place = place or part
        elif part in known.concerns:
            concern = concern or part
        elif part.startswith(REPLAY):
            replay = replay or part
    return events.Started(language, place, concern, replay)


_COMMANDS: Final[dict[str, Event]] = {
    "help": events.OpenedMenu(Menu.HELP),
    "language": events.OpenedMenu(Menu.LANGUAGES),
    "privacy": events.OpenedMenu(Menu.PRIVACY),
    "mydata": events.OpenedMenu(Menu.DATA),
    "delete": events.Erased(),
    "stop": events.Stopped(),
}
COMMANDS: Final = ("start", *_COMMANDS)
"""The names of all commands, for the menu of the app."""
