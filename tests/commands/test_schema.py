"""`clearing schema`: what editors know about the knowledge folder, written and kept fresh."""

import json
import re

import pytest

ALL = ["region", "questions", "types", "hotlines", "rules", "services"]


def test_the_schemas_that_are_shipped_are_fresh(clearing):
    outcome = clearing("schema", "--check", "--language", "en")
    assert outcome.out == "The schemas are up to date.\n"
    assert outcome.code == 0


def test_a_new_question_is_known_after_the_schemas_are_written_again(clearing, knowledge):
    path = knowledge / "questions.yaml"
    path.write_text(path.read_text() + "\n- id: pets\n  text: Haben Sie Tiere?\n")
    here = {"KNOWLEDGE": str(knowledge)}
    outcome = clearing("schema", "--check", "--language", "en", settings=here)
    assert outcome.code == 1
    assert "schema/rules.json: This schema is out of date. Run `clearing schema`.\n" in outcome.out
    assert "schema/types.json" not in outcome.out
    assert clearing("schema", "--check").code == 1
    assert "schema/rules.json: written.\n" in clearing("schema", "--language", "en").out
    rules = json.loads((knowledge / "schema" / "rules.json").read_text())
    assert "pets" in rules["$defs"]["ConditionText"]["properties"]["question"]["enum"]
    assert clearing("schema", "--check").code == 0


def test_a_folder_without_schemas_gets_them(clearing, knowledge):
    for path in (knowledge / "schema").iterdir():
        path.unlink()
    (knowledge / "schema").rmdir()
    outcome = clearing("schema", "--language", "de", settings={"KNOWLEDGE": str(knowledge)})
    assert outcome.code == 0
    written = re.findall(r"schema/(\w+)\.json: geschrieben\.\n", outcome.out)
    assert written == ALL


def test_a_rule_that_is_half_written_hinders_nobody(clearing, knowledge):
    (knowledge / "rules" / "base.yaml").write_text("- id: half\n  when: [")
    assert clearing("schema", "--check", settings={"KNOWLEDGE": str(knowledge)}).code == 0


@pytest.mark.parametrize("file", ["questions.yaml", "types.yaml"])
def test_what_gives_the_names_must_be_readable(clearing, knowledge, file):
    (knowledge / file).write_text("- id: [")
    outcome = clearing("schema", settings={"KNOWLEDGE": str(knowledge)})
    assert outcome.code == 1
    assert re.match(rf"{file}:2:1: This is not YAML", outcome.err)


def test_a_place_that_cannot_be_written_is_named(clearing, knowledge):
    for path in (knowledge / "schema").iterdir():
        path.unlink()
    (knowledge / "schema").rmdir()
    (knowledge / "schema").write_text("")
    line = clearing("schema", settings={"KNOWLEDGE": str(knowledge)}).line
    assert line.startswith(f"{knowledge}/schema")
    assert "This file cannot be written" in line
