"""Whoever knows the law and not YAML is told in German, at the same place, of the same things."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.problems import ContentError, Problem
from bot.language import catalogues
from bot.sentence import Sentence, Translate
from tests.content.conftest import SMALL, Folder
from tests.content.test_problems import BROKEN
from tests.content.test_rare_problems import RARE
from tests.content.test_tree import FILES, YAML

LOCALES = Path(__file__).parents[2] / "locales"
SLIPS = BROKEN | RARE
ALIKE = {"`{rule}`: {because} ({source}).", "`{service}`: {name}.", "{number} of {all}"}
"""Templates without a word of their own, or nearly so."""


@pytest.fixture(scope="module")
def german() -> Translate:
    return catalogues.editing(LOCALES, "de")


def named(text: str) -> set[str]:
    """Ids, fields and what else is quoted."""
    return set(re.findall(r"`[^`]+`", text))


def problems(folder) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as raised:
        folder.load()
    return raised.value.problems


@pytest.mark.parametrize("name", SLIPS)
def test_every_slip_is_told_in_german_at_the_same_place(folder, german, name: str):
    edit, expected = SLIPS[name]
    folder.edit(*edit)
    (problem, *_) = (one for one in problems(folder) if str(one).startswith(expected))
    english, told = str(problem), problem.in_(german)
    place = english[: english.index(": ") + 2]
    assert told.startswith(place)
    assert problem.problem.in_(german) != str(problem.problem)
    assert problem.cure.in_(german) != str(problem.cure) or not str(problem.cure)
    assert named(str(problem.problem)) <= named(problem.problem.in_(german))
    assert "{" not in re.sub(r"`[^`]*`", "", told)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(FILES), st.data())
def test_whatever_is_broken_can_be_told_in_german(german, file: str, data: st.DataObject):
    text = (SMALL / file).read_text(encoding="utf-8")
    begin = data.draw(st.integers(0, len(text)))
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place) / "knowledge")
        shutil.copytree(SMALL, folder.path)
        folder.write(file, text[:begin] + data.draw(YAML) + text[begin + 5 :])
        for english, told in _told(folder, german):
            assert told.startswith(english[: english.index(": ")])


def _told(folder: Folder, german: Translate) -> list[tuple[str, str]]:
    try:
        folder.load()
    except ContentError as found:
        return [(str(problem), problem.in_(german)) for problem in found.problems]
    return []


def test_rows_for_programs_are_german_too(folder, german):
    folder.edit("rules/base.yaml", "question: concern", "question: conzern")
    (problem,) = problems(folder)
    assert problem.as_dict(german) == {
        "file": "rules/base.yaml",
        "line": 15,
        "column": 20,
        "problem": "Es gibt keine Frage `conzern`.",
        "cure": "Meinten Sie `concern`?",
    }
    assert problem.as_dict()["cure"] == "Did you mean `concern`?"


def test_every_template_is_translated_and_keeps_its_places():
    path = LOCALES / "de" / "LC_MESSAGES" / f"{catalogues.EDITING}.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale="de", abort_invalid=True)
    texts = [message for message in catalogue if message.id]
    assert len(texts) > 200
    assert not catalogue.obsolete
    for message in texts:
        assert message.string, message.id
        assert not message.fuzzy, message.id
        places = [
            sorted(re.findall(r"\{\w*\}|[{}]{2}", one)) for one in (message.id, message.string)
        ]
        assert places[0] == places[1], message.id
        assert (
            message.string != message.id
            or message.id in ALIKE
            or not re.sub(r"`[^`]*`|\{\w*\}|\W", "", message.id)
        ), message.id
        assert message.string == message.string.strip()


def test_a_sentence_in_a_place_is_translated_with_its_frame():
    german = {"{these} and {this}": "{these} und {this}", "nothing": "nichts"}
    both = Sentence("{these} and {this}", these=Sentence("nothing"), this="`a`")
    assert str(both) == "nothing and `a`"
    assert both.in_(lambda text: german.get(text, text)) == "nichts und `a`"
    assert both == Sentence("{these} and {this}").about(these=Sentence("nothing"), this="`a`")
    assert len({both, Sentence("nothing")}) == 2


def test_what_stands_in_a_place_is_never_read_as_a_template(folder, german):
    """Whoever writes braces or quotes gets them back as they are."""
    folder.edit("rules/base.yaml", "refer_to: mbe", 'refer_to: "{name} {0} %s"')
    (problem,) = problems(folder)
    assert "`{name} {0} %s`" in problem.in_(german)
    assert "`{name} {0} %s`" in str(problem)
