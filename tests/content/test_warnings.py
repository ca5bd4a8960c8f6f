"""What is allowed but not yet good."""

from datetime import date

import pytest

from bot.content import files
from bot.content.warnings import warnings
from tests.content.conftest import Places

TODAY = date(2026, 11, 23)


LAKE = "services/lake.yaml"
SECOND = """
- id: mbe_again
  name: Noch einmal
  provider: Verein am See e. V.
  carrier: independent
  offers: [mbe]
  serves: {districts: ['12061']}
  sites:
    - phone: [0049 3546 1234]
      evidence: {source: Beispiel, date: '2025', confidence: high}
"""


def _warnings(folder, today: date = TODAY) -> list[str]:
    sources = files.read(folder.path)
    found = warnings(sources, today, Places())
    return [str(warning) for warning in found]


def _new(folder, edit: tuple[str, str, str]) -> list[str]:
    """The warnings that an edit adds."""
    before = _warnings(folder)
    folder.edit(*edit)
    assert folder.problems() == []
    return [warning for warning in _warnings(folder) if warning not in before]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            (LAKE, "languages: [de, ru]", "languages: [de, ua]"),
            (
                "services/lake.yaml:10:19: `mbe_lake`: nobody knows a language `ua`. "
                "Did you mean `uk`?"
            ),
        ),
        (
            (LAKE, "languages: [de, ru]", "languages: [xx]"),
            (
                "services/lake.yaml:10:15: `mbe_lake`: nobody knows a language `xx`. "
                "Write the code of ISO 639, such as `de`, `uk` (Ukrainian) or `ckb` (Sorani)."
            ),
        ),
        (
            ("hotlines.yaml", "hours: 24/7", "hours: 24/7\n  languages: [Türkisch]"),
            (
                "hotlines.yaml:7:15: `police`: nobody knows a language `Türkisch`. "
                "Did you mean `tr`?"
            ),
        ),
        (
            (LAKE, "postcode: '01234'", "postcode: '03046'"),
            (
                "services/lake.yaml:15:19: `mbe_lake`: 03046 lies in Cottbus, which it does not "
                "serve. Correct the postcode or `serves`; "
                "a door in a neighbouring town may be right."
            ),
        ),
        (
            (LAKE, "postcode: '01234'", "postcode: '16928'"),
            (
                "services/lake.yaml:15:19: `mbe_lake`: the postcode 16928 belongs to Gerdshagen, "
                "Groß Pankow, Halenbeck, …, not to Lübben. Correct the postcode or the town."
            ),
        ),
        (
            (LAKE, "postcode: '01234'", "postcode: '15999'"),
            (
                "services/lake.yaml:15:19: `mbe_lake`: nobody knows the postcode 15999. "
                "Look it up; only one that belongs to a single large office may be right."
            ),
        ),
        (
            (LAKE, "date: '2024-05'", "date: '2026-12'"),
            (
                "services/lake.yaml:22:57: `mbe_lake`: the evidence is of 2026-12, in the future. "
                "Correct the date."
            ),
        ),
        (
            ("hotlines.yaml", "date: '2023'", "date: '2027'"),
            (
                "hotlines.yaml:11:38: `police`: the evidence is of 2027, in the future. "
                "Correct the date."
            ),
        ),
        (
            (LAKE, "from: 2024-01-01", "from: 2027-01-01"),
            (
                "services/lake.yaml:24:17: `mbe_lake` begins on 2027-01-01 and is not shown "
                "before. There is nothing to do if that is meant."
            ),
        ),
        (
            ("hotlines.yaml", "website: https://www.example.org", 'phone: "110"'),
            (
                "hotlines.yaml:16:10: `chat` has the same number as `police` in hotlines.yaml:1. "
                "If it is one door, make one entry of the two; if it is not, leave them."
            ),
        ),
    ],
)
def test_what_somebody_should_look_at_is_a_warning(folder, edit, expected):
    assert _new(folder, edit) == [expected]


