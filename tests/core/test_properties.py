"""What must hold whatever people do: random people, random events, the shipped knowledge base."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import buttons, events
from bot.core.case import DONT_KNOW
from bot.core.conversation import current_question, step
from bot.core.findings import findings
from bot.core.knowledge import Book, QuestionKind, Role
from bot.core.place import PlaceMatch
from bot.core.questionnaire import further_question, next_question
from bot.core.responsibility import doors
from bot.core.screen import screen
from bot.core.screens import QuestionBody, ResultBody
from bot.core.state import Conversation
from bot.record import Record, pack, unpack
from bot.talk import taps

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
PLACES = ("12061316", "12052000", "12067120", "12070", "elsewhere")


def anything(book: Book) -> st.SearchStrategy[events.Event]:
    """Every button there is, every button there is not, and everything people type or send."""
    ids = [*book.questions, *book.services, *book.types, *book.hotlines, "gone"]
    options = [o.id for q in book.questions.values() for o in q.options] + ["?", "no", *PLACES]
    questions = st.sampled_from([*book.questions, *book.accepted, "gone"])
    option = st.sampled_from(options)
    answers = st.dictionaries(questions, option, max_size=3)
    municipalities = tuple(book.municipalities.values())[:3]
    matches = st.sampled_from(
        [
            None,
            PlaceMatch(),
            PlaceMatch(municipalities[:1], exact=True),
            PlaceMatch(municipalities),
            PlaceMatch(municipalities, villages={municipalities[0].ags: "Dorf"}),
            PlaceMatch(outside="Berlin"),
            PlaceMatch(district="12061"),
        ]
    )
    return st.one_of(
        st.builds(events.Answered, questions, option),
        st.builds(events.Toggled, questions, option),
        st.builds(events.Finished, questions),
        st.just(events.WentBack()),
        st.builds(events.Reopened, questions),
        st.builds(events.AskedWhy, questions),
        st.builds(events.OpenedDoor, st.sampled_from(ids)),
        st.builds(events.OpenedDesk, st.sampled_from(ids)),
        st.builds(events.OpenedMenu, st.sampled_from(list(events.Menu))),
        st.builds(events.ChoseLanguage, st.sampled_from(["de", "ar", "xx"])),
        st.sampled_from(
            [
                events.WantsMoreQuestions(),
                events.AskedForAnswers(),
                events.AskedForHuman(),
                events.StartedAgain(),
                events.SentSomethingElse(),
                events.CameBack(),
                events.QuitNow(),
                events.Erased(),
                events.Stopped(),
            ]
        ),
        st.builds(events.Started, st.none(), st.sampled_from([None, *PLACES]), st.none()),
        st.builds(events.Said, answers, st.booleans(), st.tuples(questions), matches),
        st.text(max_size=70).map(buttons.decode),
    )


@given(st.data())
def test_nothing_that_people_do_raises_and_every_state_can_be_kept(
    book: Book, data: st.DataObject
) -> None:
    talk = Conversation("de")
    for event in data.draw(st.lists(anything(book), max_size=25)):
        talk = step(talk, event, book).conversation
        seen = screen(talk, book, NOW)
        assert seen.can_go_back or isinstance(seen.body, QuestionBody)
        assert unpack(pack(Record(talk, 7))).conversation == talk


@given(st.data())
def test_back_leads_to_the_first_question_from_everywhere(book: Book, data: st.DataObject) -> None:
    talk = Conversation("de")
    happened = data.draw(st.lists(anything(book), max_size=20))
    for event in happened:
        talk = step(talk, event, book).conversation
    for _ in range(3 * len(happened) + 3):
        talk = step(talk, events.WentBack(), book).conversation
    body = screen(talk, book, NOW).body
    assert isinstance(body, QuestionBody)
    assert body.is_first or not talk.trail


@st.composite
def cases(draw: st.DrawFn, book: Book) -> dict[str, str]:
    """A complete case: every question answered, `?` among the answers."""
    case: dict[str, str] = {}
    for question in book.questions.values():
        match question.kind:
            case QuestionKind.ONE:
                options = [option.id for option in question.options]
                case[question.id] = draw(st.sampled_from([*options, DONT_KNOW]))
            case QuestionKind.PLACE:
                case[question.id] = draw(st.sampled_from([*book.municipalities, *PLACES, "?"]))
            case QuestionKind.SEVERAL:
                for fact in question.facts:
                    case[fact] = draw(st.sampled_from(["yes", "no", "no", DONT_KNOW]))
    return case


@given(st.data())
@settings(max_examples=300)
def test_every_complete_case_has_one_lead_that_is_no_authority(
    book: Book, data: st.DataObject
) -> None:
    case = data.draw(cases(book))
    found = findings(case, book)
    leads = [finding for finding in found.shown if finding.role is Role.LEAD]
    assert len(leads) == 1
    assert not book.types[leads[0].service_type].authority
    assert next_question(case, book) is None
    assert further_question(case, book) is None


@given(st.data())
@settings(max_examples=300)
def test_nobody_without_papers_is_shown_a_public_body(book: Book, data: st.DataObject) -> None:
    case = data.draw(cases(book)) | {"status": "none"}
    found = findings(case, book)
    for door in doors(found, case, book, NOW.date()).every():
        service = book.services.get(door.id)
        assert service is None or not service.public
        if book.types[door.service_type].public:
            assert door.service_type == "youth_office"
            assert case["needs.unaccompanied"] == "yes"


@given(st.data())
@settings(max_examples=300)
def test_an_unknown_status_shows_no_public_body_on_the_result(
    book: Book, data: st.DataObject
) -> None:
    case = data.draw(cases(book)) | {"status": DONT_KNOW}
    every = doors(findings(case, book), case, book, NOW.date())
    for door in (*every.first, *every.lead, *every.also, *every.partners):
        service = book.services.get(door.id)
        assert service is None or not service.public
        assert not book.types[door.service_type].public or door.service_type == "youth_office"


@given(st.data())
def test_the_order_of_answers_does_not_matter(book: Book, data: st.DataObject) -> None:
    case = data.draw(cases(book))
    answers = list(taps(case, book))
    # Ticks and their "done" belong together; all other answers may come in any order.
    single = [event for event in answers if isinstance(event, events.Answered)]
    several = [event for event in answers if not isinstance(event, events.Answered)]
    results = []
    for order in (single, data.draw(st.permutations(single))):
        talk = Conversation("de", case={})
        for event in (*order, *order, *several):
            talk = step(talk, event, book).conversation
        results.append(findings(talk.case, book).shown)
    assert results[0] == results[1]


@given(st.data())
@settings(max_examples=200)
def test_whoever_answers_reaches_a_door(book: Book, data: st.DataObject) -> None:
    talk = Conversation("de")
    for _ in range(20):
        ask = current_question(talk, book)
        if ask is None:
            break
        question = ask.question
        if question.kind is QuestionKind.SEVERAL:
            event: events.Event = events.Finished(question.id)
        elif question.kind is QuestionKind.PLACE:
            event = events.Answered("place", data.draw(st.sampled_from([*PLACES, "?"])))
        else:
            options = [option.id for option in question.options]
            event = events.Answered(question.id, data.draw(st.sampled_from([*options, "?"])))
        talk = step(talk, event, book).conversation
    body = screen(talk, book, NOW).body
    assert isinstance(body, ResultBody)
    assert body.lead is not None
