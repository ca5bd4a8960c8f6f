"""The reasons of a first door suffice, are as few as can be, and the named changes come true."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.case import DONT_KNOW, ELSEWHERE, Case, with_facts
from bot.core.events import Menu
from bot.core.findings import findings
from bot.core.knowledge import Book, Later, Question, QuestionKind
from bot.core.known import known
from bot.core.logic import Is
from bot.core.questionnaire import further_question, next_question
from bot.core.responsibility import doors
from bot.core.screen import screen
from bot.core.screens import ReasonsBody, ResultBody
from bot.core.state import Conversation, MenuPage
from bot.core.why import MOST_CHANGES, explanation
from bot.facts import facts

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
PLACES = ("12061316", "12052000", "12067120", "12070", ELSEWHERE, DONT_KNOW)


def answers(question: Question) -> list[str]:
    match question.kind:
        case QuestionKind.ONE:
            return [*(option.id for option in question.options), DONT_KNOW]
        case QuestionKind.SEVERAL:
            return ["yes", "no", "no", DONT_KNOW]
        case QuestionKind.PLACE:
            return list(PLACES)


@st.composite
def conversations(draw: st.DrawFn, book: Book) -> Case:
    """What somebody has told when the result is due, or after all further questions."""
    ask = draw(st.sampled_from([next_question, further_question]))
    whom = draw(st.sampled_from(["self", "self", "child", "family", "helper"]))
    case = {"for_whom": whom}
    while (asked := ask(case, book)) is not None:
        for fact in asked.parts:
            case[fact] = draw(st.sampled_from(answers(asked.question)))
    return case


@st.composite
def completed(draw: st.DrawFn, case: Case, book: Book) -> Case:
    """Any further answers to whatever tact allows to ask."""
    full = dict(case)
    for question in book.questions.values():
        for fact in question.facts:
            if fact not in full and known(full, book).open & book.alphabet.whole[fact]:
                full[fact] = draw(st.sampled_from(answers(question)))
    return full


def kept(case: Case) -> dict[str, str]:
    """What every choice of reasons has beside it: the place, and that somebody asks for them."""
    return {
        fact: option
        for fact, option in case.items()
        if fact == "place" or (fact, option) == ("for_whom", "self")
    }


@given(st.data())
@settings(max_examples=200)
def test_the_reasons_suffice_whatever_else_is_answered(book: Book, data: st.DataObject) -> None:
    case = data.draw(conversations(book))
    why = explanation(case, book)
    assert why is not None
    assert {**why.reasons, **why.rest, **kept(case)} == case
    full = data.draw(completed({**kept(case), **why.reasons}, book))
    lead = findings(full, book).lead
    assert lead is not None
    assert lead.service_type == why.lead.service_type


@given(st.data())
@settings(max_examples=100)
def test_no_choice_of_fewer_answers_suffices(book: Book, data: st.DataObject) -> None:
    case = data.draw(conversations(book))
    why = explanation(case, book)
    assert why is not None
    told = {fact: option for fact, option in case.items() if fact not in kept(case)}
    for fewer in combinations(told, len(why.reasons) - 1):
        less = explanation({**kept(case), **{fact: told[fact] for fact in fewer}}, book)
        lead = less and (less.lead.service_type, less.lead.sure)
        assert lead != (why.lead.service_type, why.lead.sure), fewer


@given(st.data())
@settings(max_examples=200)
def test_each_change_leads_where_it_says_and_no_step_before_it_does(
    book: Book, data: st.DataObject
) -> None:
    case = data.draw(conversations(book))
    why = explanation(case, book)
    assert why is not None
    assert len(why.changes) <= MOST_CHANGES
    assert [one.event for one in why.changes] == sorted(one.event for one in why.changes)
    for change in why.changes:
        changed = findings(with_facts(case, {change.question.id: change.option}), book)
        assert changed.lead == change.lead
        assert change.lead.service_type != why.lead.service_type
        *before, last = steps(change.question, case[change.question.id], change.option)
        assert last == change.option
        for option in before:
            earlier = findings(with_facts(case, {change.question.id: option}), book).lead
            assert earlier is not None
            assert earlier.service_type == why.lead.service_type


def steps(question: Question, option: str, until: str) -> Iterator[str]:
    options = {one.id: one for one in question.options}
    while option != until:
        later = options[option].later
        assert later is not None
        option = later.option
        yield option


@given(st.data())
@settings(max_examples=100)
def test_where_the_rest_does_not_matter_the_very_door_stays(
    book: Book, data: st.DataObject
) -> None:
    case = data.draw(conversations(book))
    why = explanation(case, book)
    assert why is not None
    if why.rest_matters:
        return
    full = data.draw(completed({**kept(case), **why.reasons}, book))
    first = [doors(findings(one, book), one, book, NOW.date()).lead[0].id for one in (case, full)]
    assert first[0] == first[1]


@given(st.data())
@settings(max_examples=100)
def test_the_page_opens_on_every_result_and_only_there(book: Book, data: st.DataObject) -> None:
    case = data.draw(conversations(book))
    answered = data.draw(st.integers(0, len(case)))
    for some in (case, dict(list(case.items())[:answered])):
        talk = Conversation("de", case=some)
        result = isinstance(screen(talk, book, NOW).body, ResultBody)
        page = screen(replace(talk, pages=(MenuPage(Menu.WHY),)), book, NOW).body
        assert isinstance(page, ReasonsBody) is result


@pytest.fixture
def told(book: Book):
    def tell(words: str) -> Mapping[str, str]:
        return facts(dict(word.split("=", 1) for word in words.split()), book)

    return tell


def test_an_answer_that_nobody_gave_is_a_reason_where_the_door_rests_on_it(book, told):
    case = told("concern=work place=12061316 age=27_plus status=?")
    why = explanation(case, book)
    assert not why.lead.sure
    assert why.reasons["status"] == DONT_KNOW
    body = screen(Conversation("de", case=case, pages=(MenuPage(Menu.WHY),)), book, NOW).body
    assert [asked.id for asked in body.unknown] == ["status"]
    assert "status" not in {asked.id for asked, _ in body.reasons}


def test_needs_that_change_nothing_are_not_named(book, told):
    why = explanation(
        told("concern=wellbeing place=12061316 age=27_plus status=asylum needs=violence,trauma"),
        book,
    )
    assert why.reasons == {"status": "asylum"}
    assert why.rest["needs.violence"] == "yes"


def test_a_service_for_some_people_makes_the_rest_matter(book, told):
    case = told("concern=work place=12052000 age=18_to_26 status=eu needs=")
    assert not explanation(case, book).rest_matters
    one = book.services["jmd_niederlausitz"]
    for_few = replace(one, who=Is(book.alphabet.bits["needs.disability"]["yes"]))
    services = {**book.services, one.id: for_few}
    assert explanation(case, replace(book, services=services)).rest_matters


def test_two_kinds_that_stand_in_for_each_other_are_both_looked_at(book, told):
    complete = replace(book, region=replace(book.region, complete=frozenset({"12052"})))
    case = told("concern=work place=12052000 age=27_plus status=eu")
    assert explanation(case, complete).lead.service_type == "mbe"


def test_as_long_as_the_lead_is_open_there_is_no_explanation(book, told):
    assert explanation(told("concern=work place=12061316 age=27_plus"), book) is None
    assert explanation({}, book) is None


def test_many_doubtful_answers_are_thinned_out_one_by_one(book, told, monkeypatch):
    monkeypatch.setattr("bot.core.why._SEARCHED", 0)
    case = told("concern=work place=12061316 age=18_to_26 status=permit course=no needs=trauma")
    why = explanation(case, book)
    assert why.reasons == {"concern": "work", "age": "18_to_26", "status": "permit"}


def test_a_chain_goes_on_until_another_kind_leads(book, told):
    """If 27 came only after the years from 12 to 17, the second step would be named."""
    age = book.questions["age"]
    later = {"18_to_26": Later("12_to_17", event=True), "12_to_17": Later("27_plus", event=False)}
    turned = tuple(replace(one, later=later.get(one.id)) for one in age.options)
    questions = {**book.questions, "age": replace(age, options=turned)}
    case = told("concern=work place=12061316 age=18_to_26 status=permit")
    (change,) = explanation(case, replace(book, questions=questions)).changes
    assert (change.option, change.after.id, change.event) == ("27_plus", "12_to_17", True)
    assert change.lead.service_type == "mbe"