def test_two_entries_for_one_phone_and_offer_are_named_both(folder):
    text = (folder.path / LAKE).read_text(encoding="utf-8")
    folder.write(LAKE, text + SECOND)
    expected = (
        "services/lake.yaml:38:7: `mbe_again` has the same offer `mbe` and the same phone number "
        "as `mbe_lake` in services/lake.yaml:1. If it is one door, make one entry of the two; "
        "if it is not, leave them."
    )
    assert expected in _warnings(folder)
    address = "address: {name: Haus 2, street: SEESTRASSE 1, town: Lübben}"
    folder.edit(LAKE, "phone: [0049 3546 1234]", address.replace("SS", "ß"))
    assert any("and the same address as `mbe_lake`" in line for line in _warnings(folder))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("offers: [mbe]\n  serves: {", "offers: [jobcentre]\n  serves: {"),
        ("0049 3546 1234", "0049 3546 12345"),
        (
            "phone: [0049 3546 1234]",
            "address: {name: Haus 2, street: Seestraße, town: Lübben}",
        ),
    ],
    ids=["another offer", "another number", "a street without a number"],
)
def test_two_doors_that_differ_are_no_duplicates(folder, old, new):
    text = (folder.path / LAKE).read_text(encoding="utf-8")
    folder.write(LAKE, text + SECOND.replace(old, new))
    assert not any("mbe_again` has the same" in line for line in _warnings(folder))


def test_a_statewide_service_may_sit_anywhere_and_a_postcode_may_be_outside(folder):
    folder.edit(LAKE, "districts: ['12061']\n    municipalities: ['12061316']", "statewide: true")
    folder.edit(LAKE, "postcode: '01234'", "postcode: '03046'")
    assert not any("03046" in line for line in _warnings(folder))
    folder.edit(LAKE, "statewide: true", "districts: ['12061']")
    assert any("03046" in line for line in _warnings(folder))
    folder.edit(LAKE, "postcode: '03046'", "postcode: '10115'")
    assert not any("10115" in line for line in _warnings(folder))


def test_a_rule_under_review_is_a_warning(folder):
    assert _warnings(folder) == [
        (
            "rules/base.yaml:19:3: The rule `jobcentre_work` waits for somebody who knows the law. "
            "Once it is confirmed, take `review` out and set `checked`."
        ),
        (
            "types.yaml:42:7: No rule speaks of `youth_office`, so nobody ever sees it. "
            "Write a rule, or take it out."
        ),
        (
            "types.yaml:62:7: No rule speaks of `victim_support`, so nobody ever sees it. "
            "Write a rule, or take it out."
        ),
    ]


def test_an_empty_operator_is_a_warning(folder):
    folder.edit("region.yaml", "name: Verein Beispiel", 'name: ""')
    assert _warnings(folder)[0] == (
        "region.yaml:5:1: It is not said who answers for the data: `name` of `operator` is empty. "
        "Fill it in before real people use the bot."
    )


def test_what_is_old_is_a_warning_and_not_an_error(folder):
    later = date(2028, 1, 1)
    found = "\n".join(_warnings(folder, later))
    assert "rules/danger.yaml:8:12: The rule `hotline_violence` was checked on 2026-11-22" in found
    assert "`mbe_lake`: confirmed on 2026-10-01, over a year ago." in found
    assert "`mbe_lake` ended on 2027-12-31 and is no longer shown." in found
    assert folder.problems() == []


def test_a_day_in_the_future_is_a_warning(folder):
    assert any("in the future" in warning for warning in _warnings(folder, date(2026, 1, 1)))


def test_weak_evidence_and_missing_contacts_are_warnings(folder):
    folder.edit(LAKE, "confidence: medium", "confidence: low")
    folder.edit(LAKE, "      confirmed: {date: 2026-10-01, by: Leitung MBE}\n", "")
    assert any("withheld until somebody confirms it" in line for line in _warnings(folder))
    folder.edit(LAKE, "      phone: [03546 1234]\n", "")
    folder.edit(LAKE, "      website: https://www.example.org/mbe\n", "")
    folder.edit(LAKE, "; PH off", "")
    assert any("public holidays" in line for line in _warnings(folder))


def test_a_folder_that_does_not_load_still_has_warnings(folder):
    folder.write("questions.yaml", "[")
    folder.write("region.yaml", "- a")
    assert any("jobcentre_work" in line for line in _warnings(folder))
