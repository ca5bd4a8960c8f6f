"""A team as bytes, and back. The store seals what this writes."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.team import Away, Caution, Colleague, Danger, Team


def pack_team(team: Team) -> bytes:
    body = {
        "group": team.group,
        "services": team.services,
        "crew": [_colleague(one) for one in team.crew],
        "danger": team.danger,
        "cautions": team.cautions,
        "writable": team.writable,
    }
    return json.dumps(body, separators=(",", ":")).encode()


def unpack_team(body: bytes) -> Team:
    """The team that `pack_team` wrote.

    Raises:
        ValueError, KeyError, TypeError: for bytes that no version of it wrote.
    """
    kept: dict[str, Any] = json.loads(body)
    danger = kept["danger"]
    return Team(
        kept["group"],
        tuple(kept["services"]),
        tuple(_colleague_of(one) for one in kept["crew"]),
        None if danger is None else Danger(danger),
        tuple(Caution(one) for one in kept["cautions"]),
        kept["writable"],
    )


def _colleague(one: Colleague) -> dict[str, Any]:
    away = one.away and {
        "until": one.away.until.isoformat(),
        "asked": one.away.asked,
        "deputy": one.away.deputy,
    }
    return {"person": one.person, "private": one.private, "away": away}


def _colleague_of(kept: Mapping[str, Any]) -> Colleague:
    away = kept["away"]
    return Colleague(
        kept["person"],
        kept["private"],
        away and Away(date.fromisoformat(away["until"]), away["asked"], away["deputy"]),
    )
