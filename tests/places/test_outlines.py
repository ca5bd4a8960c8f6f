"""The map of the districts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.places.outlines import read

PLACES = Path(__file__).parents[2] / "knowledge" / "places"


def test_every_district_has_an_outline_on_the_sheet(gazetteer):
    outlines = read(PLACES)
    assert outlines is not None
    assert set(outlines.districts) == set(gazetteer.districts)
    assert set(outlines.beside) == {"Berlin"}
    for shape in (*outlines.districts.values(), *outlines.beside.values()):
        assert all(0 <= x <= outlines.width and 0 <= y <= outlines.height for x, y in points(shape))


def test_neighbours_share_their_border():
    """An edge has a district on both sides, or lies on the rim: no gap, no overlap."""
    outlines = read(PLACES)
    shapes = (*outlines.districts.values(), *outlines.beside.values())
    edges = Counter(edge for shape in shapes for edge in border(shape))
    assert set(edges.values()) == {1, 2}
    rim = [edge for edge, sides in edges.items() if sides == 1]
    # The rim is closed, so each of its points is met an even number of times.
    met = Counter(point for edge in rim for point in edge)
    assert all(times % 2 == 0 for times in met.values())
    assert len(rim) < len(edges) / 2


def test_the_map_is_small_and_names_its_source():
    assert (PLACES / "outlines.json").stat().st_size < 60_000
    outlines = read(PLACES)
    assert "© GeoBasis-DE / BKG" in outlines.source
    assert "verändert" in outlines.source


def test_a_region_may_have_no_map(tmp_path):
    assert read(tmp_path) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"width": 1, "height": 1, "districts": {"1": {"path": 3}}}']
)
def test_a_broken_map_says_how_to_make_it_again(tmp_path, text):
    (tmp_path / "outlines.json").write_text(text)
    with pytest.raises(ValueError, match="tools/build_outlines"):
        read(tmp_path)


def border(shape):
    """The edges as sets of two points, whichever way they run."""
    for ring in rings(shape):
        yield from (frozenset(edge) for edge in zip(ring, ring[1:] + ring[:1], strict=True))


def points(shape):
    return [point for ring in rings(shape) for point in ring]


def rings(shape):
    for ring in shape.path.removesuffix("z").split("z"):
        (x, y), *steps = [tuple(map(int, pair)) for pair in re.findall(r"(-?\d+),(-?\d+)", ring)]
        found = [(x, y)]
        for right, down in steps:
            x, y = x + right, y + down
            found.append((x, y))
        yield found
