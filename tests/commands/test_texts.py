"""`clearing place` and `clearing understand`: what a text means."""

import json
import subprocess
import sys

import pytest


def place(clearing, text):
    return json.loads(clearing("place", "--json", text).out)


def test_a_place_is_an_object_as_the_contract_says(clearing):
    assert place(clearing, "Luckenwalde") == {
        "candidates": [
            {
                "ags": "12072232",
                "name": "Luckenwalde",
                "district": "12072",
                "district_name": "Teltow-Fläming",
            }
        ],
        "outside": None,
        "exact": True,
        "district": None,
    }


def places(clearing, *texts):
    outcome = clearing("place", "--json", "--stdin", stdin="\n".join(texts))
    assert outcome.code == 0
    found = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(found) == len(texts)
    return found


def test_at_most_five_places_are_named(clearing):
    for found in places(clearing, "15345", "Neuendorf", "Buchholz"):
        assert 1 < len(found["candidates"]) <= 5
        assert not found["exact"]


def test_districts_and_places_outside_are_said(clearing):
    district, berlin = places(clearing, "Potsdam-Mittelmark", "Berlin")
    assert district["district"] == "12069"
    assert berlin["outside"] == "Berlin"
    assert berlin["candidates"] == []


def test_no_text_is_too_strange(clearing):
    strange = ("", " ", "?", "x" * 65536, "\x00\x85\u2028", "<b>\u202e", "-0-", "\ufeff")
    assert not any(found["candidates"] for found in places(clearing, *strange))
    # Half a character, as a shell passes on bytes that are no text.
    assert place(clearing, "\udcff")["candidates"] == []


def test_several_words_need_no_quotes(clearing):
    outcome = clearing("place", "Frankfurt", "--json", "(Oder)")
    assert json.loads(outcome.out)["candidates"][0]["ags"] == "12053000"


def test_for_people_a_place_is_a_line(clearing):
    assert clearing("place", "Luckenwalde").out == "12072232  Luckenwalde – Teltow-Fläming\n"
    assert clearing("place", "zzzzzz").out == "not found\n"


def test_each_line_of_the_input_is_a_place(clearing):
    found = places(clearing, "Cottbus", "", "Лукенвальде")
    names = [[one["name"] for one in each["candidates"][:1]] for each in found]
    assert names == [["Cottbus"], [], ["Luckenwalde"]]


def test_a_sentence_is_an_object_as_the_contract_says(clearing):
    outcome = clearing("understand", "--json", "--language", "ar", "أبحث عن عمل")
    assert json.loads(outcome.out) == {
        "answers": {"concern": "work"},
        "danger": False,
        "asks_back": [],
    }


def test_each_line_of_the_input_is_a_sentence_in_any_language(clearing):
    said = (
        "Ich wohne in Cottbus und suche Arbeit",
        "Mein Mann schlägt mich",
        "мене б'є чоловік",
        "zzzz",
    )
    outcome = clearing("understand", "--json", "--stdin", stdin="\n".join(said))
    heard = [json.loads(line) for line in outcome.out.splitlines()]
    assert heard[0]["answers"] == {"concern": "work", "place": "12052000"}
    assert [one["danger"] for one in heard] == [False, True, True, False]
    assert heard[3]["answers"] == {}


def test_for_people_a_sentence_is_a_few_lines(clearing):
    outcome = clearing("understand", "--stdin", stdin="ich suche Arbeit\nzzzz\n")
    assert outcome.out == "concern = work\n\nnothing understood\n\n"


def test_an_unknown_language_is_one_clear_line(clearing):
    assert "no language `xx`" in clearing("understand", "--language", "xx", "hallo").line


@pytest.mark.parametrize("command", ["place", "understand"])
def test_without_a_text_it_says_what_to_give(clearing, command):
    outcome = clearing(command, "--json")
    assert outcome.code == 2
    assert "give a text, or --stdin" in outcome.err


def test_whoever_stops_reading_gets_no_complaint():
    command = [sys.executable, "-m", "bot", "place", "--stdin"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        run.stdin.write("Cottbus\n")
        run.stdin.flush()
        # It answers at once: programs may ask one thing after the other.
        assert run.stdout.readline().startswith("12052000")
        run.stdout.close()
        _, complaint = run.communicate("Potsdam\n" * 10)
    assert (run.returncode, complaint) == (0, "")
