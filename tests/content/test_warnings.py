from datetime import date

from bot.content.warnings import warnings

TODAY = date(2026, 11, 23)


def _warnings(folder, today: date = TODAY) -> list[str]:
    return [str(warning) for warning in warnings(folder.path, today)]


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
    lake = "services/lake.yaml"
    folder.edit(lake, "confidence: medium", "confidence: low")
    folder.edit(lake, "      confirmed: {date: 2026-10-01, by: Leitung MBE}\n", "")
    assert any("withheld until somebody confirms it" in line for line in _warnings(folder))
    folder.edit(lake, "      phone: [03546 1234]\n", "")
    folder.edit(lake, "      website: https://www.example.org/mbe\n", "")
    folder.edit(lake, "; PH off", "")
    assert any("public holidays" in line for line in _warnings(folder))


def test_a_folder_that_does_not_load_still_has_warnings(folder):
    folder.write("questions.yaml", "[")
    folder.write("region.yaml", "- a")
    assert any("jobcentre_work" in line for line in _warnings(folder))
