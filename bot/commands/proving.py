"""What a proof says: to people, sentence by sentence, and to programs."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.config import KNOWLEDGE
from bot.core.case import DONT_KNOW, ELSEWHERE
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it, and of which book."""

    book: Book
    knowledge: Path
    """The folder that holds it."""
    translate: Translate


def as_text(proof: Proof, reader: Reader, seconds: float) -> Iterator[str]:
    """A line for each claim; an example for each that does not hold; how long people are asked."""
    found = proof.verdict
    translate = reader.translate
    yield Sentence(
        "{conversations} conversations: {situations} sets of answers, at {places} places.",
        conversations=grouped(found.conversations),
        situations=grouped(found.situations),
        places=sum(len(place.answers) for place in proof.places),
    ).in_(translate)
    for claim, sentence in HOLDS.items():
        broken = [fault for fault in proof.faults if fault.claim is claim]
        yield f"{'✗' if broken else '✓'} {sentence.in_(translate)}"
        shown = [fault for fault in broken if fault.case][:_EXAMPLES]
        for fault in broken:
            yield from (f"    {line}" for line in _fault(fault, proof, reader))
            if fault in shown:
                one = example(fault.case, proof.places, fault.places, reader.book)
                yield from (f"      {line}" for line in conversation(one, reader))
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


def _fault(fault: Fault, proof: Proof, reader: Reader) -> Iterator[str]:
    translate = reader.translate
    yield _about(fault, reader.book).in_(translate)
    if fault.situations and fault.claim is not Claim.RULE:
        yield Sentence(
            "For {situations} sets of answers, in: {places}.",
            situations=grouped(fault.situations),
            places=names(fault.places, proof.places, reader.book, translate),
        ).in_(translate)


def conversation(one: Example, reader: Reader) -> Iterator[str]:
    """The answers of one person, and how to see what the bot shows them."""
    translate = reader.translate
    yield Sentence("For example:").in_(translate)
    width = max((len(answer.question) for answer in one.answers), default=0)
    for answer in one.answers:
        said = "" if answer.option == answer.words else f"  ({answer.words})"
        yield f"  {answer.question:{width}}  {answer.option}{said}"
    if one.payload:
        yield Sentence(
            "See it: {chat}. On a phone, with the name of your bot: t.me/NAME?start={payload}",
            chat=_chat(one.payload, reader.knowledge),
            payload=one.payload,
        ).in_(translate)


def _chat(payload: str, knowledge: Path) -> str:
    """What to type; another folder than the usual one is named, or another book would answer."""
    command = f"clearing chat --link {payload}"
    if knowledge == KNOWLEDGE:
        return command
    return f"CLEARING_KNOWLEDGE={shlex.quote(str(knowledge))} {command}"


def _about(fault: Fault, book: Book) -> Sentence:
    match fault.claim:
        case Claim.RULE if fault.instead:
            return Sentence(
                "The rule `{rule}` never shows: `{other}` comes first. Is that one meant for so "
                "many people? If it is, take `{rule}` out.",
                rule=fault.about,
                other=fault.instead,
            )
        case Claim.RULE:
            return Sentence(
                "The rule `{rule}` holds for nobody: its conditions exclude each other, or nobody "
                "is asked for what it needs.",
                rule=fault.about,
            )
        case Claim.SERVICE:
            return Sentence(
                "{service} is a door for nobody: no rule leads to its kind, or whom it is for "
                "(`who`) rests on something that these people are not asked.",
                service=named([fault.about], book),
            )
        case Claim.QUESTION if not fault.case:
            return Sentence(
                "`{question}` is never asked: nothing that it decides can show. If rules are "
                "named above, look at those first.",
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


def named(ids: Iterable[str], book: Book) -> str:
    """Services and hotlines as people call them, with their ids."""
    return ", ".join(_named(one, book) for one in ids)


def _named(name: str, book: Book) -> str:
    text = book.texts.get(f"service.{name}.name") or book.texts.get(f"hotline.{name}.name")
    return f"{text} ({name})" if text else name


def names(where: int, places: tuple[PlaceClass, ...], book: Book, translate: Translate) -> str:
    """Districts; a part of one as its municipalities, where they are few."""
    said: dict[str, list[PlaceClass]] = {}
    missing: dict[str, None] = {}
    for number, place in enumerate(places):
        key = place.district or place.answer
        if where >> number & 1:
            said.setdefault(key, []).append(place)
        else:
            missing[key] = None
    if not said.keys() & missing and len(missing) <= _FEW < len(said):
        rest = ", ".join(_whole(key, book, translate) for key in missing)
        whole = Sentence("every place except {places}", places=rest)
        return (whole if missing else Sentence("every place")).in_(translate)
    return ", ".join(_name(key, found, places, book, translate) for key, found in said.items())


def _whole(key: str, book: Book, translate: Translate) -> str:
    if key in book.districts:
        return book.districts[key].name
    return _WITHOUT_NAME[key].in_(translate)


_WITHOUT_NAME: Final = {
    ELSEWHERE: Sentence("outside the region"),
    DONT_KNOW: Sentence("without a place"),
}


def _name(
    key: str,
    found: list[PlaceClass],
    places: tuple[PlaceClass, ...],
    book: Book,
    translate: Translate,
) -> str:
    if key not in book.districts or len(found) == sum(place.district == key for place in places):
        return _whole(key, book, translate)
    towns = [
        book.municipalities[answer].name
        for place in found
        for answer in place.answers
        if answer in book.municipalities
    ]
    more = f" + {len(towns) - _FEW}" if len(towns) > _FEW else ""
    return f"{book.districts[key].name} ({', '.join(towns[:_FEW])}{more})"


_FEW: Final = 4


def grouped(number: int) -> str:
    """With a space between thousands."""
    return f"{number:,}".replace(",", " ")


def as_dict(proof: Proof, book: Book, seconds: float) -> dict[str, Any]:
    """The same for programs.

    `{"holds", "conversations", "situations", "places", "points", "seconds", "questions": {"mean",
    "longest", "mean_to_door", "longest_to_door"}, "faults": [{"claim", "about", "instead",
    "situations", "places": [keys], "answers": {question: option}, "link"}]}`.
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
        "instead": fault.instead,
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
