"""`clearing chat`: a talk in the terminal, and the same talk written down as a test."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from bot.channels.terminal import _quoted

PLAYER = Path(__file__).resolve().parents[1] / "core" / "test_conversations.py"


@pytest.fixture(scope="module")
def play(book, ears):
    """Plays a script as tests/core does."""
    spec = importlib.util.spec_from_file_location("player", PLAYER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda script: module.Player(book, ears, script).play()


def test_buttons_have_numbers(clearing):
    outcome = clearing("chat", stdin="7\n")
    assert outcome.code == 0
    assert "[7] 🛠️ Arbeit" in outcome.out
    assert "In welchem Ort wohnen Sie?" in outcome.out
    assert "title:" not in outcome.out


def test_it_speaks_the_language_asked_for(clearing):
    assert not re.search("[іїєґ]", clearing("chat").out)
    assert re.search("[іїєґ]", clearing("chat", "--language", "uk").out)
    assert "no language `xx`. Take de" in clearing("chat", "--language", "xx").line


def test_a_link_answers_what_it_says(clearing):
    outcome = clearing("chat", "--script", "--link", "uk-12067120-work")
    assert yaml.safe_load(outcome.out)["talk"] == [
        {"start": "uk-12067120-work"},
        {"bot": "asks age"},
    ]
    assert "Скільки" in outcome.err


def test_a_script_is_on_its_own_and_the_talk_on_the_error_output(clearing):
    outcome = clearing("chat", "--script", "--language", "de", stdin="a:concern:work\n")
    script = yaml.safe_load(outcome.out)
    assert list(script) == ["title", "language", "talk"]
    assert script["talk"] == [
        {"bot": "asks concern"},
        {"tap": "a:concern:work"},
        {"bot": "asks place"},
    ]
    assert "Wobei brauchen Sie Hilfe?" in outcome.err


TALK = """\
1

a:concern:work
Neuendorf
no
yes
12:30
99999999999999999999999
b
hallo: "Welt" \\ # 'so'
🙂 \u202eцитата \u2028 {a: b}
- *x
14943
a:age:?
a:status:?
m:languages
l:ar
مساعدة
b
r
e:concern
a:concern: x
a:concern:wellbeing
a:stay:?
a:crisis:no
d:needs
t:needs:trauma
h
x
"""


def test_a_talk_written_down_comes_out_as_written(clearing, play):
    outcome = clearing("chat", "--script", stdin=TALK)
    script = yaml.safe_load(outcome.out)
    play(script)
    said = [line for line in script["talk"] if "bot" not in line]
    # The empty line says nothing; everything else is there, up to the quick exit.
    assert len(said) == TALK.count("\n") - 1
    assert said[-1] == {"tap": "x"}
    assert script["talk"][-1] == {"bot": "asks concern"}
    assert {"type": "no"} in said
    assert {"type": "12:30"} in said
    assert any("which place: " in line.get("bot", "") for line in script["talk"])


def test_a_talk_that_began_with_a_link_comes_out_as_written(clearing, play):
    typed = "27_plus\n27\nдопоможіть\nb\na:status:temporary\n"
    outcome = clearing("chat", "--script", "--link", "uk-nonsense-12067120-work", stdin=typed)
    play(yaml.safe_load(outcome.out))


@pytest.mark.parametrize(
    "text",
    ["a:place:?", "no", "No", "null", "~", "1", "1e3", "0x1", "2026-01-01", "a: b", "a #b", "a:",
     "-", "- a", "[a]", "{a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", '"', "'", "\\", "\\n",
     "\x00", "\x7f", "\x85", "\ufeffa", "\u2028", "🙂", "ع", "a ", " a", "?", "=", "<<", "...",
     "---", "a\tb", "asks which place: 12061316, 12052000"],
)  # fmt: skip
def test_yaml_reads_back_what_was_written(text):
    assert yaml.safe_load(f"- type: {_quoted(text)}") == [{"type": text}]


def test_bytes_that_are_no_text_do_no_harm(clearing):
    outcome = clearing("chat", "--script", stdin=b"\xff\xfe\n\x00\n")
    assert outcome.code == 0
    assert len(yaml.safe_load(outcome.out)["talk"]) == 5
