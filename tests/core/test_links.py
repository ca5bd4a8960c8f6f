"""A link replays a conversation: whatever was answered, it shows the same screen."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.commands import started
from bot.core import links
from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES
from bot.core.conversation import step
from bot.core.knowledge import Book, QuestionKind
from bot.core.screen import screen
from bot.core.state import Conversation
from bot.facts import facts

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


@st.composite
def cases(draw: st.DrawFn, book: Book) -> dict[str, str]:
    """Any answers to any questions; some are missing."""
    case = {"for_whom": draw(st.sampled_from(["self", "child", "helper", "?"]))}
    for question in book.questions.values():
        if question.id != "for_whom" and draw(st.booleans()):
            options = [option.id for option in question.options]
            if question.kind is QuestionKind.PLACE:
                options = [*list(book.municipalities)[:3], *list(book.districts)[:2], ELSEWHERE]
            if question.kind is QuestionKind.SEVERAL:
                options = [YES, NO]
            for fact in question.facts:
                case[fact] = draw(st.sampled_from([*options, DONT_KNOW]))
    return case


@given(st.data())
@settings(max_examples=150)
def test_a_replay_gives_exactly_the_case(book: Book, data: st.DataObject) -> None:
    case = data.draw(cases(book))
    payload = links.replay("de", case, book)
    assert len(payload) <= 64
    talk = step(Conversation("ar"), opened(payload, book), book).conversation
    assert talk.language == "de"
    assert talk.case == case


def opened(payload: str, book: Book):
    from bot.app import known_ids  # noqa: PLC0415 - the ids a link may name, as the bot collects them

    return started(payload, known_ids(book))


def test_a_replay_shows_the_result_and_begins_anew(book: Book) -> None:
    case = facts({"concern": "work", "place": "12061316", "age": "27_plus", "status": "eu"}, book)
    earlier = Conversation("uk", {"for_whom": "child", "concern": "health"})
    talk = step(earlier, opened(links.replay("de", case, book), book), book).conversation
    straight = Conversation("de", case, talk.trail)
    assert screen(talk, book, NOW).body == screen(straight, book, NOW).body


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_a_broken_replay_is_ignored_or_at_least_harmless(book: Book, text: str) -> None:
    for part in (f"R{text}", links.replay("de", {}, book).partition("-")[2] + text):
        talk = step(Conversation("de"), opened(f"de-work-{part}", book), book).conversation
        assert screen(talk, book, NOW)


@pytest.mark.parametrize("packed", ["R", "R00", "Rzz000000000000"])
def test_a_replay_for_other_questions_leaves_the_rest_of_the_link(book: Book, packed: str) -> None:
    talk = step(Conversation("de"), opened(f"uk-work-{packed}", book), book).conversation
    assert talk.language == "uk"
    assert talk.case == {"for_whom": "self", "concern": "work"}
