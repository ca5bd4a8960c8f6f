"""What a counsellor may break, and what she is told: file, line, column, problem, cure."""

import pytest

RULE = "rules/base.yaml"
LAKE = "services/lake.yaml"
ASKED = "questions.yaml"

BROKEN = {
    "a misspelt question": (
        (RULE, "question: concern", "question: conzern"),
        "rules/base.yaml:15:20: There is no question `conzern`. Did you mean `concern`?",
    ),
    "a misspelt option": (
        (RULE, "[work]", "[wrok]"),
        "rules/base.yaml:15:34: `concern` has no option `wrok`. Did you mean `work`?",
    ),
    "a misspelt kind of service": (
        (RULE, "refer_to: mbe", "refer_to: mbee"),
        "rules/base.yaml:2:13: There is no kind of service `mbee`. Did you mean `mbe`?",
    ),
    "a misspelt field": (
        (RULE, "refer_to: jobcentre", "refers_to: jobcentre"),
        "rules/base.yaml:13:3: There is no field `refers_to` here. Did you mean `refer_to`?",
    ),
    "a misspelt field inside": (
        (LAKE, "postcode:", "postcod:"),
        "services/lake.yaml:15:9: There is no field `postcod` here. Did you mean `postcode`?",
    ),
    "a misspelt role": (
        (RULE, "role: lead", "role: leed"),
        "rules/base.yaml:3:9: `leed` is not possible for `role`. Did you mean `lead`?",
    ),
    "an authority that leads": (
        (RULE, "role: partner", "role: lead"),
        "rules/base.yaml:14:9: `jobcentre` is an authority and never leads. Write `role: partner`.",
    ),
    "a condition of two forms": (
        (RULE, "when: {question: concern,", "when: {not: {all: []}, question: concern,"),
        "rules/base.yaml:15:21: `all` is an empty list. Write at least one.",
    ),
    "a condition of two sound forms": (
        (RULE, "when: {", "when: {not: {question: age, is: [18_plus]}, "),
        (
            "rules/base.yaml:15:9: A condition has exactly one form; here is `is` and `not` and "
            "`question`. Write `question` with `is`, or `all`, or `any`, or `not`; one of them."
        ),
    ),
    "a rule without a source": (
        (RULE, "  source: § 4 SGB II\n", ""),
        "rules/base.yaml:12:3: `source` is missing. Add `source:`.",
    ),
    "an empty field": (
        (RULE, "because: Arbeit", "because:"),
        "rules/base.yaml:16:11: `because` is empty. Write something, or take the line out.",
    ),
    "a rule twice": (
        (RULE, "id: jobcentre_work", "id: hotline_violence"),
        (
            "rules/base.yaml:12:7: There are two rules `hotline_violence`. "
            "The first is in rules/danger.yaml:1; give this one another id."
        ),
    ),
    "a day that does not exist": (
        (RULE, "2026-11-22", "2026-11-31"),
        "rules/base.yaml:10:12: `2026-11-31` is not a date. Write year, month and day: 2026-11-22.",
    ),
    "a rule that sends and withholds": (
        ("rules/danger.yaml", "withhold: public", "refer_to: mbe\n  withhold: public"),
        (
            "rules/danger.yaml:12:3: A rule has `refer_to` or `withhold`, not both. "
            "Take one of them out."
        ),
    ),
    "withholding a kind that does not exist": (
        ("rules/danger.yaml", "[youth_office]", "[youth_ofice]"),
        (
            "rules/danger.yaml:12:12: There is no kind of service `youth_ofice`. "
            "Did you mean `youth_office`?"
        ),
    ),
    "yes instead of true": (
        ("rules/danger.yaml", "before_lead: true", "before_lead: yes"),
        "rules/danger.yaml:4:16: `yes` is neither true nor false. Write `true` or `false`.",
    ),
    "an option asked alone without its words": (
        (ASKED, "      text_alone: Mutter oder Vater nicht da?\n", ""),
        (
            "questions.yaml:65:7: `unaccompanied` is asked alone but has no `text_alone`. "
            "Add `text_alone:`."
        ),
    ),
    "a question that looks ahead": (
        (ASKED, "ask: {question: concern, is: [work]}", "ask: {question: needs, is: [trauma]}"),
        (
            "questions.yaml:44:19: `needs` is asked later than `status`, or is the same question. "
            "Name an earlier question."
        ),
    ),
    "an option twice": (
        (ASKED, "id: wellbeing", "id: work"),
        "questions.yaml:8:11: There are two options `work`. Give one another id.",
    ),
    "a capital in an id": (
        (ASKED, "id: under_18", "id: Under 18"),
        (
            "questions.yaml:31:11: `Under 18` is not an id. "
            "Use small letters a-z, digits and `_`, at most 24 characters."
        ),
    ),
    "the question that the conversation needs": (
        (ASKED, "{id: helper, pictogram: 🤝, text: Für jemand anderen}", "{id: other}"),
        (
            "questions.yaml:1:1: The option `helper` of `for_whom` is missing. "
            "The conversation needs it."
        ),
    ),
    "a shelter with an address": (
        (
            LAKE,
            "    - phone: [+49 3546 5678]",
            "    - address: {street: Seestraße 2, town: Lübben}\n      phone: [+49 3546 5678]",
        ),
        (
            "services/lake.yaml:34:7: `shelter_lake` is a shelter: its address must stay secret. "
            "Delete the address, here and in the history."
        ),
    ),
    "a shelter without a phone": (
        (LAKE, "    - phone: [+49 3546 5678]\n      hours", "    - hours"),
        "services/lake.yaml:34:7: The shelter `shelter_lake` has no phone. Add `phone:`.",
    ),
    "a district that does not exist": (
        (LAKE, "districts: ['12061']", "districts: ['12060']"),
        (
            "services/lake.yaml:7:17: There is no district `12060`. "
            "There are 12061 (Dahme-Spreewald)."
        ),
    ),
    "a municipality that does not exist": (
        (LAKE, "'12061316'", "'12999999'"),
        (
            "services/lake.yaml:8:22: There is no municipality `12999999`. "
            "Look its key up in places/municipalities.csv, "
            "or write its name: then you are told the key."
        ),
    ),
    "an offer that does not exist": (
        (LAKE, "offers: [mbe]", "offers: [mbe, jmd]"),
        "services/lake.yaml:5:17: There is no kind of service `jmd`.",
    ),
    "German days": (
        (LAKE, "Mo-Th 09:00-16:00", "Mo-Do 09:00-16:00"),
        (
            "services/lake.yaml:20:14: `Mo-Do 09:00-16:00; PH off` has German days. "
            "Did you mean `Mo-Th 09:00-16:00; PH off`?"
        ),
    ),
    "hours with dots": (
        (LAKE, "Mo-Th 09:00-16:00", "Mo-Th 09.00-16.00"),
        "services/lake.yaml:20:14: The opening hours `Mo-Th 09.00-16.00; PH off` cannot be read",
    ),
    "a day without hours": (
        (LAKE, "Mo-Th 09:00-16:00", "Mo-Th 09:00-16:00; Sa"),
        "services/lake.yaml:20:14: `Sa` names no time and would mean day and night.",
    ),
    "school holidays": (
        (LAKE, "PH off", "SH off"),
        "services/lake.yaml:20:14: `SH` (school holidays) is not known here.",
    ),
    "a comment instead of hours": (
        (LAKE, "hours: Mo-Th 09:00-16:00; PH off", "hours: '\"nach Vereinbarung\"'"),
        'services/lake.yaml:20:14: "nach Vereinbarung" alone would count as always open.',
    ),
    "a wrong phone number": (
        (LAKE, "03546 1234", "0354"),
        (
            "services/lake.yaml:17:15: `0354` is not a phone number. "
            "Write it with area code, as in +49 3546 1234."
        ),
    ),
    "a wrong e-mail address": (
        (LAKE, "mbe@example.org", "mbe.example.org"),
        "services/lake.yaml:18:14: `mbe.example.org` is not an e-mail address.",
    ),
    "a web address without https": (
        (LAKE, "https://www.example.org/mbe", "www.example.org/mbe"),
        "services/lake.yaml:19:16: `www.example.org/mbe` is not a web address.",
    ),
    "a service that ends before it begins": (
        (LAKE, "to: 2027-12-31", "to: 2023-12-31"),
        "services/lake.yaml:24:33: The service ends on 2023-12-31 before it begins on 2024-01-01.",
    ),
    "an id that a kind of service has": (
        (LAKE, "id: mbe_lake", "id: mbe"),
        "services/lake.yaml:1:7: The id `mbe` is taken by types.yaml:1. Choose another one.",
    ),
    "a file that nobody lists": (
        ("region.yaml", "  - base.yaml\n", ""),
        "rules/base.yaml:1:1: Nobody reads this file. List it under `rules:` in region.yaml.",
    ),
    "a listed file that is not there": (
        ("region.yaml", "base.yaml", "bass.yaml"),
        "region.yaml:15:5: There is no file rules/bass.yaml. Did you mean `base.yaml`?",
    ),
    "a file outside the folder": (
        ("region.yaml", "lake.yaml", "../lake.yaml"),
        "region.yaml:17:5: `../lake.yaml` is not a file name here.",
    ),
    "a state that does not exist": (
        ("region.yaml", "holidays: BB", "holidays: XX"),
        "region.yaml:4:11: There is no German state `XX`.",
    ),
    "a time zone that does not exist": (
        ("region.yaml", "Europe/Berlin", "Europe/Cottbus"),
        "region.yaml:3:12: There is no time zone `Europe/Cottbus`. Write `Europe/Berlin`.",
    ),
    "no number for emergencies": (
        ("hotlines.yaml", "emergency: true", "emergency: false"),
        "hotlines.yaml:1:1: No number is for emergencies.",
    ),
    "a field twice": (
        (RULE, "role: lead", "role: lead\n  role: also"),
        "rules/base.yaml:4:3: `role` stands here twice. Keep it here or in line 3.",
    ),
    "an anchor": (
        (RULE, "refer_to: mbe", "refer_to: &x mbe"),
        "rules/base.yaml:2:13: `&x` is an anchor. Take it out.",
    ),
    "a reference": (
        (RULE, "refer_to: mbe", "refer_to: *x"),
        "rules/base.yaml:2:13: `*x` is a reference. Write the text out.",
    ),
    "a tag": (
        (RULE, "refer_to: mbe", "refer_to: !!python/name:os.system mbe"),
        "rules/base.yaml:2:13: `tag:yaml.org,2002:python/name:os.system` is a tag.",
    ),
    "a merge key": (
        (RULE, "refer_to: mbe", "<<: {a: b}"),
        "rules/base.yaml:2:3: `<<` merges fields from elsewhere. Write them out.",
    ),
    "a tab": (
        (RULE, "  role: lead", "\trole: lead"),
        "rules/base.yaml:3:1: A tab stands here. Delete it and type spaces instead.",
    ),
    "an open bracket": (
        (RULE, "is: [18_plus]", "is: [18_plus"),
        "rules/base.yaml:6:37: This is not YAML",
    ),
    "a colon in a text": (
        (RULE, "because: Arbeit", "because: Arbeit: neu"),
        (
            "rules/base.yaml:16:18: This is not YAML: a colon where none may stand. "
            "Put the text in quotes."
        ),
    ),
    "conditions nested too deep": (
        (RULE, "when: {question", "when: " + "{not: " * 14 + "{question"),
        "rules/base.yaml:15:75: This is nested more than 12 deep.",
    ),
    "two documents in a file": (
        (RULE, "- id: jobcentre_work", "---\n- id: jobcentre_work"),
        "rules/base.yaml:12:1: A second document begins here. Take out the `---`.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_edit_is_named_with_its_line(folder, name: str):
    edit, expected = BROKEN[name]
    folder.edit(*edit)
    problems = folder.problems()
    assert [problem for problem in problems if problem.startswith(expected)], problems


def test_all_problems_are_named_at_once(folder):
    """Bad syntax in one file hides nothing in another."""
    folder.edit(RULE, "is: [18_plus]", "is: [18_plus")
    folder.edit("rules/danger.yaml", "status", "stauts")
    folder.edit(LAKE, "03546 1234", "0354")
    folder.edit(ASKED, "kind: several", "kind: severl")
    files = [problem.split(":")[0] for problem in folder.problems()]
    assert files == ["questions.yaml", RULE, "rules/danger.yaml", LAKE]


def test_a_broken_question_makes_no_rule_wrong(folder):
    folder.edit(ASKED, "  why: Für junge Menschen gibt es andere Stellen.\n", "")
    assert folder.problems() == ["questions.yaml:26:3: `why` is missing. Add `why:`."]


def test_no_is_a_language_and_012_no_number(folder):
    folder.edit(LAKE, "languages: [de, ru]", "languages: [no, on, 012, 1e3]")
    assert folder.load().services["mbe_lake"].languages == ("no", "on", "012", "1e3")


def test_a_missing_folder_is_one_line(folder, tmp_path):
    folder.path = tmp_path / "nowhere"
    assert folder.problems() == [
        (
            f"{tmp_path}/nowhere: The knowledge folder does not exist. "
            "Set CLEARING_KNOWLEDGE to the folder that holds region.yaml."
        )
    ]


def test_an_empty_folder_is_one_line(folder, tmp_path):
    folder.path = tmp_path / "empty"
    folder.path.mkdir()
    assert folder.problems() == [
        (
            f"{tmp_path}/empty: The knowledge folder is empty. "
            "Set CLEARING_KNOWLEDGE to the folder that holds region.yaml."
        )
    ]


def test_a_missing_file_is_named(folder):
    (folder.path / "types.yaml").unlink()
    assert folder.problems() == [
        "types.yaml: This file is missing. Restore it from the last good edition."
    ]


def test_an_empty_file_is_named(folder):
    folder.write(LAKE, "# später\n")
    assert folder.problems() == [
        "services/lake.yaml:1:1: The file is empty. Write entries that begin with `- id:`."
    ]


def test_strange_files_are_named(folder):
    folder.write("type.yaml", "[]")
    folder.write("rules/more.yml", "[]")
    folder.write("rules/.#base.yaml", "[")
    assert folder.problems() == [
        "rules/more.yml: Files end in .yaml here. Call it rules/more.yaml.",
        "type.yaml: No such file belongs here. Did you mean `types.yaml`?",
    ]


def test_a_file_that_is_no_text_is_named(folder):
    folder.write(LAKE, "- id: mbe\n  name: Lübben".encode("latin-1"))
    assert folder.problems() == [
        "services/lake.yaml:2:10: A character cannot be read. Save the file as UTF-8."
    ]


def test_huge_files_are_refused(folder):
    folder.write(LAKE, "#" * 1_000_001)
    folder.write(RULE, "[" + "a," * 60_000 + "]")
    problems = folder.problems()
    assert "services/lake.yaml: The file is larger than 1 MB. Split it." in problems
    assert any("more than 50,000 values" in problem for problem in problems)
