"""A second tap on the same button, or one on a screen of before, takes nothing back."""

import pytest

from bot.core import buttons
from bot.core.conversation import current_question, step
from bot.core.knowledge import Book
from bot.core.state import Conversation

TO_NEEDS = ("a:concern:wellbeing", "a:place:12052000", "a:age:27_plus", "a:status:asylum", "m:more")
TO_ALONE = ("a:concern:wellbeing", "a:place:12052000", "a:age:12_to_17")


def talk(book: Book, *taps: str) -> Conversation:
    now = Conversation("de")
    for tap in taps:
        now = step(now, buttons.decode(tap), book).conversation
    return now


def test_done_tapped_twice_keeps_what_was_marked(book: Book) -> None:
    """F46."""
    once = talk(book, *TO_NEEDS, "t:needs:violence", "d:needs")
    assert once.case["needs.violence"] == "yes"
    assert step(once, buttons.decode("d:needs"), book).conversation.case == once.case


@pytest.mark.parametrize("answer", ["no", "?", "unaccompanied"])
def test_what_is_asked_alone_and_tapped_twice_answers_nothing_else(book: Book, answer: str) -> None:
    once = talk(book, *TO_ALONE, f"a:needs:{answer}")
    assert step(once, buttons.decode(f"a:needs:{answer}"), book).conversation.case == once.case


def test_unknown_tapped_twice_keeps_what_was_marked(book: Book) -> None:
    once = talk(book, *TO_NEEDS, "t:needs:violence", "d:needs")
    assert step(once, buttons.decode("a:needs:?"), book).conversation.case == once.case


def test_unknown_alone_tapped_twice_leaves_the_other_needs_to_be_asked(book: Book) -> None:
    """The next screen asks the same question for its other options."""
    alone = talk(book, *TO_ALONE[:2], "a:status:asylum", TO_ALONE[2])
    once = step(alone, buttons.decode("a:needs.unaccompanied:?"), book).conversation
    asked = current_question(once, book)
    assert once.case == {**alone.case, "needs.unaccompanied": "?"}
    assert asked is not None
    assert asked.question.id == "needs"
    twice = step(once, buttons.decode("a:needs.unaccompanied:?"), book).conversation
    assert (twice.case, current_question(twice, book)) == (once.case, asked)


def test_with_parents_after_all_answers_only_that(book: Book) -> None:
    """The button of the screen before: it still acts, on its own question."""
    once = talk(book, *TO_ALONE, "a:needs:unaccompanied")
    after = step(once, buttons.decode("a:needs:no"), book).conversation.case
    assert after == {**once.case, "needs.unaccompanied": "no"}


def test_asked_again_marks_can_be_taken_away(book: Book) -> None:
    once = talk(book, *TO_NEEDS, "t:needs:violence", "d:needs")
    after = talk(book, *TO_NEEDS, "t:needs:violence", "d:needs", "e:needs", "t:needs:violence")
    assert current_question(after, book) is not None
    done = step(after, buttons.decode("d:needs"), book).conversation
    assert done.case["needs.violence"] == "no" != once.case["needs.violence"]
