"""How well places are found: measured over samples with fixed seeds, and held to what is achieved.

`heard.csv` holds names as speakers of Ukrainian, Russian, Arabic and Persian would write them by
ear, for municipalities whose names in these scripts are in no table.  The names of `names.csv` are
measured a second time as if they were unknown.
`pytest -s tests/places/test_quality.py` prints the figures.
"""

import csv
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.places.gazetteer import Gazetteer
from bot.places.scripts import LONGEST, Script, script_of

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[2] / "knowledge" / "places"
Sample = list[tuple[str, str]]
"""AGS and what is typed for it."""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(FOLDER)


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """A gazetteer that has never seen a name in Cyrillic or Arabic letters."""
    folder = tmp_path_factory.mktemp("places")
    for path in FOLDER.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    rows = _rows(FOLDER / "names.csv")
    with (folder / "names.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["ags", "name"])
        table.writeheader()
        table.writerows(row for row in rows if script_of(row["name"]) is Script.LATIN)
    return Gazetteer.load(folder)


@pytest.mark.parametrize(
    ("script", "first", "among_three"),
    [(Script.CYRILLIC, 0.97, 0.99), (Script.ARABIC, 0.92, 0.97)],
)
def test_a_name_that_is_in_no_table_is_heard(
    unread: Gazetteer, script: Script, first: float, among_three: float
) -> None:
    known = [(row["ags"], row["name"]) for row in _rows(FOLDER / "names.csv")]
    sample = [(ags, name) for ags, name in known if script_of(name) is script]
    _measure(unread, sample, f"held out, {script.value}", first, among_three)


@pytest.mark.parametrize(
    ("languages", "first", "among_three"),
    [({"uk"}, 0.97, 0.97), ({"ru"}, 0.95, 0.95), ({"ar", "fa"}, 0.92, 0.95)],
)
def test_a_name_written_by_ear_is_heard(
    gazetteer: Gazetteer, languages: set[str], first: float, among_three: float
) -> None:
    by_name = {m.name: ags for ags, m in gazetteer.municipalities.items()}
    heard = [row for row in _rows(HERE / "heard.csv") if row["language"] in languages]
    sample = [(by_name[row["municipality"]], row["text"]) for row in heard]
    _measure(gazetteer, sample, f"by ear, {sorted(languages)}", first, among_three)


def test_one_slip_in_a_latin_name_is_forgiven(gazetteer: Gazetteer) -> None:
    chance = random.Random(20)
    sample = [
        (ags, _slip(municipality.name, chance))
        for ags, municipality in sorted(gazetteer.municipalities.items())
        for _ in range(3)
    ]
    _measure(gazetteer, sample, "one slip", 0.96, 0.985)


def test_no_foreign_place_is_taken_for_one_of_ours(gazetteer: Gazetteer) -> None:
    foreign = (HERE / "foreign.txt").read_text(encoding="utf-8").splitlines()
    assert len(foreign) >= 100
    taken, unknown = [], []
    for text in foreign:
        match = gazetteer.find(text)
        if match.municipalities or match.district:
            taken.append(text)
        if not match.outside:
            unknown.append(text)
    _report(f"foreign: {len(foreign)}, not recognised: {unknown}")
    assert taken == []
    assert len(unknown) <= 2


def test_every_own_name_is_found_and_never_taken_for_another(gazetteer: Gazetteer) -> None:
    for ags, municipality in gazetteer.municipalities.items():
        match = gazetteer.find(municipality.name)
        assert municipality in match.municipalities, municipality
        assert not match.exact or match.municipalities[0].ags == ags


def test_of_an_endless_text_only_the_beginning_is_looked_up(gazetteer: Gazetteer) -> None:
    for text in ("x" * 65_536, "Potsdm " * 9_000, "\u0436" * 65_536):
        assert gazetteer.find(text) == gazetteer.find(text[:LONGEST])


def _measure(
    gazetteer: Gazetteer, sample: Sample, what: str, least_first: float, least_three: float
) -> None:
    """The shares that come first and among the first three are at least so large."""
    found = [(ags, [m.ags for m in gazetteer.find(text).municipalities]) for ags, text in sample]
    first = _share(ags in places[:1] for ags, places in found)
    among_three = _share(ags in places[:3] for ags, places in found)
    _report(f"{what}: {len(sample)} names, first {first:.1%}, among three {among_three:.1%}")
    assert first >= least_first
    assert among_three >= least_three


def _report(line: str) -> None:
    print(f"\n{line}")  # noqa: T201 - figures for docs/benchmarks.md, shown by `pytest -s`


def _share(hits: Iterable[bool]) -> float:
    every = list(hits)
    return sum(every) / len(every)


def _slip(name: str, chance: random.Random) -> str:
    """One letter left out, doubled by another, replaced, or swapped with the next."""
    at = chance.randrange(1, len(name) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
