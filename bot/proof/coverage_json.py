"""White spots for programs; docs/coverage.md is the contract."""

from collections.abc import Mapping
from typing import Any

from bot.core.knowledge import Book
from bot.proof.coverage import Coverage
from bot.proof.coverage_words import members
from bot.proof.half_days import Opening
from bot.proof.next_steps import Step
from bot.proof.spots import Entry, Spot, Wish

_WEEKDAYS = ("mo", "tu", "we", "th", "fr")


def as_object(covered: Coverage, book: Book, wish: Wish, steps: tuple[Step, ...]) -> dict[str, Any]:
    return {
        "day": covered.day.isoformat(),
        "edition": covered.edition,
        "wish": {"language": wish.language, "half": wish.half},
        "districts": [
            {
                "key": key,
                "name": book.districts[key].name,
                "complete": key in covered.complete,
                "spots": [_spot(covered.spots[key, kind], wish) for kind in covered.types],
            }
            for key in covered.districts
        ],
        "types": [
            {
                "id": kind,
                "name": book.texts[f"type.{kind}.name"],
                "member": book.types[kind].member,
                "authority": book.types[kind].authority,
                "districts_reached": covered.reached(kind, wish),
                "districts_in_part": covered.in_part(kind, wish),
            }
            for kind in covered.types
        ],
        "migration_service": _members(covered, book),
        "statewide": [_spot(spot, wish) for spot in covered.statewide.values()],
        "hotlines": [
            {
                "hotline": line.hotline,
                "confirmed": line.confirmed.isoformat() if line.confirmed else None,
                "languages": _sorted(line.languages),
                **_opening(line.opening),
            }
            for line in covered.hotlines
        ],
        "next": [
            {
                "service": step.service,
                "ask": list(step.ask),
                "fills": [{"district": key, "type": kind} for key, kind in step.fills],
            }
            for step in steps
        ],
    }


def _members(covered: Coverage, book: Book) -> Mapping[str, Any]:
    kinds = members(covered, book)
    return {
        "without": list(covered.without(kinds)),
        "in_part": [
            {
                "district": key,
                "municipalities_reached": share.reached,
                "municipalities": share.of,
            }
            for key, share in covered.in_part_only(kinds).items()
        ],
    }


def _spot(spot: Spot, wish: Wish) -> Mapping[str, Any]:
    return {
        "type": spot.service_type,
        "standing": spot.standing(wish),
        "municipalities_reached": spot.reached(wish),
        "municipalities": spot.of,
        "for_some": spot.for_some(),
        "entries": [_entry(entry) for entry in spot.entries],
    }


def _entry(entry: Entry) -> Mapping[str, Any]:
    return {
        "service": entry.service,
        "barrier": entry.barrier,
        "confirmed": entry.confirmed.isoformat() if entry.confirmed else None,
        "for_some": entry.for_some,
        "municipalities": len(entry.municipalities),
        "languages": _sorted(entry.languages),
        **_opening(entry.opening),
    }


def _opening(opening: Opening) -> Mapping[str, Any]:
    return {
        "half_days": [f"{_WEEKDAYS[day]}_{half}" for day, half in sorted(opening.half_days)],
        "by_appointment": opening.by_appointment,
        "hours_unknown": opening.unsaid,
    }


def _sorted(languages: frozenset[str] | None) -> list[str] | None:
    return None if languages is None else sorted(languages)
