"""What changes in the months to come, and whom it leaves without a known door."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from bot.commands.proving import Reader, conversation, grouped, named, names
from bot.core.knowledge import Book
from bot.proof.example import example
from bot.proof.future import Cause, Future, Gap
from bot.proof.proof import Proof
from bot.sentence import Sentence


def as_text(future: Future, proof: Proof, reader: Reader) -> Iterator[str]:
    """A paragraph for all whom the same services leave; then from when what we know grows old."""
    translate = reader.translate
    yield Sentence("Until {day}:", day=_said(future.days.last)).in_(translate)
    if not future.gaps:
        yield Sentence("✓ Whoever has a known door today keeps one.").in_(translate)
    for gaps in _by_services(future.gaps):
        yield from _left(gaps, proof, reader)
    for day, services in future.stale.items():
        yield Sentence(
            "From {day} what we know of these is over a year old: {services}.",
            day=_said(day),
            services=named(services, reader.book),
        ).in_(translate)


def _by_services(gaps: Iterable[Gap]) -> Iterable[list[Gap]]:
    """Gaps of the same days that the same services leave; those of most people first."""
    same: dict[object, list[Gap]] = {}
    for gap in gaps:
        same.setdefault((gap.day, gap.until, gap.cause, gap.services), []).append(gap)
    return (sorted(found, key=lambda gap: -gap.situations) for found in same.values())


def _left(gaps: list[Gap], proof: Proof, reader: Reader) -> Iterator[str]:
    """Who is left, and why it was their door; an example of the first."""
    gap, translate = gaps[0], reader.translate
    where = reduce(or_, (one.places for one in gaps))
    said = _AWAY if gap.cause is Cause.AWAY else _ENDS
    yield said.about(
        day=_said(gap.day),
        until=_said(gap.until) if gap.until else "",
        places=names(where, proof.places, reader.book, translate),
        services=named(gap.services, reader.book),
    ).in_(translate)
    for one in gaps[:_SHOWN]:
        yield f"    {_reason(one, where, proof, reader)}"
    if len(gaps) > _SHOWN:
        more = Sentence("… and {count} more.", count=len(gaps) - _SHOWN)
        yield f"    {more.in_(translate)}"
    for line in conversation(example(gap.case, proof.places, gap.places, reader.book), reader):
        yield f"    {line}"


_ENDS: Final = Sentence(
    "✗ From {day} these people in {places} have no door that we know. It ends: {services}."
)
_AWAY: Final = Sentence(
    "! From {day} to {until} these people in {places} find no open door. Closed: {services}."
)
_SHOWN: Final = 8
"""Reasons for one end; `--json` has all."""


def _reason(gap: Gap, where: int, proof: Proof, reader: Reader) -> str:
    said = Sentence("{because} ({kind}). Sets of answers: {count}.")
    if gap.places != where:
        said = Sentence("{because} ({kind}), in {places}. Sets of answers: {count}.")
    book = reader.book
    return said.about(
        because=gap.because,
        kind=book.texts.get(f"type.{gap.service_type}.name", gap.service_type),
        places=names(gap.places, proof.places, book, reader.translate),
        count=grouped(gap.situations),
    ).in_(reader.translate)


def _said(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def as_dict(future: Future, proof: Proof, book: Book) -> dict[str, Any]:
    """The same for programs.

    `{"until", "changes": [days], "gaps": [{"day", "until", "cause", "service_type", "because",
    "services", "situations", "places": [keys], "link"}], "stale": {day: [services]}}`, days as ISO.
    """
    return {
        "until": future.days.last.isoformat(),
        "changes": [day.isoformat() for day in future.changes],
        "gaps": [
            {
                "day": gap.day.isoformat(),
                "until": gap.until.isoformat() if gap.until else None,
                "cause": str(gap.cause),
                "service_type": gap.service_type,
                "because": gap.because,
                "services": list(gap.services),
                "situations": gap.situations,
                "places": [
                    answer
                    for number, place in enumerate(proof.places)
                    if gap.places >> number & 1
                    for answer in place.answers
                ],
                "link": example(gap.case, proof.places, gap.places, book).payload,
            }
            for gap in future.gaps
        ],
        "stale": {day.isoformat(): list(ids) for day, ids in future.stale.items()},
    }
