"""What may be sent: exactly the page that is shown; no child to a group; nothing to who reports."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import case_events, events
from bot.core.card import card, case_of, may_be_child
from bot.core.case import YES, Case
from bot.core.conversation import known_case, step
from bot.core.handing_over import about
from bot.core.knowledge import Book, QuestionKind
from bot.core.questionnaire import next_question
from bot.core.screen import screen
from bot.core.screens import ConsentBody, DoorBody, ResultBody, ServiceCard
from bot.core.state import Around, ConsentPage, Conversation, Offer, Receiver, Turn
from bot.core.team import Reach
from tests.core.case_lives import CHOSEN, DEPUTY, after, handed_over, offices, taken
from tests.core.test_properties import NOW as HERE
from tests.core.test_properties import anything

SERVICES = (CHOSEN, DEPUTY, "msa_prignitz", "abh_barnim", "zabh", "mbz_bernau", "welcome_cottbus")
"""Of public bodies and of others, of every kind."""
ADULTS = ("18_to_26", "27_plus")


@pytest.fixture(scope="session")
def office_book(book: Book) -> Book:
    return offices(book)


def cases(book: Book) -> st.SearchStrategy[dict[str, str]]:
    """Answers to all questions, so that every result is due."""
    one = {}
    for question in book.questions.values():
        options = [option.id for option in question.options]
        if question.kind is QuestionKind.ONE:
            one[question.id] = st.sampled_from([*options, "?"])
        elif question.kind is QuestionKind.SEVERAL:
            one |= {fact: st.sampled_from(["yes", "no", "no", "?"]) for fact in question.facts}
        else:
            one[question.id] = st.sampled_from(["12070", "12070424", "12060020", "elsewhere", "?"])
    return st.fixed_dictionaries(one)


def around(book: Book, reach: Reach = Reach.BOTH, *cases_: object) -> Around:
    """Everybody has linked a channel."""
    return Around("R9", dict.fromkeys(book.services, Receiver(reach, 3)), cases_)  # type: ignore[arg-type]  # told by the caller


def may_ask_for_papers(case: Case, book: Book, service: str) -> bool:
    """Written anew from the Aufenthaltsgesetz: whoever is public reports, and who knows of what."""
    if not book.services[service].public:
        return False
    youth_office = "youth_office" in book.services[service].offers
    if youth_office and case.get("needs.unaccompanied") == YES:
        return False
    return case.get("status", "?") in ("none", "?")


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_only_the_page_that_is_shown_is_sent_and_exactly_as_it_is_shown(
    office_book: Book, data: st.DataObject
) -> None:
    talk = Conversation("de", data.draw(cases(office_book)), around=around(office_book))
    services = st.sampled_from([CHOSEN, DEPUTY, "msa_prignitz"])
    handing = st.one_of(
        st.builds(events.AskedToHandOver, services),
        st.builds(events.Consented, services, st.sampled_from(["R9", "R1"])),
        st.builds(events.Refused, services),
    )
    mostly = st.booleans().flatmap(lambda one: handing if one else anything(office_book))
    for event in data.draw(st.lists(mostly, max_size=15)):
        shown = screen(talk, office_book, HERE).body
        turn = step(talk, event, office_book)
        for offer in _offers(turn):
            assert isinstance(shown, ConsentBody)
            assert event == events.Consented(shown.service.id, shown.code)
            _is_as_shown(offer, shown)
        talk = turn.conversation
        if talk.around == Around():
            talk = Conversation(talk.language, around=around(office_book))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_page_is_shown_only_for_whom_nothing_of_it_can_harm(
    office_book: Book, data: st.DataObject
) -> None:
    case = data.draw(cases(office_book))
    reach = data.draw(st.sampled_from(list(Reach)))
    talk = Conversation("de", case, around=around(office_book, reach))
    for service in SERVICES:
        asked = step(talk, events.AskedToHandOver(service), office_book).conversation
        if not isinstance(asked.page, ConsentPage):
            continue
        assert not may_ask_for_papers(case, office_book, service)
        child = case["age"] not in ADULTS or case["needs.unaccompanied"] == YES
        assert reach is Reach.BOTH or (reach is Reach.GROUP and not child)
        body = screen(asked, office_book, HERE).body
        assert isinstance(body, ConsentBody)
        (offer,) = _offers(step(asked, events.Consented(service, "R9"), office_book))
        _is_as_shown(offer, body)
        if body.deputy is not None:
            assert not child
            assert not may_ask_for_papers(case, office_book, body.deputy)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_button_stands_only_where_it_leads_to_the_page(
    office_book: Book, data: st.DataObject
) -> None:
    talk = Conversation("de", data.draw(cases(office_book)), around=around(office_book))
    body = screen(talk, office_book, HERE).body
    if not isinstance(body, ResultBody):
        return
    doors = [card for card in (body.lead, *body.first) if isinstance(card, ServiceCard)]
    for door in (one.service.id for one in doors):
        opened = step(talk, events.OpenedDoor(door), office_book).conversation
        page = screen(opened, office_book, HERE).body
        assert isinstance(page, DoorBody)
        asked = step(opened, events.AskedToHandOver(door), office_book).conversation
        assert page.can_hand_over is isinstance(asked.page, ConsentPage)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_card_names_no_municipality_and_nothing_that_was_not_said(
    office_book: Book, data: st.DataObject
) -> None:
    case = data.draw(cases(office_book))
    made = card(case, "ar", office_book)
    both = (*made.group, *made.claimer)
    assert "12070424" not in repr(both)
    assert "?" not in {option for _, option in both}
    names = [fact for fact, _ in made.group]
    assert set(names) <= {
        "language",
        "place",
        "concern",
        "crisis",
        "needs.violence",
        "needs.unaccompanied",
    }
    assert dict(made.group).get("place") in (None, "12070", "12060")
    assert len(set(both)) == len(both)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_card_read_back_makes_the_same_card_and_the_same_child(
    office_book: Book, data: st.DataObject
) -> None:
    case = data.draw(cases(office_book))
    made = card(case, "de", office_book)
    back = case_of(made, office_book)
    assert card(back, "de", office_book) == made
    assert may_be_child(back) is may_be_child(case)


def test_a_suggestion_follows_the_case_and_not_the_talk(office_book: Book) -> None:
    suggested = after(taken(office_book), office_book, _suggests())
    child = Conversation("de", {"for_whom": "self"}, around=Around("R9", {}, (suggested,)))
    assert about(DEPUTY, child, office_book).case["age"] == "27_plus"
    assert about(CHOSEN, child, office_book) == child


def test_a_page_does_not_outlive_the_receiver(office_book: Book) -> None:
    case = _complete()
    talk = Conversation("de", case, around=around(office_book))
    asked = step(talk, events.AskedToHandOver(CHOSEN), office_book).conversation
    yes = events.Consented(CHOSEN, "R9")
    assert _offers(step(asked, yes, office_book))
    for reach in (Reach.NOBODY, Reach.GROUP, Reach.BOTH):
        later = Conversation("de", case, pages=asked.pages, around=around(office_book, reach))
        assert bool(_offers(step(later, yes, office_book))) is (reach is not Reach.NOBODY)


def test_an_answer_that_a_newer_book_has_lost_is_not_sent(office_book: Book) -> None:
    """F47."""
    case = _complete() | {"course": "an_option_that_is_gone"}
    talk = Conversation("de", case, around=around(office_book))
    asked = step(talk, events.AskedToHandOver(CHOSEN), office_book).conversation
    (offer,) = _offers(step(asked, events.Consented(CHOSEN, "R9"), office_book))
    assert "an_option_that_is_gone" not in repr(offer.card)
    assert "course" not in known_case(case, office_book)


def test_without_a_code_nothing_can_be_asked(office_book: Book) -> None:
    receivers = around(office_book).receivers
    talk = Conversation("de", _complete(), around=Around("", receivers))
    asked = step(talk, events.AskedToHandOver(CHOSEN), office_book).conversation
    assert asked.page is None


def test_everything_of_the_person_is_silenced_or_taken_back_at_the_end(office_book: Book) -> None:
    over = after(handed_over(), office_book, case_events.TakenBack())
    talk = Conversation("de", around=Around("R9", {}, (handed_over(), over)))
    quiet = step(talk, events.QuitNow(), office_book).effects[:-1]
    assert [one.event for one in quiet] == [case_events.Silenced()] * 2  # type: ignore[union-attr]  # orders
    gone = step(talk, events.Erased(), office_book).effects[:-1]
    assert [one.event for one in gone] == [  # type: ignore[union-attr]  # orders
        case_events.TakenBack(),
        case_events.TakenBack(),
        case_events.Forgotten(),
        case_events.Forgotten(),
    ]


def _complete() -> Mapping[str, str]:
    return {
        "for_whom": "self",
        "concern": "work",
        "place": "12070",
        "age": "27_plus",
        "status": "recognised",
        "stay": "under_3_years",
        "crisis": "no",
    }


def test_this_talk_is_complete(office_book: Book) -> None:
    assert next_question(_complete(), office_book) is None


def _suggests() -> case_events.CaseEvent:
    return case_events.Suggested(11, DEPUTY, case_events.Forward.CLOSER)


def _is_as_shown(offer: Offer, shown: ConsentBody) -> None:
    sent = (offer.code, offer.service, offer.card, offer.child, offer.deputy)
    read = (shown.code, shown.service.id, shown.card, shown.child, shown.deputy)
    assert sent == read


def _offers(turn: Turn) -> list[Offer]:
    return [effect for effect in turn.effects if isinstance(effect, Offer)]
