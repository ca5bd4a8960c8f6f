"""`clearing why`: which answers decide, and what will lead elsewhere, for people and programs."""

import json
import re

CASE = ("place=12061316", "concern=work", "age=18_to_26", "status=permit")
OFFICE = ["service_type", "name", "plain", "rule", "sure", "because", "source"]
LANGUAGES = ("de", "en", "uk", "ar", "fa", "ru")


def test_the_object_is_as_the_contract_says(clearing):
    result = json.loads(clearing("why", "--json", *CASE, "course=no", "needs=").out)
    assert list(result) == ["lead", "reasons", "rest", "rest_matters", "changes", "next_question"]
    assert list(result["lead"]) == OFFICE
    assert result["lead"]["service_type"] == "jmd"
    assert result["reasons"] == {"concern": "work", "age": "18_to_26", "status": "permit"}
    assert {"course", "needs.trauma"} <= set(result["rest"])
    assert not result["rest_matters"]
    assert result["next_question"] is None
    (change,) = result["changes"]
    assert list(change) == ["question", "option", "when", "event", "lead"]
    assert (change["question"], change["option"], change["event"]) == ("age", "27_plus", False)
    assert list(change["lead"]) == OFFICE
    assert change["lead"]["service_type"] == "mbe"


def test_a_change_leads_where_route_leads_then(clearing):
    (change,) = json.loads(clearing("why", "--json", *CASE).out)["changes"]
    then = [*CASE[:2], f"{change['question']}={change['option']}", CASE[3]]
    findings = json.loads(clearing("route", "--json", *then).out)["findings"]
    lead = next(found for found in findings if found["role"] == "lead")
    assert lead["rule"] == change["lead"]["rule"]


def test_as_long_as_nobody_surely_leads_it_says_what_to_ask(clearing):
    result = json.loads(clearing("why", "--json", *CASE[:3]).out)
    assert (result["lead"], result["reasons"], result["changes"]) == (None, {}, [])
    assert result["next_question"] == "status"
    assert clearing("why").out == "nobody yet\nask     concern\n"


def test_for_people_it_says_who_with_which_answers_and_what_comes_later(clearing):
    text = clearing("why", *CASE, "needs=").out
    assert text.startswith("lead    jmd: ")
    assert "rule jmd_lasting" in text
    assert "Handreichung 2006" in text
    assert "with    concern=work age=18_to_26 status=permit\n" in text
    assert "rest    changes nothing: needs\n" in text
    assert "later   age=27_plus: Ab dem 27. Geburtstag\n" in text
    assert "        mbe: " in text
    assert "(perhaps)" in clearing("why", *CASE[:3], "status=?").out


def test_each_line_of_the_input_is_a_case(clearing):
    outcome = clearing("why", "--json", "--stdin", stdin=" ".join(CASE) + "\nage=99\n")
    first, second = map(json.loads, outcome.out.splitlines())
    assert first == json.loads(clearing("why", "--json", *CASE).out)
    assert list(second) == ["error"]
    assert outcome.code == 1
    assert outcome.err.startswith("line 2: `age` has no option `99`.")


def test_it_speaks_the_language_asked_for(clearing):
    when = {
        json.loads(clearing("why", "--json", "--language", one, *CASE).out)["changes"][0]["when"]
        for one in LANGUAGES
    }
    assert len(when) == len(LANGUAGES)
    assert "no language `xx`. Take de, en, uk" in clearing("why", "--language", "xx", *CASE).line


REFUSAL = re.compile(
    r"nicht berechtigt|kein(en)? Anspruch|kein Recht|not (eligible|entitled)|no right"
    r"|не має(те)? права|не име(ет|ете) права|لا يحق|غير مؤهل|حق ندارید|واجد شرایط نیست",
    re.IGNORECASE,
)


def test_nobody_is_told_what_they_have_no_right_to(clearing):
    statuses = ("asylum", "tolerated", "temporary", "none", "permit", "?")
    cases = [
        f"concern=work age={age} status={one}" for one in statuses for age in ("12_to_17", "?")
    ]
    for language in LANGUAGES:
        said = clearing("why", "--stdin", "--language", language, stdin="\n".join(cases))
        assert said.code == 0
        assert not REFUSAL.search(said.out)
