"""Which municipality a stop of the VBB is in: its key gives the district, the rest is nearness.

No package holds the borders of the municipalities. So: what is named like a municipality, or stands
in members.csv, is certain; the certain ones vote for the others by nearness, inside each district.
The numbers of the stops run through the villages of one municipality, so a neighbouring number
counts as nearness, too.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

_KIND = re.compile(r"^(S\+U|S|U)\s+|\s+(Bhf|Bahnhof|Hauptbahnhof|Hbf|Bf|ZOB|Busbahnhof|TRAM)\b.*")
_QUALIFIER = re.compile(r"\s*\(.*?\)")
_IN_BRACKETS = re.compile(r"\((.*?)\)")
_SAME_BLOCK = 6
"""Stop numbers at most so far apart usually belong to one municipality."""
_BLOCK_WEIGHT = 0.4
_STEEP = 6
_NAMESAKE = 5
"""Kilometres: farther away it is another village of the same name."""
_CLEAR = 30
"""So many times the votes of the next municipality make a locality certain."""
_CANDIDATES = 3
_ONE_MUNICIPALITY = 14
"""Kilometres: two parts of one municipality are hardly farther apart."""
_NEXT_DOOR = 25


@dataclass
class Locality:
    name: str
    district: str
    stops: list[tuple[float, float]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    ags: str = ""
    sure: bool = False
    others: tuple[str, ...] = ()
    """Where else it may belong, the likeliest first, while it is not certain."""

    @property
    def plain(self) -> str:
        return _QUALIFIER.sub("", self.name)

    @property
    def at(self) -> tuple[float, float]:
        return median(p[0] for p in self.stops), median(p[1] for p in self.stops)


def localities_of(stations: Iterable[Mapping[str, Any]]) -> list[Locality]:
    """The part of each stop's name before the comma, per district."""
    found: dict[tuple[str, str], Locality] = {}
    for station in stations:
        key = re.match(r"de:(12\d{3}):(\d+)", str(station["id"]))
        if not key:
            continue
        name = _KIND.sub("", str(station["name"]).split(",")[0]).strip()
        if not name or not name[0].isalpha():
            continue
        locality = found.setdefault((key[1], name), Locality(name, key[1]))
        where = station["location"]
        locality.stops.append((where["latitude"], where["longitude"]))
        if key[2].startswith("900"):
            locality.numbers.append(int(key[2]))
    return sorted(found.values(), key=lambda locality: (locality.district, locality.name))


def assign(
    localities: list[Locality],
    municipalities: Mapping[str, str],
    points: Iterable[tuple[float, float, str]],
    members: Mapping[str, list[str]],
) -> list[str]:
    """Fill in `ags` and `sure`; returns what stands in members.csv and is no stop."""
    by_district: dict[str, list[Locality]] = defaultdict(list)
    for locality in localities:
        by_district[locality.district].append(locality)
    anchors: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for latitude, longitude, ags in points:
        anchors[ags[:5]].append((latitude, longitude, ags))
    missing: list[str] = []
    for district, inside in sorted(by_district.items()):
        here = {ags: name for ags, name in municipalities.items() if ags.startswith(district)}
        _by_name(inside, here, anchors[district])
        missing += _by_member(inside, {ags: members.get(ags, []) for ags in here})
        _vote(inside, anchors[district])
    return missing


def borrowed(localities: list[Locality], municipalities: Mapping[str, str]) -> list[Locality]:
    """Stops that carry the name of the town next door: `Cottbus, ...` in the district around it."""
    own: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for locality in localities:
        short = _QUALIFIER.sub("", municipalities[locality.ags])
        if locality.plain in {short, municipalities[locality.ags]}:
            own[locality.plain].append(locality.at)
    own["Berlin"].append((52.52, 13.4))
    return [
        locality
        for locality in localities
        if locality.plain == locality.name != _QUALIFIER.sub("", municipalities[locality.ags])
        and any(kilometres(locality.at, at) < _NEXT_DOOR for at in own.get(locality.plain, ()))
    ]


def _by_name(
    inside: list[Locality], here: Mapping[str, str], points: list[tuple[float, float, str]]
) -> None:
    if len(here) == 1:
        for locality in inside:
            locality.ags, locality.sure = next(iter(here)), True
        return
    at = {ags: (latitude, longitude) for latitude, longitude, ags in points}
    shorts = {_QUALIFIER.sub("", name): ags for ags, name in here.items()}
    for locality in inside:
        told = _IN_BRACKETS.search(locality.name)
        if told and told[1] in shorts and locality.name not in here.values():
            locality.ags, locality.sure = shorts[told[1]], True
    for ags, name in here.items():
        plain = _QUALIFIER.sub("", name)
        wanted = {
            name,
            plain,
            plain.split("/")[0],
            re.sub(r" (bei Berlin|an der Havel)$", "", plain),
        }
        for locality in inside:
            near = ags not in at or kilometres(locality.at, at[ags]) < _NAMESAKE
            if near and not locality.sure and (locality.plain in wanted or locality.name in wanted):
                locality.ags, locality.sure = ags, True


def _by_member(inside: list[Locality], members: Mapping[str, list[str]]) -> list[str]:
    missing = []
    for ags, names in members.items():
        known = [locality for locality in inside if locality.ags == ags]
        several = []
        for name in names:
            same = [o for o in inside if o.plain == name and (not o.sure or o.ags == ags)]
            if len(same) == 1 and (not known or _near(same[0], known)):
                same[0].ags, same[0].sure = ags, True
                known.append(same[0])
            elif len(same) > 1:
                several.append(same)
            elif not same and not any(locality.plain == name for locality in known):
                missing.append(f"{ags} {name}")
        for same in several:
            if not known or any(locality.ags == ags for locality in same):
                continue
            nearest = min(same, key=lambda o: min(kilometres(o.at, k.at) for k in known))
            nearest.ags, nearest.sure = ags, True
            known.append(nearest)
    return missing


def _near(locality: Locality, known: list[Locality]) -> bool:
    return min(kilometres(locality.at, one.at) for one in known) < _ONE_MUNICIPALITY


def _vote(inside: list[Locality], points: list[tuple[float, float, str]]) -> None:
    fixed = [(locality.at, locality.numbers, locality.ags) for locality in inside if locality.sure]
    fixed += [((latitude, longitude), [], ags) for latitude, longitude, ags in points]
    for locality in inside:
        if locality.sure:
            continue
        votes: dict[str, float] = defaultdict(float)
        for at, numbers, ags in fixed:
            far = max(kilometres(locality.at, at), 0.3) * _apart(numbers, locality.numbers)
            votes[ags] += far**-_STEEP
        ranked = sorted(((vote, ags) for ags, vote in votes.items()), reverse=True)
        locality.ags = ranked[0][1]
        locality.sure = len(ranked) == 1 or ranked[0][0] >= _CLEAR * ranked[1][0]
        if not locality.sure:
            locality.others = tuple(ags for _, ags in ranked[1:_CANDIDATES])


def _apart(one: list[int], other: list[int]) -> float:
    """1 for stops whose numbers have nothing to do with each other, less for neighbours."""
    gap = min((abs(a - b) for a in one for b in other), default=1000)
    return 1 - _BLOCK_WEIGHT * math.exp(-gap / _SAME_BLOCK)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Flat, good enough inside one region."""
    return math.hypot((one[0] - other[0]) * 111.2, (one[1] - other[1]) * 68.0)
