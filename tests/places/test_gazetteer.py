"""Typed places and shared locations, one by one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.gazetteer import Gazetteer

FOLDER = Path(__file__).parents[2] / "knowledge" / "places"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(FOLDER)


def test_all_municipalities_and_districts_are_there(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.municipalities) == 413
    assert len(gazetteer.districts) == 18
    assert {m.district for m in gazetteer.municipalities.values()} == set(gazetteer.districts)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lübben", "Lübben (Spreewald)"),
        ("luebben", "Lübben (Spreewald)"),
        ("15907", "Lübben (Spreewald)"),
        ("١٥٩٠٧", "Lübben (Spreewald)"),
        ("۱۵۹۰۷ Lübben", "Lübben (Spreewald)"),
        ("Chóśebuz", "Cottbus"),
        ("ich wohne in Cottbus", "Cottbus"),
        ("Котбус", "Cottbus"),
        ("Frankfurt Oder", "Frankfurt (Oder)"),
        ("Babelsberg", "Potsdam"),
        ("KW", "Königs Wusterhausen"),
    ],
)
def test_one_municipality_is_meant(gazetteer: Gazetteer, text: str, name: str) -> None:
    match = gazetteer.find(text)
    assert match.municipalities[0].name == name
    assert match.exact


@pytest.mark.parametrize("text", ["Werder", "Neuendorf", "01945", "Falkenberg"])
def test_several_municipalities_are_asked_about(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.find(text)
    assert len(match.municipalities) > 1
    assert not match.exact


@pytest.mark.parametrize("text", ["Neuendorf", "Нойендорф", "نویندورف"])
def test_a_village_is_named_beside_each_municipality_that_has_one(
    gazetteer: Gazetteer, text: str
) -> None:
    match = gazetteer.find(text)
    assert match.villages["12069076"] == "Neuendorf"


def test_a_municipality_that_is_called_so_itself_needs_no_village(gazetteer: Gazetteer) -> None:
    match = gazetteer.find("Buckow")
    assert match.municipalities[0].name == "Buckow (Märkische Schweiz)"
    assert match.municipalities[0].ags not in match.villages
    assert {match.villages[one.ags] for one in match.municipalities[1:]} == {"Buckow"}
    assert not gazetteer.find("01945").villages


@pytest.mark.parametrize(
    ("text", "key"),
    [("Havelland", "12063"), ("Landkreis Barnim", "12060"), ("LOS", "12067")],
)
def test_a_district_is_a_place(gazetteer: Gazetteer, text: str, key: str) -> None:
    assert gazetteer.find(text).district == key


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "😀" * 99, "a" * 65536, "\u202e", "ß/"]
)
def test_any_text_is_answered(gazetteer: Gazetteer, text: str) -> None:
    assert not gazetteer.find(text).exact


@given(st.text(st.characters(), max_size=40), st.sampled_from(["", "Potsdam ", "15907 ", "ه"]))
def test_whatever_is_typed_nothing_raises(gazetteer: Gazetteer, text: str, before: str) -> None:
    match = gazetteer.find(before + text)
    assert len(match.municipalities) <= 5
    assert not match.exact or match.municipalities or match.district


@pytest.mark.parametrize("text", ["Frankfurt", "Brandenburg", "Schwerin", "Mahlsdorf"])
def test_a_namesake_is_asked_about(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.find(text)
    assert match.municipalities
    assert match.outside is None
    assert not match.exact


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Гавельланд", "12063"),
        ("Одер-Шпрее", "12067"),
        ("Уккермарк", "12073"),
        ("اوكرمارك", "12073"),
    ],
)
def test_a_district_is_heard_in_other_scripts(gazetteer: Gazetteer, text: str, key: str) -> None:
    assert gazetteer.find(text).district == key


@pytest.mark.parametrize(
    "text", ["Deutschkurs", "Wohnung", "Hilfe", "мне нужна помощь", "مساعدة", "Havel", "Land"]
)
def test_a_word_that_is_no_place_is_not_taken_for_one(gazetteer: Gazetteer, text: str) -> None:
    match = gazetteer.find(text)
    assert not match.exact
    assert match.district is None


def test_a_postcode_of_many_villages_leads_to_their_district(gazetteer: Gazetteer) -> None:
    match = gazetteer.find("01945")
    assert len(match.municipalities) == 5
    assert match.district == "12066"
    assert not match.exact


@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [(52.3989, 13.0657, "Potsdam"), (51.7577, 14.3289, "Cottbus"), (53.3167, 13.8667, "Prenzlau")],
)
def test_a_location_is_in_a_municipality(
    gazetteer: Gazetteer, latitude: float, longitude: float, name: str
) -> None:
    assert gazetteer.at(latitude, longitude).municipalities[0].name == name


def test_a_location_elsewhere_is_outside(gazetteer: Gazetteer) -> None:
    assert gazetteer.at(52.52, 13.40).outside == "Berlin"
    assert gazetteer.at(50.45, 30.52).outside == "Kyiv"
    assert gazetteer.at(0.0, 0.0).outside
    assert gazetteer.at(float("nan"), float("inf")).municipalities == ()


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"districts\.csv: There is no such file"):
        Gazetteer.load(tmp_path)


@pytest.mark.parametrize(
    "name", sorted({path.name for path in FOLDER.glob("*.csv")} - {"members.csv"})
)
def test_a_broken_table_is_named(tmp_path: Path, name: str) -> None:
    for path in FOLDER.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        if path.name == name:
            lines[1] += ",more,cells"
        (tmp_path / path.name).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{name}:2: "):
        Gazetteer.load(tmp_path)


@pytest.mark.parametrize(
    ("postcode", "districts"),
    [
        ("14467", ["Potsdam"]),
        ("01945", ["Oberspreewald-Lausitz"]),
        ("10115", []),
        ("", []),
    ],
)
def test_a_postcode_lies_in_districts(gazetteer, postcode, districts):
    assert [district.name for district in gazetteer.postcodes.districts_of(postcode)] == districts


@pytest.mark.parametrize(
    ("postcode", "town"),
    [("14467", "Potsdam"), ("03046", "Cottbus"), ("10115", "Berlin"), ("99999", None)],
)
def test_a_postcode_belongs_to_towns(gazetteer, postcode, town):
    assert gazetteer.postcodes.towns_of(postcode)[:1] == ((town,) if town else ())


@pytest.mark.parametrize(
    ("town", "postcode", "elsewhere"),
    [
        ("Wittenberge", "19322", False),
        ("Wittenberge", "19348", True),
        ("Wittenberge", "03046", True),
        ("Wittenberge", "10115", True),
        ("Berlin", "19322", True),
        ("Berlin", "10115", False),
        ("Brandenburg/Havel", "14770", False),
        ("Brandenburg an der Havel", "14770", False),
        ("Frankfurt (Oder)", "15230", False),
        ("Lübben", "15907", False),
        ("Lübben (Spreewald)", "15907", False),
        ("Groß Glienicke", "14476", False),
        ("Niemandsdorf", "19322", False),
    ],
)
def test_a_town_has_its_own_postcodes(gazetteer, town, postcode, elsewhere):
    assert gazetteer.postcodes.is_elsewhere(town, postcode) is elsewhere
