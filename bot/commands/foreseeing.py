"""What changes in the months to come, and whom it leaves without a known door."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.commands.proving import conversation, grouped, names
from bot.core.knowledge import Book
from bot.proof.example import example
from bot.proof.future import Cause, Future, Gap
from bot.proof.proof import Proof
from bot.sentence import Sentence, Translate


def as_text(future: Future, proof: Proof, book: Book, translate: Translate) -> Iterator[str]:
    """A paragraph for each gap; then from when what we know grows old."""
    yield Sentence("Until {day}:", day=_said(future.days.last)).in_(translate)
    if not future.gaps:
        yield Sentence("✓ Whoever has a known door today keeps one.").in_(translate)
    for gap in future.gaps:
        yield from _gap(gap, proof, book, translate)
    for day, services in future.stale.items():
        yield Sentence(
            "From {day} what we know of these is over a year old: {services}.",
            day=_said(day),
            services=", ".join(services),
        ).in_(translate)


def _gap(gap: Gap, proof: Proof, book: Book, translate: Translate) -> Iterator[str]:
    named = {
        "day": _said(gap.day),
        "until": _said(gap.until) if gap.until else "",
        "places": names(gap.places, proof.places, book, translate),
        "kind": book.texts.get(f"type.{gap.service_type}.name", gap.service_type),
        "because": gap.because,
        "services": ", ".join(gap.services),
    }
    said = Sentence(
        "✗ From {day} these people in {places} have no door that we know: {because} ({kind}). "
        "It ends: {services}."
    )
    if gap.cause is Cause.AWAY:
        said = Sentence(
            "! From {day} to {until} these people in {places} find no open door: {because} "
            "({kind}). Closed: {services}."
        )
    yield said.about(**named).in_(translate)
    count = Sentence("Sets of answers: {count}.", count=grouped(gap.situations))
    yield f"    {count.in_(translate)}"
    for line in conversation(example(gap.case, proof.places, gap.places, book), translate):
        yield f"    {line}"


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
