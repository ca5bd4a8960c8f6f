"""`clearing route`: who is responsible, for people and for programs."""

import json

CASE = ("place=12061316", "concern=work", "age=27_plus", "status=asylum")


def test_the_object_is_as_the_contract_says(clearing):
    result = json.loads(clearing("route", "--json", *CASE).out)
    assert list(result) == ["findings", "doors", "next_question", "unanswered"]
    for finding in result["findings"]:
        assert list(finding) == ["service_type", "role", "rule", "sure", "because", "source"]
        assert finding["because"]
        assert finding["source"]
    for door in result["doors"]:
        assert list(door) == ["service", "service_type", "role", "name", "confirmed"]
        assert door["name"]
    assert [found["service_type"] for found in result["findings"] if found["role"] == "lead"] == [
        "refugee_advice"
    ]
    assert {found["role"] for found in result["findings"]} <= {"lead", "also", "partner"}
    assert result["next_question"] is None
    assert "concern" not in result["unanswered"]


def test_what_is_not_given_is_unanswered(clearing):
    nothing = json.loads(clearing("route", "--json").out)
    assert nothing["next_question"] == "concern"
    assert {"place", "age", "status"} <= set(nothing["unanswered"])
    assert "for_whom" not in nothing["unanswered"]
    assert nothing["findings"] == nothing["doors"] == []


def test_needs_without_an_option_means_none(clearing):
    case = ("concern=wellbeing", "place=12061316", "age=27_plus", "status=asylum", "crisis=no")
    open_needs = json.loads(clearing("route", "--json", *case).out)
    no_needs = json.loads(clearing("route", "--json", *case, "needs=").out)
    needs = json.loads(clearing("route", "--json", *case, "needs=trauma,disability").out)
    assert "needs" in open_needs["unanswered"]
    assert "needs" not in no_needs["unanswered"] + needs["unanswered"]
    types = {found["service_type"] for found in needs["findings"] if found["sure"]}
    assert "special_advice" in types
    assert "special_advice" not in {found["service_type"] for found in no_needs["findings"]}


def test_a_question_mark_makes_a_finding_unsure(clearing):
    case = ("concern=work", "place=12061316", "age=27_plus", "status=?")
    found = json.loads(clearing("route", "--json", *case).out)["findings"]
    assert not all(finding["sure"] for finding in found)


def test_reasons_come_in_the_language_asked_for(clearing):
    def reasons(*language: str) -> list[str]:
        result = json.loads(clearing("route", "--json", *CASE, *language).out)
        return [finding["because"] for finding in result["findings"]]

    german, arabic = reasons(), reasons("--language", "ar")
    assert len(german) == len(arabic)
    assert all("؀" <= max(text) <= "ۿ" for text in arabic)
    assert reasons("--language", "de") == german


def test_options_may_stand_between_the_facts(clearing):
    between = clearing("route", *CASE[:2], "--json", *CASE[2:])
    assert between.out == clearing("route", "--json", *CASE).out


def test_for_people_it_says_who_why_and_what_next(clearing):
    text = clearing("route", *CASE).out
    assert "lead    refugee_advice" in text
    assert "Handreichung 2006" in text
    assert clearing("route").out.startswith("nobody yet\nask     concern\n")


WRONG = (
    ("age=99", "`age` has no option `99`", "27_plus"),
    ("stauts=eu", "no question `stauts`", "status"),
    ("place=99999999", "`place` has no option `99999999`", "8 digits"),
    ("place=", "`place` has no option ``", "8 digits"),
    ("needs=trauma,fear", "`needs` has no option `fear`", "disability"),
    ("age", "`age` is not a fact", "question=option"),
    ("age=27_plus age=12_to_17", "`age` is answered twice", "Keep one"),
)


def test_a_wrong_fact_is_one_clear_line(clearing):
    outcome = clearing("route", "--json", "concern=work", "age=99")
    assert outcome.line.startswith("`age` has no option `99`.")
    assert outcome.out == ""
    outcome = clearing("route", "--stdin", stdin="\n".join(facts for facts, _, _ in WRONG))
    assert (outcome.code, outcome.out) == (1, "")
    for line, (_, named, cure) in zip(outcome.err.splitlines(), WRONG, strict=True):
        assert named in line
        assert cure in line


def test_an_unknown_language_is_one_clear_line(clearing):
    assert "no language `xx`. Take de, en, uk" in clearing("route", "--language", "xx").line


def test_each_line_of_the_input_is_a_case(clearing):
    lines = [" ".join(CASE), "", "place=12052000  needs="]
    outcome = clearing("route", "--json", "--stdin", stdin="\n".join(lines))
    assert outcome.code == 0
    results = [json.loads(line) for line in outcome.out.splitlines()]
    assert results[0] == json.loads(clearing("route", "--json", *CASE).out)
    assert results[1] == json.loads(clearing("route", "--json").out)
    assert "needs" not in results[2]["unanswered"]


def test_a_wrong_line_is_named_and_the_others_are_answered(clearing):
    given = b"\xef\xbb\xbfage=27_plus\r\nage=99\n\xff=1\nconcern=work\n"
    outcome = clearing("route", "--json", "--stdin", stdin=given)
    assert outcome.code == 1
    second, third = outcome.err.splitlines()
    assert second.startswith("line 2: `age` has no option `99`.")
    assert third.startswith("line 3: ")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert [list(row) == ["error"] for row in rows] == [False, True, True, False]


def test_facts_and_lines_at_once_are_a_slip(clearing):
    outcome = clearing("route", "--stdin", "age=27_plus")
    assert outcome.code == 2
    assert "not both" in outcome.err
