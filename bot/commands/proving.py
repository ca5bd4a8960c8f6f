"""What a proof says: to people, sentence by sentence, and to programs."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.core.knowledge import Book
from bot.proof.example import Example, example
from bot.proof.law import Claim
from bot.proof.places import PlaceClass
from bot.proof.proof import Proof
from bot.proof.verdict import Fault
from bot.sentence import Sentence, Translate

HOLDS: Final[Mapping[Claim, Sentence]] = {
    Claim.DOOR: Sentence("Everybody has a first door that can be reached."),
    Claim.LEAD: Sentence("Exactly one kind of service leads."),
    Claim.AUTHORITY: Sentence("No authority and no hotline leads."),
    Claim.REPORTING: Sentence("Nobody without papers is shown a body that must report."),
    Claim.WARNING: Sentence(
        "Whoever does not say which papers they have sees public bodies behind a button only."
    ),
    Claim.HELP: Sentence("In danger there is somebody to call first."),
    Claim.RULE: Sentence("Every rule applies to somebody."),
    Claim.SERVICE: Sentence("Every service that can be reached is shown to somebody."),
    Claim.QUESTION: Sentence("Every question can change something."),
}


def as_text(proof: Proof, book: Book, seconds: float, translate: Translate) -> Iterator[str]:
    """A line for each claim; an example for each that does not hold; how long people are asked."""
    found = proof.verdict
    yield Sentence(
        "{conversations} conversations: {situations} sets of answers, at {places} places.",
        conversations=grouped(found.conversations),
        situations=grouped(found.situations),
        places=sum(len(place.answers) for place in proof.places),
    ).in_(translate)
    for claim, sentence in HOLDS.items():
        broken = [fault for fault in proof.faults if fault.claim is claim]
        yield f"{'✗' if broken else '✓'} {sentence.in_(translate)}"
        for number, fault in enumerate(broken):
            yield from (f"    {line}" for line in _fault(fault, proof, book, translate))
            if fault.case and number < _EXAMPLES:
                one = example(fault.case, proof.places, fault.places, book)
                yield from (f"      {line}" for line in conversation(one, translate))
    yield Sentence(
        "Questions: {mean} in the mean, {longest} at most; until the first door {mean_to_door} "
        "and {longest_to_door}.",
        mean=f"{found.mean:.1f}",
        longest=found.longest,
        mean_to_door=f"{found.mean_to_door:.1f}",
        longest_to_door=found.longest_to_door,
    ).in_(translate)
    yield Sentence("This took {seconds} seconds.", seconds=f"{seconds:.1f}").in_(translate)


_EXAMPLES: Final = 2
"""Of each claim; `--json` has one for every fault."""


def _fault(fault: Fault, proof: Proof, book: Book, translate: Translate) -> Iterator[str]:
    yield _about(fault, book).in_(translate)
    if fault.situations:
        yield Sentence(
            "For {situations} sets of answers, in: {places}.",
            situations=grouped(fault.situations),
            places=Sentence("every place")
            if _everywhere(fault, proof.places)
            else ", ".join(names(fault.places, proof.places, book)) or "?",
        ).in_(translate)


def conversation(one: Example, translate: Translate) -> Iterator[str]:
    """The answers of one person, and how to see what the bot shows them."""
    yield Sentence("For example:").in_(translate)
    width = max((len(answer.question) for answer in one.answers), default=0)
    for answer in one.answers:
        said = "" if answer.option == answer.words else f"  ({answer.words})"
        yield f"  {answer.question:{width}}  {answer.option}{said}"
    if one.payload:
        yield Sentence(
            "See it: clearing chat --link {payload}, or t.me/BOT?start={payload} on a phone.",
            payload=one.payload,
        ).in_(translate)


def _about(fault: Fault, book: Book) -> Sentence:
    match fault.claim:
        case Claim.RULE:
            return Sentence(
                "The rule `{rule}` never shows anything to anybody: another one always comes "
                "first, or its conditions exclude each other. Take it out, or move it up.",
                rule=fault.about,
            )
        case Claim.SERVICE:
            return Sentence(
                "`{service}` is a door for nobody: no rule leads to its kind, or whom it is for "
                "(`who`) rests on something that these people are not asked.",
                service=fault.about,
            )
        case Claim.QUESTION if not fault.case:
            return Sentence(
                "`{question}` is never asked. No rule waits for it; take it out.",
                question=fault.about,
            )
        case Claim.QUESTION:
            return Sentence(
                "`{question}` is asked although no answer changes anything.", question=fault.about
            )
        case _ if fault.about:
            return Sentence(
                "It is about {kind} (`{id}`).",
                kind=book.texts.get(f"type.{fault.about}.plain", fault.about),
                id=fault.about,
            )
        case Claim.HELP:
            return Sentence("Nobody to call stands before the first door.")
        case _:
            return Sentence("No rule leads, so there is no first door.")


def names(where: int, places: tuple[PlaceClass, ...], book: Book) -> list[str]:
    """Districts; a part of one as its municipalities, where they are few."""
    said: dict[str, list[PlaceClass]] = {}
    for number, place in enumerate(places):
        if where >> number & 1:
            said.setdefault(place.district or place.answer, []).append(place)
    return [_name(key, found, places, book) for key, found in said.items()]


def _name(key: str, found: list[PlaceClass], places: tuple[PlaceClass, ...], book: Book) -> str:
    district = book.districts.get(key)
    if district is None:
        return key
    whole = sum(place.district == key for place in places)
    if len(found) == whole:
        return district.name
    towns = [
        book.municipalities[answer].name
        for place in found
        for answer in place.answers
        if answer in book.municipalities
    ]
    more = f" + {len(towns) - _FEW}" if len(towns) > _FEW else ""
    return f"{district.name} ({', '.join(towns[:_FEW])}{more})"


_FEW: Final = 4


def _everywhere(fault: Fault, places: tuple[PlaceClass, ...]) -> bool:
    return fault.places == (1 << len(places)) - 1


def grouped(number: int) -> str:
    """With a space between thousands."""
    return f"{number:,}".replace(",", " ")


def as_dict(proof: Proof, book: Book, seconds: float) -> dict[str, Any]:
    """The same for programs.

    `{"holds", "conversations", "situations", "places", "points", "seconds", "questions": {"mean",
    "longest", "mean_to_door", "longest_to_door"}, "faults": [{"claim", "about", "situations",
    "places": [keys], "answers": {question: option}, "link"}]}`.
    """
    found = proof.verdict
    return {
        "holds": not proof.faults,
        "conversations": found.conversations,
        "situations": found.situations,
        "places": sum(len(place.answers) for place in proof.places),
        "points": found.points,
        "seconds": round(seconds, 2),
        "questions": {
            "mean": round(found.mean, 2),
            "longest": found.longest,
            "mean_to_door": round(found.mean_to_door, 2),
            "longest_to_door": found.longest_to_door,
        },
        "faults": [_fault_as_dict(fault, proof, book) for fault in proof.faults],
    }


def _fault_as_dict(fault: Fault, proof: Proof, book: Book) -> dict[str, Any]:
    one = example(fault.case, proof.places, fault.places, book) if fault.case else None
    return {
        "claim": str(fault.claim),
        "about": fault.about,
        "situations": fault.situations,
        "places": [
            answer
            for number, place in enumerate(proof.places)
            if fault.places >> number & 1
            for answer in place.answers
        ],
        "answers": {answer.question: answer.option for answer in one.answers} if one else {},
        "link": one.payload if one else "",
    }
