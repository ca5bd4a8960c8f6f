"""From what a person typed, or where they are, to an event. The text goes no further than this."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from bot.core import events
from bot.core.conversation import current_question
from bot.core.knowledge import Book
from bot.core.place import PlaceMatch
from bot.core.state import Conversation
from bot.core.words import Words
from bot.exchange import Location, Typed
from bot.language.understanding import Listener
from bot.places.gazetteer import Gazetteer

_PLACE_AFTER: Final = re.compile(
    r"\b(?:in|aus|bei|nach|near|from|at|в|у|из|із|з|под|біля|في|من|در|از)\s+(?P<place>[^\s,.;!?]{3,}"
    r"(?:\s+[^\s,.;!?]+){0,2})",
    re.IGNORECASE,
)
"""Words after which a place may be named in the middle of a sentence."""


_EARLY: Final = ("status", "age")
"""What people write by themselves when they are asked for their place: their paper, their age."""

_TRIES: Final = 5
"""So many places of one text are looked up: nobody must keep the others waiting."""


@dataclass(frozen=True)
class Ears:
    words: tuple[Words, ...]
    gazetteer: Gazetteer

    @cached_property
    def listener(self) -> Listener:
        """Made when it is first needed: it takes a fifth of the whole start.

        Names of places are never heard as something else.
        """
        return Listener(self.words, self.gazetteer.names)

    def located(self, where: Location) -> events.Said:
        return events.Said({}, place=self.gazetteer.at(where.latitude, where.longitude))

    def heard(self, typed: Typed, conversation: Conversation, book: Book) -> events.Said:
        """What a text means at this point of the talk, as far as it is beyond doubt."""
        ask = current_question(conversation, book)
        asked = ask.question.id if ask else None
        understood = self.listener.hear(typed.text, conversation.language, asked)
        place = self._place(typed.text, asked, settled=bool(understood.answers))
        if place and asked != "place" and "place" in conversation.case and _tells(typed.text):
            # Rather where somebody else lives, or work is: asked back, unless more was said.
            asks_back = understood.asks_back or (() if understood.answers else ("place",))
            return events.Said(dict(understood.answers), understood.danger, asks_back)
        if place == PlaceMatch():
            # No place at all: then perhaps the answer to a question that is still to come.
            for early in _EARLY:
                heard = self.listener.hear(typed.text, conversation.language, early)
                if early in heard.answers and early not in conversation.case:
                    understood, place = heard, None
                    break
        return events.Said(dict(understood.answers), understood.danger, understood.asks_back, place)

    def _place(self, text: str, asked: str | None, *, settled: bool) -> PlaceMatch | None:
        if asked == "place" and not settled:
            return self.gazetteer.find(text)
        if not settled:
            match = self.gazetteer.find(text)
            if match.exact or match.district:
                return match
        for found in islice(_PLACE_AFTER.finditer(text), _TRIES):
            words = found["place"].split()
            for length in range(len(words), 0, -1):
                match = self.gazetteer.find(" ".join(words[:length]))
                if match.exact:
                    return match
        return None


def _tells(text: str) -> bool:
    """More than the name of a place."""
    return len(text.split()) > _LONGEST_NAME or _PLACE_AFTER.search(text) is not None


_LONGEST_NAME: Final = 4
"""Words, as in Frankfurt an der Oder."""
