"""`clearing back`: the knowledge base as it was before."""

import json
from pathlib import Path

import pytest

from bot import config
from bot.commands.edits import begin, editions
from bot.content.editions import found

QUESTION = ("questions.yaml", "Wie alt sind Sie?", "Wie viele Jahre sind Sie alt?")


def edit(knowledge: Path, name: str, old: str, new: str) -> None:
    text = (knowledge / name).read_text(encoding="utf-8")
    assert old in text
    (knowledge / name).write_text(text.replace(old, new), encoding="utf-8")


def bytes_of(knowledge: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in found(knowledge).items()}


@pytest.fixture
def house(knowledge, tmp_path):
    """Settings with which `back` and the bot find the same folders."""
    return {"KNOWLEDGE": str(knowledge), "DATA": str(tmp_path / "data")}


@pytest.fixture
def keep(house):
    """What the running bot does with a good edition."""
    settings = config.read({f"CLEARING_{name}": value for name, value in house.items()})

    def keep() -> None:
        begin(settings).keep()

    return keep


def test_it_lists_what_changed_and_when(clearing, knowledge, house, keep):
    keep()
    edit(knowledge, *QUESTION)
    keep()
    edit(knowledge, "services/cottbus.yaml", "id: abh_cottbus", "id: abh_neu")
    outcome = clearing("back", "--language", "de", settings=house)
    assert outcome.code == 0
    present, second, first = outcome.out.split("\n\n")[1:]
    assert "der Ordner, wie er jetzt ist" in present
    assert "services/cottbus.yaml: +1 −1 Zeilen" in present
    assert "-abh_cottbus, +abh_neu" in present
    assert second.startswith("   2  ")
    assert "questions.yaml: +1 −1 Zeilen" in second
    assert "age" in second
    assert first.startswith("   1  ")


def test_going_back_and_forth_restores_every_byte(clearing, knowledge, house, keep):
    before = bytes_of(knowledge)
    keep()
    edit(knowledge, *QUESTION)
    edited = bytes_of(knowledge)
    told = clearing("back", "1", settings=house)
    assert "To undo this: clearing back 2" in told.out
    assert bytes_of(knowledge) == before
    clearing("back", "2", settings=house)
    assert bytes_of(knowledge) == edited
    assert clearing("back", "2", settings=house).out.startswith("The folder is already")


def test_what_is_broken_is_kept_too_and_never_used_at_a_start(clearing, knowledge, house, keep):
    keep()
    edit(knowledge, "region.yaml", "languages:", "lnguages:")
    broken = bytes_of(knowledge)
    clearing("back", "1", settings=house)
    steps = json.loads(clearing("back", "--json", settings=house).out)
    assert [(step["edition"], step["good"]) for step in steps] == [(3, True), (2, False), (1, True)]
    told = clearing("back", "2", settings=house)
    assert "it has mistakes" in told.out
    assert "region.yaml" in told.out
    assert bytes_of(knowledge) == broken
    settings = config.read({f"CLEARING_{name}": value for name, value in house.items()})
    assert begin(settings).problems
    assert [one.good for one in editions(settings).newest_first()] == [False, True, False, True]


def test_without_an_edition_it_says_who_keeps_them(clearing, house):
    line = clearing("back", settings=house).line
    assert "No edition is kept yet." in line
    assert "clearing run" in line


def test_an_edition_that_is_not_there_is_said(clearing, house, keep):
    keep()
    line = clearing("back", "7", settings=house).line
    assert line == "There is no edition 7. There are 1 to 1; `clearing back` lists them."


def test_a_folder_that_cannot_be_written_is_said(clearing, knowledge, house, keep):
    keep()
    edit(knowledge, *QUESTION)
    # Also for root: where a folder stands, no file can be put.
    (knowledge / ".questions.yaml.new").mkdir()
    line = clearing("back", "1", settings=house).line
    assert "questions.yaml.new: This cannot be written" in line
    assert "Run it as a user who may write" in line
