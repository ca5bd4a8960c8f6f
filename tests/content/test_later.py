"""What an answer becomes one day: how it is read, and what is said where it makes no sense."""

import pytest

from bot.core.knowledge import Later

ASKED = "questions.yaml"
CHILD, ADULT = "      fact: unter 18 Jahren\n", "      fact: ab 18 Jahren\n"
PERMIT = "{id: permit, pictogram: 🪪, text: Aufenthaltserlaubnis"


def test_it_is_read_with_its_text_and_is_no_event_unless_that_is_said(folder):
    folder.edit(ASKED, CHILD, CHILD + "      later: {option: 18_plus, text: Mit 18 Jahren}\n")
    folder.edit(ASKED, PERMIT, PERMIT + ", later: {option: none, text: Bald, event: true}")
    book = folder.load()
    child, adult = book.questions["age"].options
    assert child.later == Later("18_plus", event=False)
    assert adult.later is None
    assert book.questions["status"].options[0].later == Later("none", event=True)
    assert book.texts["option.age.under_18.later"] == "Mit 18 Jahren"
    assert book.texts["option.status.permit.later"] == "Bald"


@pytest.mark.parametrize(
    ("option", "cure"),
    [("18_pls", "Did you mean `18_plus`?"), ("under_18", "There are `18_plus`.")],
)
def test_it_is_another_answer_of_the_same_question(folder, option, cure):
    folder.edit(ASKED, CHILD, f"{CHILD}      later: {{option: {option}, text: Dann}}\n")
    (problem,) = folder.problems()
    assert problem == f"questions.yaml:35:23: `age` has no other option `{option}`. {cure}"


def test_nothing_comes_back_to_itself(folder):
    folder.edit(ASKED, CHILD, CHILD + "      later: {option: 18_plus, text: Dann}\n")
    folder.edit(ASKED, ADULT, ADULT + "      later: {option: under_18, text: Dann}\n")
    (problem,) = folder.problems()
    assert problem == (
        "questions.yaml:35:23: `under_18` would come back to itself: `under_18` → `18_plus` → "
        "`under_18`. Leave `later` out where nothing follows."
    )


def test_of_several_answers_none_follows_another(folder):
    needs = "      pictogram: 💔\n"
    folder.edit(ASKED, needs, needs + "      later: {option: violence, text: Dann}\n")
    (problem,) = folder.problems()
    assert problem.endswith("Of several answers none follows another. Take `later` out.")
