"""What is red in an editor is what the loader refuses, and nothing else."""

import pytest
import yaml
from pydantic import ValidationError

from bot.content import tree
from bot.content.json_schema import FILES
from tests.content.editor import Editor, PlainDumper, as_editor, editor_of, files, kind_of

RULE, LAKE, ASKED = "rules/base.yaml", "services/lake.yaml", "questions.yaml"


@pytest.fixture
def small(folder, book) -> Editor:
    """Of the small folder, before it is broken."""
    return editor_of(folder.path, book.districts, book.municipalities)


BROKEN = {
    "a misspelt question": (RULE, "question: concern", "question: conzern"),
    "a misspelt option": (RULE, "[work]", "[wrok]"),
    "an option of another question": (RULE, "[work]", "[18_plus]"),
    "a misspelt kind of service": (RULE, "refer_to: mbe", "refer_to: mbee"),
    "a misspelt field": (RULE, "refer_to: jobcentre", "refers_to: jobcentre"),
    "a misspelt field inside": (LAKE, "postcode:", "postcod:"),
    "a misspelt role": (RULE, "role: lead", "role: leed"),
    "an authority that leads": (RULE, "role: partner", "role: lead"),
    "what stands before the lead and leads": (
        "rules/danger.yaml",
        "role: partner\n  before_lead: true",
        "role: lead\n  before_lead: true",
    ),
    "an empty condition": (
        RULE,
        "when: {question: concern,",
        "when: {not: {all: []}, question: concern,",
    ),
    "a condition of two sound forms": (
        RULE,
        "when: {",
        "when: {not: {question: age, is: [18_plus]}, ",
    ),
    "a question without an answer": (
        RULE,
        "{question: concern, is: [work]}",
        "{question: concern}",
    ),
    "an answer beside another form": (
        RULE,
        "{question: concern, is: [work]}",
        "{is: [work], not: {question: concern, is: [work]}}",
    ),
    "a rule without a source": (RULE, "  source: § 4 SGB II\n", ""),
    "an empty field": (RULE, "because: Arbeit", "because:"),
    "a text of blanks": (RULE, "because: Arbeit", "because: '  '"),
    "a text that is too long": (RULE, "because: Arbeit", f"because: {'lang ' * 40}"),
    "a day that does not exist": (RULE, "2026-11-22", "2026-11-31"),
    "a German day": (RULE, "2026-11-22", "22.11.2026"),
    "a rule that sends and withholds": (
        "rules/danger.yaml",
        "withhold: public",
        "refer_to: mbe\n  withhold: public",
    ),
    "a rule that does nothing": (
        "rules/danger.yaml",
        "  withhold: public\n  except: [youth_office]\n",
        "",
    ),
    "an exception from nothing": (RULE, "role: lead", "role: lead\n  except: [mbe]"),
    "withholding a kind that does not exist": (
        "rules/danger.yaml",
        "[youth_office]",
        "[youth_ofice]",
    ),
    "yes instead of true": ("rules/danger.yaml", "before_lead: true", "before_lead: yes"),
    "a list that is none": (RULE, "is: [work]", "is: work"),
    "an option asked alone without its words": (
        ASKED,
        "      text_alone: Mutter oder Vater nicht da?\n",
        "",
    ),
    "a capital in an id": (ASKED, "id: under_18", "id: Under 18"),
    "the question that the conversation needs": (
        ASKED,
        "{id: helper, pictogram: 🤝, text: Für jemand anderen}",
        "{id: other, pictogram: 🤝, text: Für jemand anderen}",
    ),
    "a place that is asked like anything else": (ASKED, "  kind: place\n", ""),
    "a question without options": (
        ASKED,
        "- id: needs\n",
        "- id: extra\n  text: Was?\n  why: Darum.\n\n- id: needs\n",
    ),
    "a shelter with an address": (
        LAKE,
        "    - phone: [+49 3546 5678]",
        "    - address: {street: Seestraße 2, town: Lübben}\n      phone: [+49 3546 5678]",
    ),
    "a shelter without a phone": (LAKE, "    - phone: [+49 3546 5678]\n      hours", "    - hours"),
    "a district that does not exist": (LAKE, "districts: ['12061']", "districts: ['12060']"),
    "a district without quotes that does not exist": (LAKE, "['12061']", "[12060]"),
    "a municipality that does not exist": (LAKE, "'12061316'", "'12999999'"),
    "an offer that does not exist": (LAKE, "offers: [mbe]", "offers: [mbe, jmd]"),
    "a service for nowhere": (LAKE, "{statewide: true}", "{statewide: false}"),
    "a web address without https": (LAKE, "https://www.example.org/mbe", "www.example.org/mbe"),
    "a postcode of four digits": (LAKE, "'01234'", "'1234'"),
    "a listed file that is not there": ("region.yaml", "base.yaml", "bass.yaml"),
    "a file outside the folder": ("region.yaml", "lake.yaml", "../lake.yaml"),
    "a state that does not exist": ("region.yaml", "holidays: BB", "holidays: XX"),
    "no number for emergencies": ("hotlines.yaml", "emergency: true", "emergency: false"),
    "a warning without its condition": (
        "hotlines.yaml",
        "  caution_when: {question: status, is: [none]}\n",
        "",
    ),
    "a number without a number": ("hotlines.yaml", "  website: https://www.example.org\n", ""),
    "an empty file": (LAKE, "", None),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_loader_refuses_is_red(folder, small: Editor, name: str):
    file, old, new = BROKEN[name]
    assert small.red(file, as_editor((folder.path / file).read_text(encoding="utf-8"))) == []
    if new is None:
        folder.write(file, "# später\n")
    else:
        folder.edit(file, old, new)
    assert folder.problems()
    assert small.red(file, as_editor((folder.path / file).read_text(encoding="utf-8")))


FINE = {
    "a phone number without quotes": ("hotlines.yaml", '"110"', "110"),
    "keys without quotes": (LAKE, "districts: ['12061']", "districts: [12061]"),
    "a postcode without quotes": (LAKE, "'01234'", "01234"),
    "a year without quotes": (LAKE, "date: '2025'", "date: 2025"),
    "languages that YAML takes for something else": (LAKE, "[de, ru]", "[de, no]"),
    "nothing where nothing need be": (LAKE, "email: mbe@example.org", "email:"),
    "a text that looks like a number": (RULE, "because: Arbeit", "because: 18"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_the_loader_takes_is_not_red(folder, small: Editor, name: str):
    file, old, new = FINE[name]
    folder.edit(file, old, new)
    assert folder.problems() == []
    assert small.red(file, as_editor((folder.path / file).read_text(encoding="utf-8"))) == []


FULL = (
    ("hotlines.yaml", "  emergency: true\n", "  emergency: true\n  free: true\n"),
    (
        ASKED,
        "      fact: unter 18 Jahren\n",
        "      fact: unter 18 Jahren\n      later: {option: 18_plus, text: Ab 18, event: false}\n",
    ),
    (
        LAKE,
        "  shelter: true\n",
        "  shelter: true\n  absences: [{from: 2026-12-21, to: 2027-01-02}]\n",
    ),
    (LAKE, "  shelter: true\n", "  shelter: true\n  deputy: mbe_lake\n"),
    (ASKED, "  text_other: Wie alt ist die Person?\n", "  text_other: Wie alt?\n  short: Alter\n"),
)
"""With these the small folder has every field there is."""

STRANGE: tuple[object, ...] = (
    *(None, "  ", "x", "Ä ?", "110", "false", "2026-11-31", "2026-02-28", "public", "lead"),
    *("https://www.example.org", "x" * 1300, [], ["x"], [None], {}, {"x": "y"}),
)
"""What somebody may write where something else belongs."""


def test_wherever_something_strange_stands_editor_and_loader_agree(folder, small: Editor):
    """At every field of every file: what its shape forbids is red, and what is red is forbidden."""
    for edit in FULL:
        folder.edit(*edit)
    typed = {str(strange): as_editor(text(strange)) for strange in STRANGE}
    tried: set[str] = set()
    for file in files(folder.path):
        written = (folder.path / file).read_text(encoding="utf-8")
        for number, path, raw, seen in places(file, written):
            tried.update(step for step in path if isinstance(step, str))
            for strange in STRANGE:
                where = f"{file} {number} {path} {strange!r}"
                broken = with_value(raw, path, strange)
                fine = small.takes(file, with_value(seen, path, typed[str(strange)]))
                if not shape_is_good(file, broken):
                    assert not fine, where
                elif not fine and not tolerated(path, strange):
                    whole = tree.parse(written, file, []).value
                    at = () if number is None else (number,)
                    folder.write(file, text(with_value(whole, at, broken)))
                    assert folder.problems(), where
        folder.write(file, written)
        assert folder.problems() == []
    assert tried == every_field(small)


def every_field(editor: Editor) -> set[str]:
    return {
        field
        for schema in editor.schemas.values()
        for shape in schema["$defs"].values()
        for field in shape["properties"]
    }


def places(file: str, written: str):
    """Each field where it stands first: number of the entry, path, the entry as both see it."""
    raw, seen = tree.parse(written, file, []).value, as_editor(written)
    entries = (
        [(None, raw, seen)]
        if file == "region.yaml"
        else zip(range(len(raw)), raw, seen, strict=True)
    )
    known: set[tuple[str, ...]] = set()
    for number, entry, typed in entries:
        for path in paths(entry):
            shape = tuple("*" if isinstance(step, int) else step for step in path)
            if shape not in known:
                known.add(shape)
                yield number, path, entry, typed


def paths(value: object, here: tuple[str | int, ...] = ()):
    yield here
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in items:
            yield from paths(item, (*here, step))


def with_value(whole: object, path: tuple[str | int, ...], value: object) -> object:
    """A copy that shares what is not changed."""
    if not path:
        return value
    step, *rest = path
    inner = with_value(whole[step], tuple(rest), value)
    if isinstance(whole, list):
        return [inner if number == step else item for number, item in enumerate(whole)]
    return {**whole, step: inner}


def text(value: object) -> str:
    return yaml.dump(value, Dumper=PlainDumper, allow_unicode=True, width=10_000)


def shape_is_good(file: str, entry: object) -> bool:
    """Whether the loader's definitions alone take it."""
    model, _ = FILES[kind_of(file)]
    try:
        model.model_validate(entry)
    except ValidationError:
        return False
    return True


def tolerated(path: tuple[str | int, ...], strange: object) -> bool:
    """Red without being forbidden: it looks like a mistake."""
    return strange == "false" or (strange is None and path[-1] in {"question", "is", "all", "any"})
