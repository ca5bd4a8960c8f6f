"""What the measure's values are called, for the table, the page and the list of calls."""

from collections.abc import Mapping
from typing import Final

from bot.core.knowledge import Book
from bot.proof.coverage import Coverage
from bot.proof.half_days import Half
from bot.proof.next_steps import Ask
from bot.proof.spots import ANY, Barrier, Standing, Wish
from bot.sentence import NOTHING, Sentence

SIGNS: Final[Mapping[Standing, str]] = {
    Standing.MISSING: "○",
    Standing.OUT_OF_REACH: "×",
    Standing.OTHERWISE: "–",
    Standing.UNSAID: "?",
    Standing.UNCONFIRMED: "◐",
    Standing.CONFIRMED: "●",
}
"""Told apart without colours, on a screen and on paper."""

STANDINGS: Final[Mapping[Standing, Sentence]] = {
    Standing.MISSING: Sentence("white spot: no entry"),
    Standing.OUT_OF_REACH: Sentence("entry, but nobody is sent there yet"),
    Standing.OTHERWISE: Sentence("can be reached, but not in this language or at this time"),
    Standing.UNSAID: Sentence("can be reached, but language or time is unknown"),
    Standing.UNCONFIRMED: Sentence("can be reached, not confirmed yet"),
    Standing.CONFIRMED: Sentence("can be reached and is confirmed"),
}

BARRIERS: Final[Mapping[Barrier, Sentence]] = {
    Barrier.WITHHELD: Sentence("not passed on until somebody confirms it: the source is weak"),
    Barrier.NO_CONTACT: Sentence("neither phone nor address nor website is known"),
    Barrier.NOT_YET: Sentence("does not exist yet on this day"),
    Barrier.ENDED: Sentence("no longer exists on this day"),
}

ASKS: Final[Mapping[Ask, Sentence]] = {
    Ask.CONTACT: Sentence("find out how to reach it"),
    Ask.CONFIRM: Sentence("is all of this right?"),
    Ask.LANGUAGES: Sentence("which languages?"),
    Ask.HOURS: Sentence("opening hours?"),
}

HALVES: Final[Mapping[Half, Sentence]] = {
    Half.MORNING: Sentence("in the morning"),
    Half.AFTERNOON: Sentence("in the afternoon"),
}

ABSENCE: Final = Sentence(
    "What is missing here is missing in our data. "
    "It may exist all the same, and we do not know it yet."
)

NONE_COMPLETE: Final = Sentence(
    "Of no district has anybody declared yet that the data are complete."
)


COMPLETE: Final = Sentence(
    "Declared complete, so what is missing there does not exist there: {districts}."
)

_HEADLINE: Final = Sentence(
    "In {number} of {all} districts and cities we know no service of the "
    "Migrationsfachdienst on the spot that can be reached."
)

_HEADLINE_IN_PART: Final = Sentence(
    "In {number} more we know one in some of the municipalities only: {districts}."
)

FOUND: Final = Sentence(
    "In {number} of {all} districts and cities we know no service that can be reached."
)

FOUND_LIKE_THIS: Final = Sentence(
    "In {number} of {all} districts and cities we know no service that can be reached like this; "
    "in {unsaid} of them we only do not know whether it can."
)


FOUND_IN_PART: Final = Sentence("In {number} more there is one in some of the municipalities only.")


def headline(covered: Coverage, book: Book) -> Sentence:
    """The one number: districts without any door of the Migrationsfachdienst."""
    number = len(covered.without(members(covered, book)))
    return _HEADLINE.about(number=number, all=len(covered.districts))


def headline_in_part(covered: Coverage, book: Book) -> Sentence:
    """What the one number does not say: where there is a door for a part of a district only."""
    shares = covered.in_part_only(members(covered, book))
    if not shares:
        return NOTHING
    named = [
        Sentence(
            "{name} ({number} of {all})",
            name=book.districts[key].name,
            number=share.reached,
            all=share.of,
        )
        for key, share in shares.items()
    ]
    return _HEADLINE_IN_PART.about(number=len(shares), districts=_listed(named))


def _listed(named: list[Sentence]) -> Sentence:
    places = {f"n{number}": one for number, one in enumerate(named)}
    return Sentence(", ".join(f"{{{name}}}" for name in places), **places)


def members(covered: Coverage, book: Book) -> tuple[str, ...]:
    """The kinds of the Migrationsfachdienst."""
    return tuple(kind for kind in covered.types if book.types[kind].member)


def completeness(covered: Coverage, book: Book) -> Sentence:
    """Where absence in the data is absence in the world."""
    names = [book.districts[key].name for key in covered.districts if key in covered.complete]
    return COMPLETE.about(districts=", ".join(names)) if names else NONE_COMPLETE


def found(covered: Coverage, service_type: str, wish: Wish) -> Sentence:
    """In how many districts nobody is known for this kind and wish."""
    number = len(covered.districts) - covered.reached(service_type, wish)
    if wish == ANY:
        return FOUND.about(number=number, all=len(covered.districts))
    unsaid = covered.counts(service_type, wish)[Standing.UNSAID]
    return FOUND_LIKE_THIS.about(number=number, all=len(covered.districts), unsaid=unsaid)


def found_in_part(covered: Coverage, service_type: str, wish: Wish) -> Sentence:
    """In how many more somebody is known for a part of the district only."""
    number = covered.in_part(service_type, wish)
    return FOUND_IN_PART.about(number=number) if number else NOTHING


def wished(wish: Wish, language: str) -> Sentence:
    """The wish as a sentence; `language` is the name of the one it asks for."""
    if wish.language and wish.half:
        return Sentence(
            "Asked for: advice in {language}, {half}.", language=language, half=HALVES[wish.half]
        )
    if wish.language:
        return Sentence("Asked for: advice in {language}.", language=language)
    if wish.half:
        return Sentence("Asked for: open {half}, Monday to Friday.", half=HALVES[wish.half])
    return NOTHING
