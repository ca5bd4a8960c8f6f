"""The walk says of every conversation what the bot says: it is followed beside real talks."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import events
from bot.core.case import DONT_KNOW
from bot.core.conversation import current_question, step
from bot.core.findings import findings
from bot.core.knowledge import Book, QuestionKind
from bot.core.questionnaire import Ask
from bot.core.screen import screen
from bot.core.screens import ResultBody
from bot.core.state import Conversation
from bot.proof.graph import Graph, Point, weights
from bot.proof.walk import branches, starts, walk

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


@given(st.data())
@settings(max_examples=300)
def test_a_real_talk_follows_the_graph(book: Book, graph: Graph, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(graph.starts))
    point = graph.points[start]
    talk = Conversation("de", dict(point.case))
    while True:
        ask = current_question(talk, book)
        assert asked(ask) == asked(point.ask)
        if ask is None:
            shows_the_same(talk, point, book)
            if not point.ways:
                return
            (way,) = point.ways
            talk = step(talk, events.WantsMoreQuestions(), book).conversation
            point = graph.points[way.to]
            continue
        number, happened = answer(point, ask, book, data)
        for event in happened:
            talk = step(talk, event, book).conversation
        point = graph.points[point.order[number]]


def asked(ask: Ask | None) -> object:
    return ask and (ask.question.id, ask.parts)


def shows_the_same(talk: Conversation, point: Point, book: Book) -> None:
    shown = findings(talk.case, book)
    (found,) = point.found
    assert shown.shown == found.shown
    assert shown.public_withheld == found.public_withheld
    assert ("place" in talk.case) == ("place" in point.case)
    body = screen(talk, book, NOW).body
    assert isinstance(body, ResultBody)
    assert body.lead is not None


def answer(
    point: Point, ask: Ask, book: Book, data: st.DataObject
) -> tuple[int, list[events.Event]]:
    """Which of the answers of the point is given, and what the person taps for it."""
    question = ask.question
    if question.kind is QuestionKind.PLACE:
        places = [*list(book.municipalities)[::40], *book.districts, "elsewhere", DONT_KNOW]
        return 0, [events.Answered("place", data.draw(st.sampled_from(places)))]
    number = data.draw(st.integers(0, len(point.order) - 1))
    if number == len(point.order) - 1:
        return number, [events.Answered(question.id, DONT_KNOW)]
    if question.kind is QuestionKind.ONE:
        options = [o for o in question.options if o.ask is None]
        return number, [events.Answered(question.id, options[number].id)]
    marked = []
    for position, group in enumerate(reversed(point.groups)):
        if number >> position & 1:
            size = data.draw(st.integers(1, len(group)))
            marked.extend(data.draw(st.permutations(group))[:size])
    alone = [o for o in question.options if o.fact in ask.parts and o.alone is not None]
    if len(ask.parts) == 1 and alone:
        return number, [events.Answered(question.id, alone[0].id if marked else "no")]
    ticks: list[events.Event] = [
        events.Toggled(question.id, fact.partition(".")[2]) for fact in marked
    ]
    return number, [*ticks, events.Finished(question.id)]


def test_every_option_of_a_screen_is_counted(graph: Graph, book: Book) -> None:
    for point in graph.points:
        if point.ask is None or point.asks_for_place:
            continue
        if point.ask.question.kind is QuestionKind.SEVERAL:
            assert sum(weights(point.groups)) == 2 ** len(point.ask.parts) + 1
        assert sum(way.answers for way in point.ways) == (
            sum(weights(point.groups)) if point.groups else len(point.order)
        )
    place = next(point for point in graph.points if point.asks_for_place)
    every = len(book.municipalities) + len(book.districts) + 2
    assert sum(way.answers for way in place.ways) == every


def test_the_graph_has_no_loops(graph: Graph) -> None:
    for number, point in enumerate(graph.points):
        assert all(way.to < number for way in point.ways)


def test_the_parts_are_the_whole(book: Book, graph: Graph) -> None:
    """Walking each first answer by itself leads to the same results."""
    whole = {results(point) for point in graph.points if not point.ways}
    part = branches(book)[3]
    found = {results(point) for point in walk(book, part).points if not point.ways}
    assert found <= whole
    assert len(branches(book)) == len(book.questions["concern"].options) + 1
    assert {case["for_whom"] for case in part} == {case["for_whom"] for case in starts(book)}


def results(point: Point) -> object:
    (found,) = point.found
    return found.shown, found.public_withheld


@pytest.mark.parametrize(
    "groups", [(), (("a",),), (("a",), ("b", "c")), (("a", "b"), ("c",), ("d",))]
)
def test_each_way_of_ticking_counts_once(groups: tuple[tuple[str, ...], ...]) -> None:
    assert sum(weights(groups)) == 2 ** sum(map(len, groups)) + 1
