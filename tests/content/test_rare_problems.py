"""What a counsellor breaks less often, and what she is told."""

import pytest

from bot.content import files
from bot.content.problems import ContentError

RULE = "rules/base.yaml"
DANGER = "rules/danger.yaml"
LAKE = "services/lake.yaml"
ASKED = "questions.yaml"
HOTLINES = "hotlines.yaml"
REGION = "region.yaml"

RARE = {
    "a file listed twice": (
        (REGION, "  - base.yaml\n", "  - base.yaml\n  - base.yaml\n"),
        "region.yaml:16:5: `base.yaml` is listed twice. Keep one of the two lines.",
    ),
    "no language": (
        (REGION, "languages: [de, en]", "languages: []"),
        "region.yaml:12:1: No language is listed. Write `languages: [de, en]`.",
    ),
    "text instead of a list": (
        (REGION, "languages: [de, en]", "languages: de"),
        "region.yaml:12:12: `languages` should be a list. Write `languages: [one, two]`.",
    ),
    "a key that is none": (
        (REGION, "complete: ['12061']", "complete: ['1206']"),
        ("region.yaml:18:12: There is no district `1206`. There are 12061 (Dahme-Spreewald)."),
    ),
    "a hotline without number and website": (
        (HOTLINES, "  website: https://www.example.org\n", ""),
        "hotlines.yaml:14:3: `chat` has neither phone nor website. Add one of them.",
    ),
    "a caution without its condition": (
        (HOTLINES, "  caution_when: {question: status, is: [none]}\n", ""),
        (
            "hotlines.yaml:1:3: `police` has only one of `caution` and `caution_when`. "
            "Write both, or neither."
        ),
    ),
    "hours with a second choice": (
        (LAKE, "; PH off", " || off"),
        (
            "services/lake.yaml:20:14: `Mo-Th 09:00-16:00 || off` has a second choice (`||`). "
            "Write rules with `;` between them."
        ),
    ),
    "holidays among other things": (
        (LAKE, "; PH off", "; Jan PH off"),
        (
            "services/lake.yaml:20:14: `Jan PH off` mixes `PH` with other things. "
            "Write `PH off` as a rule of its own."
        ),
    ),
    "hours the wrong way round": (
        (LAKE, "09:00-16:00", "16:00-09:00"),
        (
            "services/lake.yaml:20:14: `16:00-09:00` ends before it begins. "
            "Put the earlier time first."
        ),
    ),
    "a question twice": (
        (ASKED, "id: status", "id: age"),
        "questions.yaml:41:7: There are two questions `age`. Give one another id.",
    ),
    "a second place": (
        (ASKED, "- id: status\n", "- id: status\n  kind: place\n"),
        (
            "questions.yaml:41:7: `status` has `kind: place`. "
            "Exactly one question has `kind: place`, and its id is `place`."
        ),
    ),
    "a place with options": (
        (ASKED, "  depends: [for_whom]\n", "  options: [{id: a, pictogram: b, text: c}]\n"),
        (
            "questions.yaml:16:3: A place has no options. "
            "Take `options` out: the municipalities are its options."
        ),
    ),
    "a question without options": (
        (ASKED, "  kind: place\n", "  kind: one\n"),
        "questions.yaml:12:3: `place` has no options. Add `options:`.",
    ),
    "a question that depends on nothing": (
        (ASKED, "depends: [for_whom]", "depends: [for_hwom]"),
        "questions.yaml:16:13: There is no other question `for_hwom`. Did you mean `for_whom`?",
    ),
    "one of one asked alone": (
        (ASKED, "kind: several", "kind: one"),
        (
            "questions.yaml:65:7: Only one of several can be asked alone. "
            "Take `alone` out, or make the question `kind: several`."
        ),
    ),
    "a question that is gone": (
        (ASKED, "id: for_whom", "id: who"),
        "questions.yaml:1:1: The question `for_whom` is missing. The conversation needs it.",
    ),
    "an exception from nothing": (
        (RULE, "role: lead", "role: lead\n  except: [mbe]"),
        "rules/base.yaml:4:3: `except` belongs to `withhold: public`. Take it out.",
    ),
    "a rule without a role": (
        (RULE, "  role: partner\n", ""),
        (
            "rules/base.yaml:12:3: The rule `jobcentre_work` has no `role`. "
            "Add `role: lead`, `also` or `partner`."
        ),
    ),
    "a lead before the lead": (
        (DANGER, "role: partner", "role: lead"),
        (
            "rules/danger.yaml:4:16: What stands before the lead cannot lead. "
            "Write `role: partner`, or take `before_lead` out."
        ),
    ),
    "a rule that does nothing": (
        (DANGER, "  withhold: public\n", ""),
        (
            "rules/danger.yaml:10:3: The rule `no_papers_public` does nothing. "
            "Add `refer_to:` with `role:`, or `withhold:`."
        ),
    ),
    "a role for nobody": (
        (DANGER, "withhold: public", "withhold: public\n  role: lead"),
        "rules/danger.yaml:12:3: `role` belongs to `refer_to`. Take it out.",
    ),
    "a condition of no form": (
        (RULE, "when: {question: concern, is: [work]}", "when: {}"),
        "rules/base.yaml:15:9: A condition has exactly one form; here is nothing.",
    ),
    "a service for nowhere": (
        (LAKE, "serves: {statewide: true}", "serves: {statewide: false}"),
        (
            "services/lake.yaml:31:3: It is not said where this service helps. "
            "Write `districts:`, `municipalities:` or `statewide: true`."
        ),
    ),
    "evidence that says nothing": (
        (LAKE, "source: Beispiel", "source: '?'"),
        (
            "services/lake.yaml:36:26: `?` is neither an address nor words. "
            "Say where this is from: `https://www.example.org`, or who said it."
        ),
    ),
    "evidence with half an address": (
        (LAKE, "source: https://www.example.org", "source: https:/example"),
        "services/lake.yaml:22:26: `https:/example` is neither an address nor words.",
    ),
    "a municipality of five digits": (
        (LAKE, "'12061316'", "'12061'"),
        (
            "services/lake.yaml:8:22: `12061` is a district, not a municipality. "
            "Write `districts: ['12061']`, or the keys of municipalities."
        ),
    ),
    "a postcode of four digits": (
        (LAKE, "'01234'", "1234"),
        (
            "services/lake.yaml:15:19: `1234` is not a postcode. "
            "Write five digits in quotes: '03046'."
        ),
    ),
    "evidence of no day": (
        (LAKE, "date: '2024-05'", "date: Mai 2024"),
        (
            "services/lake.yaml:22:57: `Mai 2024` is not a date. "
            "Write year, month and day: '2026-11-22', '2026-11' or '2026'."
        ),
    ),
    "evidence of a month that is none": (
        (LAKE, "date: '2024-05'", "date: '2024-13'"),
        (
            "services/lake.yaml:22:57: `2024-13` is not a date. "
            "Write year, month and day: '2026-11-22', '2026-11' or '2026'."
        ),
    ),
    "evidence of a day that never was": (
        (LAKE, "date: '2024-05'", "date: '2023-02-29'"),
        (
            "services/lake.yaml:22:57: `2023-02-29` is not a date. "
            "Write year, month and day: 2026-11-22."
        ),
    ),
    "text instead of fields": (
        (LAKE, "serves: {statewide: true}", "serves: alle"),
        (
            "services/lake.yaml:31:11: `serves` should be a group of fields. "
            "Write `field: text` lines below it."
        ),
    ),
    "fields instead of text": (
        (LAKE, "name: Frauenhaus", "name: {de: Frauenhaus}"),
        (
            "services/lake.yaml:27:9: `name` should be text. "
            "Write it in one line, in quotes where in doubt."
        ),
    ),
    "a name that is too long": (
        (LAKE, "name: Frauenhaus", "name: " + "Frauen" * 30),
        "services/lake.yaml:27:9: `name` is 180 characters long. At most 160 fit.",
    ),
    "an invisible character": (
        (LAKE, "name: Frauenhaus", "name: Frauen\x07haus"),
        (
            "services/lake.yaml:27:15: There is an invisible character here. "
            "Delete it and type the text again."
        ),
    ),
    "a line without a colon": (
        (
            LAKE,
            "  provider: Verein am See e. V.\n  carrier: public",
            "  provider\n  carrier: public",
        ),
        "services/lake.yaml:28:3: This is not YAML: a line without a colon.",
    ),
    "a percent sign in front": (
        (LAKE, "name: Frauenhaus", "name: %Frauenhaus"),
        (
            "services/lake.yaml:27:9: This is not YAML (found character that cannot start any "
            "token). Put the text in quotes; indent with spaces only."
        ),
    ),
    "a quote that is not closed": (
        (LAKE, "name: Frauenhaus", 'name: "Frauenhaus'),
        'services/lake.yaml:27:9: The quote " that opens here is not closed.',
    ),
    "a list in front of a text": (
        (LAKE, "name: Frauenhaus", "name: - Frauenhaus"),
        (
            "services/lake.yaml:27:9: This is not YAML (block sequence entries are not allowed in "
            "this context)."
        ),
    ),
    "a wrong indent": (
        (LAKE, "  carrier: public", "   carrier: public"),
        (
            "services/lake.yaml:29:4: This line is not indented as the lines around it. "
            "Begin it exactly below `provider` in line 28 (column 3)."
        ),
    ),
    "an entry that is not indented": (
        (LAKE, "  name: Frauenhaus", "name: Frauenhaus"),
        (
            "services/lake.yaml:27:1: This line is not indented as the lines around it. "
            "Begin it exactly below `id` in line 26 (column 3)."
        ),
    ),
    "an open brace": (
        (LAKE, "serves: {statewide: true}", "serves: {statewide: true"),
        "services/lake.yaml:32:10: This is not YAML (did not find expected ',' or '}').",
    ),
    "a backslash": (
        (LAKE, "name: Frauenhaus", 'name: "Frauen\\haus"'),
        "services/lake.yaml:27:16: This is not YAML (found unknown escape character).",
    ),
    "a list as the name of a field": (
        (LAKE, "  name: Frauenhaus", "  ? [a, b]\n  : Frauenhaus"),
        "services/lake.yaml:27:5: A field must have a plain name. Write `name: text`.",
    ),
}


