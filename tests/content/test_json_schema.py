"""What editors are told about the knowledge folder: complete, explained, and up to date."""

import re
from pathlib import Path

import pytest

from tests.content.editor import Editor, as_editor, editor_of, files, kind_of

SHIPPED = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def editor(gazetteer) -> Editor:
    """Of the folder that is shipped."""
    return editor_of(SHIPPED, gazetteer.districts, gazetteer.municipalities)


@pytest.mark.parametrize("file", files(SHIPPED))
def test_nothing_that_is_shipped_is_red(editor: Editor, file: str):
    assert editor.red(file, as_editor((SHIPPED / file).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", files(SHIPPED))
def test_every_file_names_its_schema_in_its_first_line(file: str):
    first = (SHIPPED / file).read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (SHIPPED / file).parent.joinpath(found[1]).resolve() == (
        SHIPPED / "schema" / f"{kind_of(file)}.json"
    )


def test_every_field_has_a_title_and_an_explanation(editor: Editor):
    for kind, schema in editor.schemas.items():
        shapes = schema["$defs"]
        for name, shape in shapes.items():
            for field, said in shape["properties"].items():
                where = f"{kind}: {name}.{field}"
                title = said.get("title") or shapes[said["$ref"].rpartition("/")[2]]["title"]
                assert title, where
                assert re.match(r"\S.+", said["description"]), where
        assert len(schema["description"]) > 20


def test_every_choice_is_explained(editor: Editor):
    for schema in editor.schemas.values():
        for node in nodes(schema):
            if "enumDescriptions" in node:
                assert len(node["enum"]) == len(node["enumDescriptions"])
                assert all(node["enumDescriptions"])


def nodes(value: object):
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from nodes(item)


def test_a_question_offers_its_own_answers_only(editor: Editor):
    condition = editor.schemas["rules"]["$defs"]["ConditionText"]
    offered = {
        branch["if"]["properties"]["question"]["const"]: branch["then"]["properties"]["is"]["items"]
        for branch in condition["allOf"]
    }
    assert offered["age"]["enum"] == ["under_12", "12_to_17", "18_to_26", "27_plus"]
    assert offered["age"]["enumDescriptions"][-1] == "ab 27 Jahren"
    assert offered["place"]["enum"] == ["here", "elsewhere"]
    assert set(offered) == set(condition["properties"]["question"]["enum"])


def test_a_place_is_found_by_its_name(editor: Editor, gazetteer):
    serves = editor.schemas["services"]["$defs"]["ServesText"]["properties"]
    for field, known in (
        ("districts", gazetteer.districts),
        ("municipalities", gazetteer.municipalities),
    ):
        offered = {one["body"]: one["label"] for one in serves[field]["items"]["defaultSnippets"]}
        assert offered == {f"'{key}'": f"{one.name} ({key})" for key, one in known.items()}
        # The editor cuts longer ones.
        assert max(map(len, offered.values())) < 60


def test_a_kind_of_service_is_explained_in_plain_words(editor: Editor):
    offers = editor.schemas["services"]["$defs"]["ServiceText"]["properties"]["offers"]["items"]
    said = dict(zip(offers["enum"], offers["enumDescriptions"], strict=True))
    assert said["jobcentre"] == "Jobcenter – Das Amt für Arbeit und Geld zum Leben"
