"""What rests on `?` cannot become sure: then nobody is asked for the rest of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import logic
from bot.core.case import DONT_KNOW, NO, YES
from bot.core.knowledge import Book, QuestionKind
from bot.core.known import known


@st.composite
def answers(draw: st.DrawFn, book: Book) -> dict[str, str]:
    """An answer to everything, `?` often."""
    case = {}
    for question in book.questions.values():
        options = [option.id for option in question.options] or ["elsewhere", "12052"]
        if question.kind is QuestionKind.SEVERAL:
            options = [YES, NO]
        for fact in question.facts:
            case[fact] = draw(st.sampled_from([DONT_KNOW, *options]))
    return case


@given(st.data())
@settings(max_examples=300)
def test_a_rule_that_can_no_longer_surely_hold_never_does(book: Book, data: st.DataObject) -> None:
    whole = data.draw(answers(book))
    said = data.draw(st.lists(st.booleans(), min_size=len(whole), max_size=len(whole)))
    given_first = dict(fact for fact, first in zip(whole.items(), said, strict=True) if first)
    early, late = known(given_first, book), known(whole, book)
    if late.true & ~(early.true | early.open):
        # Something that tact forbids to ask was told all the same.
        return
    for rule in book.rules:
        if rule.when.look(late) == logic.YES:
            assert logic.can_hold(rule.when, early), rule.id


def test_a_perhaps_stays_a_perhaps(book: Book) -> None:
    rule = next(rule for rule in book.rules if rule.id == "mbe_newcomer")
    open_case = {"concern": "work", "age": "27_plus"}
    assert logic.can_hold(rule.when, known(open_case, book))
    assert not logic.can_hold(rule.when, known(open_case | {"status": "?"}, book))
    assert not logic.can_hold(rule.when, known(open_case | {"status": "eu"}, book))