@pytest.mark.parametrize("name", RARE)
def test_a_rare_slip_is_named_with_its_line(folder, name: str):
    edit, expected = RARE[name]
    folder.edit(*edit)
    problems = folder.problems()
    assert [problem for problem in problems if problem.startswith(expected)], problems


@pytest.mark.parametrize(
    ("given", "expected"),
    [("one: 1", "The file should be a list."), ("[a]", "`entry` should be a group of fields.")],
)
def test_a_file_of_another_shape_is_named(folder, given: str, expected: str):
    folder.write(LAKE, given)
    assert [
        problem for problem in folder.problems() if f"{LAKE}:1:" in problem and expected in problem
    ]


def test_a_file_that_may_not_be_read_is_named(folder):
    (folder.path / LAKE).unlink()
    (folder.path / LAKE).mkdir()
    assert folder.problems() == [
        f"{LAKE}: The file cannot be read (Is a directory). Check that the file may be read."
    ]


def test_the_problems_of_one_file_come_in_its_order(folder):
    for old, new in (("carrier: public", "carrier: offen"), ("date: '2025'", "date: 25")):
        folder.edit(LAKE, old, new)
    folder.edit(LAKE, "offers: [mbe]", "offers: [mbee]")
    with pytest.raises(ContentError) as raised:
        folder.load()
    lines = [problem.line for problem in raised.value.problems]
    assert lines == sorted(lines)
    assert len(lines) == 3
    assert files.read(folder.path).problems == []
