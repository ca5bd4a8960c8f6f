"""A case as bytes, and back. The store seals what this writes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from bot.core.referral import (
    Answer,
    Back,
    Card,
    Contact,
    Decline,
    Desk,
    Ended,
    Ending,
    Forward,
    Page,
    PickDay,
    PickService,
    PickTime,
    Referral,
    Said,
    Stage,
    Step,
    Suggestion,
    Taken,
    Template,
    Waiting,
)

_SAME: Final = (
    "code",
    "person",
    "language",
    "service",
    "deputy",
    "cut_off",
    "follows",
    "silent",
    "unreachable",
    "news",
    "calls",
    "rings",
)
"""Fields that JSON knows as they are."""


def pack_case(referral: Referral) -> bytes:
    body: dict[str, Any] = {name: getattr(referral, name) for name in _SAME}
    body |= {
        "card": [referral.card.group, referral.card.claimer],
        "offered": _seconds(referral.offered),
        "deputy_since": _seconds_or_none(referral.deputy_since),
        "stage": _stage(referral.stage),
        "doors": referral.doors,
        "privately": referral.privately,
        "exchange": [_said(one) for one in referral.exchange],
        "suggestion": _suggestion(referral.suggestion),
        "fired": sorted(referral.fired),
    }
    return json.dumps(body, separators=(",", ":")).encode()


def unpack_case(body: bytes) -> Referral:
    """The case that `pack_case` wrote.

    Raises:
        ValueError, KeyError, TypeError: for bytes that no version of it wrote.
    """
    kept: dict[str, Any] = json.loads(body)
    group, claimer = kept["card"]
    privately = kept["privately"]
    return Referral(
        **{name: kept[name] for name in _SAME},
        card=Card(_pairs(group), _pairs(claimer)),
        offered=_moment(kept["offered"]),
        deputy_since=_moment_or_none(kept["deputy_since"]),
        stage=_stage_of(kept["stage"]),
        doors=tuple(kept["doors"]),
        privately=None if privately is None else tuple(privately),
        exchange=tuple(_said_of(one) for one in kept["exchange"]),
        suggestion=_suggestion_of(kept["suggestion"]),
        fired=frozenset(Step(one) for one in kept["fired"]),
    )


def _stage(stage: Stage) -> dict[str, Any]:
    match stage:
        case Waiting(since, back, declining):
            waiting = {"since": _seconds(since), "back": back, "declining": declining}
            return {"kind": "waiting", **waiting}
        case Taken():
            waited = stage.waited
            return {
                "kind": "taken",
                "by": stage.by,
                "since": _seconds(stage.since),
                "private_until": _seconds_or_none(stage.private_until),
                "contact": stage.contact,
                "desk": _desk(stage.desk),
                "phone": stage.phone,
                "office": stage.office,
                "waited": None if waited is None else [_seconds(waited.since), waited.back],
            }
        case Ended(how, at, reason, by):
            return {"kind": "ended", "how": how, "at": _seconds(at), "reason": reason, "by": by}


def _stage_of(kept: Mapping[str, Any]) -> Stage:
    match kept["kind"]:
        case "waiting":
            return replace(_waiting_of(kept["since"], kept["back"]), declining=kept["declining"])
        case "taken":
            waited = kept["waited"]
            return Taken(
                kept["by"],
                _moment(kept["since"]),
                _moment_or_none(kept["private_until"]),
                Contact(kept["contact"]),
                _desk_of(kept["desk"]),
                kept["phone"],
                kept["office"],
                None if waited is None else _waiting_of(*waited),
            )
        case "ended":
            reason = kept["reason"]
            return Ended(
                Ending(kept["how"]),
                _moment(kept["at"]),
                None if reason is None else Decline(reason),
                kept["by"],
            )
        case unknown:
            raise ValueError(unknown)


def _waiting_of(since: float, back: str | None) -> Waiting:
    return Waiting(_moment(since), None if back is None else Back(back))


def _desk(desk: Desk) -> list[Any]:
    match desk:
        case Page():
            return ["page", desk]
        case PickDay(site):
            return ["day", site]
        case PickTime(site, day):
            return ["time", site, day.isoformat()]
        case PickService(reason):
            return ["service", reason]


def _desk_of(kept: list[Any]) -> Desk:
    match kept:
        case ["page", page]:
            return Page(page)
        case ["day", site]:
            return PickDay(site)
        case ["time", site, day]:
            return PickTime(site, date.fromisoformat(day))
        case ["service", reason]:
            return PickService(Forward(reason))
        case unknown:
            raise ValueError(unknown)


def _said(said: Said) -> list[Any]:
    day = None if said.day is None else said.day.isoformat()
    clock = None if said.clock is None else said.clock.isoformat()
    return [said.template, _seconds(said.at), day, clock, said.site, said.answer]


def _said_of(kept: list[Any]) -> Said:
    template, at, day, clock, site, answer = kept
    return Said(
        Template(template),
        _moment(at),
        None if day is None else date.fromisoformat(day),
        None if clock is None else time.fromisoformat(clock),
        site,
        None if answer is None else Answer(answer),
    )


def _suggestion(suggestion: Suggestion | None) -> list[Any] | None:
    if suggestion is None:
        return None
    return [suggestion.service, suggestion.reason, _seconds(suggestion.since)]


def _suggestion_of(kept: list[Any] | None) -> Suggestion | None:
    if kept is None:
        return None
    service, reason, since = kept
    return Suggestion(service, Forward(reason), _moment(since))


def _pairs(kept: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((fact, option) for fact, option in kept)


def _seconds(moment: datetime) -> float:
    return moment.timestamp()


def _seconds_or_none(moment: datetime | None) -> float | None:
    return None if moment is None else _seconds(moment)


def _moment_or_none(seconds: float | None) -> datetime | None:
    return None if seconds is None else _moment(seconds)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
