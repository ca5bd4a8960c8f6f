"""What one book shows at the end of a walk: findings with the doors that each of them opens."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.core.findings import Finding
from bot.core.knowledge import Role
from bot.core.responsibility import Door, Doors
from bot.proof.graph import Point
from bot.proof.law import stands_behind
from bot.proof.outlook import Opened, Outlook


class Shown(NamedTuple):
    finding: Finding
    opened: Opened


def at(outlook: Outlook, point: Point, which: int) -> list[Shown]:
    """By one of the books that were walked, which may not have asked for the place."""
    found = point.found[which]
    opened = [Shown(finding, outlook.of(finding, found)) for finding in found.shown]
    if point.heard and "place" in point.case and "place" not in point.heard[which]:
        return [Shown(finding, outlook.unsaid_place(one)) for finding, one in opened]
    return opened


def on_screens(found: list[Shown], place: int) -> tuple[tuple[Door, ...], ...]:
    """The doors on the screens in their order, each once, where it comes first.

    As `doors` and the screens join what single findings open.
    """
    here = [(one.finding, one.opened.doors[place]) for one in found]
    beside = (
        *(door for _, one in here for door in one.lead),
        *(door for _, one in here for door in one.also),
        *(door for _, one in here for door in one.partners),
    )
    behind = (
        *(door for finding, one in here if stands_behind(finding) for door in one.behind),
        *(
            door
            for role in Role
            for finding, one in here
            if finding.role is role and not stands_behind(finding)
            for door in one.behind
        ),
    )
    return (
        _once(door for _, one in here for door in one.first),
        _once(beside),
        _once(behind),
    )


def standing(one: Shown) -> object:
    """What decides where on the screens its doors stand."""
    finding = one.finding
    return finding.service_type, finding.role, finding.before_lead, stands_behind(finding)


def parts(doors: Doors) -> tuple[tuple[Door, ...], ...]:
    """Its doors, by where they stand."""
    every = (doors.first, doors.lead, doors.also, doors.partners, doors.behind)
    return tuple(_once(part) for part in every)


def lead(found: list[Shown]) -> Shown | None:
    return next((one for one in found if one.finding.role is Role.LEAD), None)


def first_door(leads: Shown | None, place: int) -> str:
    """The id of the first door at a class of places; empty where there is none."""
    return next((door.id for door in leads.opened.doors[place].lead), "") if leads else ""


def rule(leads: Shown | None) -> str:
    """The id of the rule; empty where none leads."""
    return leads.finding.rule.id if leads else ""


def reached(found: list[Shown]) -> int:
    """Where a first door can be reached, as bits."""
    leads = lead(found)
    return leads.opened.leads if leads else 0


def known(found: list[Shown]) -> int:
    """Where a service that we know is responsible, as bits."""
    places = 0
    for one in found:
        places |= one.opened.known
    return places


def reasons(found: list[Shown]) -> list[tuple[str, str]]:
    return [(one.finding.service_type, one.finding.rule.because) for one in found]


def _once(doors: Iterable[Door]) -> tuple[Door, ...]:
    once: dict[str, Door] = {}
    for door in doors:
        # When it was confirmed changes no way.
        once.setdefault(door.id, door._replace(confirmed=None))
    return tuple(once.values())
