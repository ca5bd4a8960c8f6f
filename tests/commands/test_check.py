"""`clearing check`, and what every command says when a file is broken."""

import json
import re

import pytest

WHERE = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): .+\. .+")


def test_the_knowledge_that_is_shipped_is_good(clearing):
    outcome = clearing("check")
    assert outcome.code == 0
    assert "The knowledge base is good." in outcome.out
    assert "It is not said who answers for the data" in outcome.out


def test_warnings_are_a_list_for_programs(clearing):
    rows = json.loads(clearing("check", "--json").out)
    assert {row["level"] for row in rows} == {"warning"}
    keys = {"file", "line", "column", "problem", "cure", "level"}
    assert all(set(row) == keys for row in rows)


def test_every_error_is_named_with_file_line_and_column(clearing, knowledge):
    for name in ("rules/base.yaml", "rules/danger.yaml"):
        path = knowledge / name
        path.write_text(path.read_text().replace("question: age", "question: aeg", 1))
    outcome = clearing("check", settings={"KNOWLEDGE": str(knowledge)})
    found = [WHERE.match(line) for line in outcome.out.splitlines()]
    assert outcome.code == 1
    assert [one["file"] for one in found] == ["rules/base.yaml", "rules/danger.yaml"]
    assert outcome.out.count("Did you mean `age`?") == 2
    rows = json.loads(clearing("check", "--json").out)
    assert [row["level"] for row in rows] == ["error", "error"]
    assert clearing("route", "age=27_plus").err == outcome.out


def test_broken_yaml_is_named_by_every_command(clearing, knowledge):
    (knowledge / "region.yaml").write_text("languages: [de\n")
    here = {"KNOWLEDGE": str(knowledge), "TOKEN": "1" * 9 + ":" + "B" * 35}
    assert WHERE.match(clearing("run", settings=here).line)["file"] == "region.yaml"
    assert WHERE.match(clearing("chat").line)["file"] == "region.yaml"
    assert WHERE.match(clearing("route").line)["file"] == "region.yaml"
    # Places need the tables only.
    assert clearing("place", "Cottbus").code == 0


def test_a_missing_or_an_empty_folder_is_said(clearing, tmp_path):
    missing = str(tmp_path / "missing")
    assert f"CLEARING_KNOWLEDGE: There is no folder {missing}." in (
        clearing("check", settings={"KNOWLEDGE": missing}).line
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    here = {"KNOWLEDGE": str(empty)}
    said = clearing("check", settings=here)
    assert said.code == 1
    assert said.out.startswith(f"{empty}: This is not a knowledge folder. Set CLEARING_KNOWLEDGE")
    assert clearing("route", settings=here).line == said.out.strip()
    (row,) = json.loads(clearing("check", "--json").out)
    assert row["level"] == "error"


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("districts.csv", None, "places/districts.csv: There is no such file."),
        ("postcodes.csv", b"", "places/postcodes.csv:1:1: The head should be"),
        ("names.csv", b"ags,name\n12,a,b\n", "places/names.csv:2:1: 3 cells instead of 2."),
        ("municipalities.csv", b"\xff", "places/municipalities.csv: The file cannot be read"),
        (
            "municipalities.csv",
            b"ags,name,lower_sorbian,people\n12051000,Brandenburg,,many\n",
            "places: A table is broken: ",
        ),
    ],
)
def test_a_broken_table_of_places_is_named(clearing, knowledge, table, text, said):
    if text is None:
        (knowledge / "places" / table).unlink()
    else:
        (knowledge / "places" / table).write_bytes(text)
    here = {"KNOWLEDGE": str(knowledge)}
    outcome = clearing("check", settings=here)
    assert outcome.code == 1
    assert outcome.out.startswith(said)
    assert "tools/build_places.py" in outcome.out
    assert clearing("place", "Cottbus").line == outcome.out.strip()


def test_a_broken_list_of_words_is_found_by_check_too(clearing, translations):
    (translations / "uk" / "words.yaml").write_text("concern: {wrok: [робота]}\n")
    outcome = clearing("check", settings={"LOCALES": str(translations)})
    assert outcome.code == 1
    assert (
        "locales/uk/words.yaml:1:11: `concern` has no `wrok`. Did you mean `work`?" in outcome.out
    )
    assert clearing("chat").err == outcome.out
    # Who is responsible does not hang on words that people type.
    assert clearing("route", "age=27_plus").code == 0


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("interface.po", None, "This catalogue is missing. Restore it, or take `ar` out"),
        ("interface.po", b'msgid "a', "This line cannot be read"),
    ],
)
def test_a_broken_translation_is_named(clearing, translations, file, content, said):
    path = translations / "ar" / "LC_MESSAGES" / file
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    here = {"LOCALES": str(translations)}
    line = clearing("chat", settings=here).line
    assert line.startswith(str(translations))
    assert said in line
    outcome = clearing("check")
    assert (outcome.code, outcome.out.strip()) == (1, line)


def test_a_folder_without_translations_is_said(clearing, tmp_path):
    line = clearing("chat", settings={"LOCALES": str(tmp_path)}).line
    assert "This catalogue is missing." in line
