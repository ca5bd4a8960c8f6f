"""Keys of districts and municipalities, which nobody knows by heart."""

import pytest

from bot.content.loader import load
from bot.content.problems import ContentError
from bot.core.place import District, Municipality

LAKE = "services/lake.yaml"
DISTRICTS = {
    key: District(key, name)
    for key, name in (
        ("12052", "Cottbus"),
        ("12061", "Dahme-Spreewald"),
        ("12070", "Prignitz"),
    )
}
MUNICIPALITIES = {
    key: Municipality(key, name)
    for key, name in (
        ("12052000", "Cottbus"),
        ("12061316", "Lübben (Spreewald)"),
        ("12061112", "Halbe"),
        ("12070424", "Wittenberge"),
        ("12070125", "Halbe"),
    )
}
LIST = "There are 12052 (Cottbus), 12061 (Dahme-Spreewald), 12070 (Prignitz)."
LOOK = "Look its key up in places/municipalities.csv, or write its name: then you are told the key."


def problems(folder) -> list[str]:
    with pytest.raises(ContentError) as raised:
        load(folder.path, DISTRICTS, MUNICIPALITIES)
    return str(raised.value).split("\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("'12099'", f"There is no district `12099`. {LIST}"),
        ("12o70", f"There is no district `12o70`. {LIST}"),
        ("Prignitz", "`Prignitz` is a name; here stands the key. Write '12070'."),
        ("prignitz", "`prignitz` is a name; here stands the key. Write '12070'."),
        ("LK Prignitz", "`LK Prignitz` is a name; here stands the key. Write '12070'."),
        ("Landkreis Prignitz", "`Landkreis Prignitz` is a name; here stands the key."),
        ("Cottbus", "`Cottbus` is a name; here stands the key. Write '12052'."),
        ("Prignits", "There is no district `Prignits`. Did you mean '12070' (Prignitz)?"),
        (
            "Wittenberge",
            (
                "`Wittenberge` is a municipality, not a district. Write its district '12070' "
                "(Prignitz); the municipality '12070424' belongs under `municipalities`."
            ),
        ),
        (
            "'12070424'",
            (
                "`12070424` is a municipality, not a district. Write its district '12070' "
                "(Prignitz); the municipality '12070424' belongs under `municipalities`."
            ),
        ),
    ],
)
@pytest.mark.parametrize("place", ["services/lake.yaml:7:17", "region.yaml:18:12"])
def test_a_district_is_answered_with_its_key(folder, place: str, written: str, expected: str):
    if place.startswith(LAKE):
        folder.edit(LAKE, "districts: ['12061']", f"districts: [{written}]")
    else:
        folder.edit("region.yaml", "complete: ['12061']", f"complete: [{written}]")
    (problem,) = problems(folder)
    assert problem.startswith(f"{place}: {expected}")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("'12070425'", f"There is no municipality `12070425`. {LOOK}"),
        ("Wittenberge", "`Wittenberge` is a name; here stands the key. Write '12070424'."),
        ("Stadt Lübben", "`Stadt Lübben` is a name; here stands the key. Write '12061316'."),
        ("Lübben (Spreewald)", "`Lübben (Spreewald)` is a name; here stands the key."),
        (
            "Halbe",
            (
                "`Halbe` is a name; here stands the key. "
                "Write '12061112' (Dahme-Spreewald) or '12070125' (Prignitz)."
            ),
        ),
        (
            "Wittenberg",
            "There is no municipality `Wittenberg`. Did you mean '12070424' (Wittenberge)?",
        ),
        (
            "Prignitz",
            (
                "`Prignitz` is a district, not a municipality. "
                "Write `districts: ['12070']`, or the keys of municipalities."
            ),
        ),
        (
            "'12070'",
            (
                "`12070` is a district, not a municipality. "
                "Write `districts: ['12070']`, or the keys of municipalities."
            ),
        ),
    ],
)
def test_a_municipality_is_answered_with_its_key(folder, written: str, expected: str):
    folder.edit(LAKE, "'12061316'", written)
    (problem,) = problems(folder)
    assert problem.startswith(f"{LAKE}:8:22: {expected}")
