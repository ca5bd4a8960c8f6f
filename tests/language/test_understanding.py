"""What people say, what of it is understood (`heard.yaml`), and what must not be."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.words import load_words
from bot.language.normalise import LONGEST
from bot.language.understanding import Listener, Understanding

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only


QUESTIONS = {
    question["id"]: tuple(option["id"] for option in question.get("options", ()))
    for question in _yaml(ROOT / "knowledge/questions.yaml")
}
WORDS = load_words(ROOT / "locales", LANGUAGES, QUESTIONS)
LISTENER = Listener(WORDS)
SENTENCES = {
    (language, part): sentences
    for language in LANGUAGES
    for part, sentences in _yaml(ROOT / f"locales/{language}/heard.yaml").items()
}


def _hear(language: str, sentence: dict[str, Any]) -> Understanding:
    return LISTENER.hear(sentence["say"], language, sentence.get("asked"))


def _expected(sentence: dict[str, Any]) -> Understanding:
    return Understanding(
        sentence.get("answers", {}),
        sentence.get("danger") == "true",
        tuple(sentence.get("asks_back", ())),
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param(language, sentence, id=f"{language}: {sentence['say']}")
        for (language, part), sentences in SENTENCES.items()
        if part == "tuned"
        for sentence in sentences
    ],
)
def test_a_sentence_means_what_its_speakers_say(language, sentence):
    assert _hear(language, sentence) == _expected(sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_sentences_written_before_the_lists_are_understood_and_none_is_guessed(language):
    sentences = SENTENCES[language, "held_out"]
    right, wrong = 0, []
    for sentence in sentences:
        heard, expected = _hear(language, sentence), _expected(sentence)
        right += heard == expected
        guessed = heard.answers.items() - expected.answers.items()
        if guessed or heard.danger > expected.danger:
            wrong.append((sentence["say"], heard))
    assert not wrong
    assert right / len(sentences) >= 0.85


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language)
def test_every_option_can_be_said_in_every_language(words):
    for question, options in QUESTIONS.items():
        if question != "place":
            assert set(options) <= set(words.options[question])
    assert all((words.emergency, words.yes, words.no, words.dont_know, words.common))


def _names(file: str, column: str) -> set[str]:
    with (ROOT / "knowledge/places" / file).open(encoding="utf-8") as rows:
        return {row[column] for row in csv.DictReader(rows)}


def test_no_place_is_taken_for_an_answer():
    local = _names("municipalities.csv", "name") | _names("localities.csv", "name")
    listener = Listener(WORDS, names=local)
    for name in local:
        assert listener.hear(name, "de", "place") == Understanding(), name
        assert listener.hear(name, "de", "concern") == Understanding(), name


def test_a_foreign_place_is_hardly_ever_taken_for_a_concern():
    foreign = _names("outside.csv", "place")
    mistaken = [n for n in foreign if LISTENER.hear(n, "de", "concern").answers]
    assert len(mistaken) <= len(foreign) / 200


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(LANGUAGES), st.sampled_from([None, *QUESTIONS]))
def test_every_text_gives_only_answers_that_exist(text, language, asked):
    heard = LISTENER.hear(text, language, asked)
    for question, option in heard.answers.items():
        assert option in (*QUESTIONS[question], "?", "no")
    assert set(heard.asks_back) <= set(QUESTIONS) - set(heard.answers)


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ud800" * 9, "\u202e" * 70_000, "a" * 65_536, "Ich suche Arbeet, und " * 3_000],
    ids=["empty", "nul", "surrogates", "overrides", "letters", "words"],
)
def test_of_an_endless_text_only_the_beginning_is_read(text):
    heard = LISTENER.hear(text, "xx", "no such question")
    assert heard == LISTENER.hear(text[:LONGEST], "xx", "no such question")


def test_a_mistake_in_a_list_names_its_line(tmp_path):
    folder = tmp_path / "de"
    folder.mkdir()
    (folder / "words.yaml").write_text("concern:\n  wrk: [arbeit]\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"de/words\.yaml:2:3: `concern` has no `wrk`\. Did you"):
        load_words(tmp_path, ["de"], QUESTIONS)
