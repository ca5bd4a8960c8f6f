"""Days on which a service is closed although it exists: holidays of the house, a move."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bot.content.problems import Problem
from bot.content.schema import AbsenceText
from bot.content.tree import Cursor
from bot.core.knowledge import Absence
from bot.sentence import Sentence

LONGEST: Final = timedelta(days=366)
"""Who is away for longer has ended, or has no date yet at which somebody comes back."""


def absences(texts: Sequence[AbsenceText], at: Cursor) -> tuple[Absence, ...]:
    """In the order of days; what is wrong with them is noted."""
    for number, text in enumerate(texts):
        _one(text, at / number)
    ordered = sorted(enumerate(texts), key=lambda one: (one[1].from_, one[1].to))
    for (_, earlier), (number, later) in pairwise(ordered):
        if later.from_ <= earlier.to:
            said = Sentence("From {begin} on it is closed already, until {end}.")
            cure = Sentence("Write one line for both.")
            said = said.about(begin=later.from_, end=earlier.to)
            (at / number / "from").report(said, cure)
    return tuple(Absence(text.from_, text.to) for _, text in ordered)


def over(texts: Sequence[AbsenceText], at: Cursor, today: date) -> Iterator[Problem]:
    """Those that nobody needs any more."""
    for number, text in enumerate(texts):
        if text.to < today:
            said = Sentence("The closure from {begin} to {end} is over.")
            said = said.about(begin=text.from_, end=text.to)
            yield at.document.problem((*at.path, number), said, Sentence("Take it out."))


def _one(text: AbsenceText, at: Cursor) -> None:
    if text.from_ > text.to:
        said = Sentence("The closure ends on {end} before it begins on {begin}.")
        cure = Sentence("Put the earlier date under `from`.")
        (at / "to").report(said.about(begin=text.from_, end=text.to), cure)
    elif text.to - text.from_ >= LONGEST:
        said = Sentence("From {begin} to {end} is more than a year.")
        said = said.about(begin=text.from_, end=text.to)
        cure = Sentence("If the service ends, write `valid: {{to: {end}}}`.")
        last = text.from_ - timedelta(days=1)
        (at / "to").report(said, cure.about(end=last))
