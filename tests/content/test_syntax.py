"""A file that is no YAML: the line where the slip was made, and a cure that cures it."""

import pytest

LAKE = "services/lake.yaml"
PROVIDER = "  provider: Verein am See e. V.\n  carrier: independent"

SLIPS = {
    "a tab": (
        ("  provider: Verein", "\tprovider: Verein"),
        "3:1: A tab stands here. Delete it and type spaces instead.",
    ),
    "a tab behind spaces": (
        ("  provider: Verein", "  \tprovider: Verein"),
        "3:3: A tab stands here. Delete it and type spaces instead.",
    ),
    "a tab under a group": (
        ("    districts: ['12061']", "\tdistricts: ['12061']"),
        "7:1: A tab stands here. Delete it and type spaces instead.",
    ),
    "a tab behind a dash": (
        ("- id: mbe_lake", "-\tid: mbe_lake"),
        "1:2: A tab stands here. Delete it and type spaces instead.",
    ),
    "a quote that swallows the next lines": (
        ("postcode: '01234'", "postcode: '01234"),
        "15:19: The quote ' that opens here is not closed. Write ' behind the text as well.",
    ),
    "a quote that is not closed in a list": (
        ("districts: ['12061']", "districts: ['12061]"),
        "7:17: The quote ' that opens here is not closed. Write ' behind the text as well.",
    ),
    "a quote that swallows the whole file": (
        ("name: MBE am See", 'name: "MBE am See'),
        '2:9: The quote " that opens here is not closed. Write " behind the text as well.',
    ),
    "text behind a quote": (
        ("name: MBE am See", 'name: "MBE" am See'),
        (
            "2:15: Text stands behind the closing quote. Put the whole text into quotes, and "
            "inside it write others, such as „ and “."
        ),
    ),
    "an apostrophe in a text in quotes": (
        ("name: MBE am See", "name: 'Marie's Haus'"),
        "2:16: Text stands behind the closing quote.",
    ),
    "one space too many": (
        ("  provider: Verein", "   provider: Verein"),
        (
            "3:4: This line is not indented as the lines around it. "
            "Begin it exactly below `name` in line 2 (column 3)."
        ),
    ),
    "one space too few": (
        ("  provider: Verein", " provider: Verein"),
        (
            "3:2: This line is not indented as the lines around it. "
            "Begin it exactly below `name` in line 2 (column 3)."
        ),
    ),
    "no space at all": (
        ("  provider: Verein", "provider: Verein"),
        (
            "3:1: This line is not indented as the lines around it. "
            "Begin it exactly below `name` in line 2 (column 3)."
        ),
    ),
    "a field of a site that is left of it": (
        ("      phone: [03546 1234]", "    phone: [03546 1234]"),
        (
            "17:5: This line is not indented as the lines around it. "
            "Begin it exactly below `address` in line 12 (column 7)."
        ),
    ),
    "a field between two levels": (
        ("      phone: [03546 1234]", "       phone: [03546 1234]"),
        (
            "17:8: This line is not indented as the lines around it. Begin it exactly below "
            "`address` in line 12 (column 7) or below `town` in line 16 (column 9)."
        ),
    ),
    "an entry that is indented": (
        ("\n- id: shelter_lake", "\n - id: shelter_lake"),
        (
            "26:2: This line is not indented as the lines around it. "
            "Begin it exactly below `-` in line 1 (column 1)."
        ),
    ),
    "a first entry that is indented": (
        ("- id: mbe_lake", " - id: mbe_lake"),
        "1:2: The first entry is indented. Begin it in column 1.",
    ),
    "a dash without a space": (
        ("\n- id: shelter_lake", "\n-id: shelter_lake"),
        "26:1: A space is missing behind the `-`. Write `- id:`.",
    ),
    "a colon without a space": (
        (PROVIDER, PROVIDER.replace("provider: ", "provider:")),
        "3:3: A space is missing behind the colon. Write `provider: Verein am See e. V.`.",
    ),
    "a line without a colon": (
        (PROVIDER, PROVIDER.replace("provider: ", "provider ")),
        "3:3: This is not YAML: a line without a colon. Write `field: text`; check the indent.",
    ),
    "a first field without a colon": (
        ("        name: Haus 2", "        name Haus 2"),
        "13:9: This is not YAML: a line without a colon.",
    ),
    "a group without a colon": (
        ("  serves:\n    districts", "  serves\n    districts"),
        "6:3: This is not YAML: a line without a colon.",
    ),
    "a colon in a text": (
        ("name: MBE am See", "name: MBE: am See"),
        "2:12: This is not YAML: a colon where none may stand. Put the text in quotes.",
    ),
    "a colon in the second line of a text": (
        ("name: MBE am See", "name: MBE\n    am See: Lübben"),
        "3:11: This is not YAML: a colon where none may stand. Put the text in quotes.",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_named_where_it_was_made(folder, name: str):
    edit, expected = SLIPS[name]
    folder.edit(LAKE, *edit)
    (problem,) = folder.problems()
    assert problem.startswith(f"{LAKE}:{expected}"), problem


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: MBE am See", 'name: "MBE\n    am See"'),
        ("name: MBE am See", "name:\tMBE am See"),
        ("name: MBE am See", "name: Marie's Haus"),
        ("name: MBE am See", "name: MBE\n      am See"),
        ("  provider: Verein", "\n  # Ein Satz\n\n  provider: Verein"),
    ],
)
def test_what_is_only_unusual_is_no_slip(folder, old: str, new: str):
    folder.edit(LAKE, old, new)
    assert folder.problems() == []
