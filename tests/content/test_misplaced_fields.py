"""A field that does not exist here: in German, in another place, or only misspelt."""

import pytest

LAKE = "services/lake.yaml"
HOURS = "      hours: Mo-Th 09:00-16:00; PH off\n"
OFFERS = "  offers: [mbe]\n"
ABSENCES = (
    "For days on which nobody is there write `absences: [{from: 2026-12-21, to: 2027-01-02}]` "
    "beside `id`; for the week write `hours` beside `address`."
)


@pytest.mark.parametrize(
    ("before", "added", "cure"),
    [
        (HOURS, "      closed: 2026-12-24\n", ABSENCES),
        (OFFERS, "  closed: 2026-12-24\n", ABSENCES),
        (OFFERS, "  geschlossen: 2026-12-24\n", ABSENCES),
        (OFFERS, "  Betriebsferien: 2026-12-24\n", ABSENCES),
        (HOURS, "      languages: [de]\n", "Write `languages` beside `id`."),
        (HOURS, "      Sprachen: [de]\n", "Write `languages` beside `id`."),
        (HOURS, "      öffnungszeiten: 24/7\n", "Did you mean `hours`?"),
        (HOURS, "      oeffnungszeiten: 24/7\n", "Did you mean `hours`?"),
        (HOURS, "      telefon: 110\n", "Did you mean `phone`?"),
        (HOURS, "      E-Mail: 110\n", "Did you mean `email`?"),
        (HOURS, "      PLZ: 110\n", "Write `postcode` under `address`."),
        (OFFERS, "  öffnungszeiten: 24/7\n", "Write `hours` under `sites`."),
        (OFFERS, "  hours: 24/7\n", "Write `hours` under `sites`."),
        (OFFERS, "  phone: 110\n", "Write `phone` under `sites`."),
        (OFFERS, "  town: Lübben\n", "Write `town` under `sites`, there under `address`."),
        (OFFERS, "  Sprachen: [de]\n", "Did you mean `languages`?"),
        (OFFERS, "  langauges: [de]\n", "Did you mean `languages`?"),
    ],
)
def test_a_field_is_answered_with_its_name_and_place(folder, before: str, added: str, cure: str):
    name = added.strip().partition(":")[0]
    folder.edit(LAKE, before, before + added)
    (problem,) = folder.problems()
    assert problem.endswith(f": There is no field `{name}` here. {cure}")


def test_a_group_that_lost_its_fields_is_told_once(folder):
    folder.edit(LAKE, "serves: {statewide: true}", "serves:\n  statewide: true")
    assert folder.problems() == [
        f"{LAKE}:32:3: There is no field `statewide` here. Write `statewide` under `serves`."
    ]


def test_a_group_that_is_only_empty_is_named(folder):
    """The group and what it stands in both have a `name`."""
    fields = """
    name: Das Verzeichnis
    url: https://www.example.org/suche
    type_in: Den Namen der Stelle eingeben
"""
    folder.edit("types.yaml", f"  finder:{fields}", "  finder:\n")
    assert any("`finder` is empty." in problem for problem in folder.problems())


def test_a_field_that_nobody_can_guess_is_answered_with_all_there_are(folder):
    folder.edit(LAKE, OFFERS, OFFERS + "  xyz: 1\n")
    (problem,) = folder.problems()
    assert "There are `id`, `name`, `provider`" in problem


def test_names_in_capitals_are_understood(folder):
    folder.edit(LAKE, "offers: [mbe]", "offers: [MBE]")
    assert folder.problems() == [
        f"{LAKE}:5:12: There is no kind of service `MBE`. Did you mean `mbe`?"
    ]
    folder.edit("rules/base.yaml", "question: concern, is: [work]", "question: Concern, is: [Work]")
    folder.edit("rules/base.yaml", "refer_to: jobcentre", "refer_to: Jobcentre")
    told = "\n".join(folder.problems())
    assert "There is no question `Concern`. Did you mean `concern`?" in told
    assert "There is no kind of service `Jobcentre`. Did you mean `jobcentre`?" in told
    folder.edit("rules/base.yaml", "question: Concern", "question: concern")
    assert "`concern` has no option `Work`. Did you mean `work`?" in "\n".join(folder.problems())
