"""A talk written down so that a counsellor can check it: what was done, and what the bot showed."""

from collections.abc import Iterator
from typing import assert_never

from bot.core import buttons
from bot.core.case import DONT_KNOW, YES, Case
from bot.core.events import Event
from bot.core.knowledge import Book, QuestionKind
from bot.core.screens import (
    AnswersBody,
    ConsentBody,
    DeskBody,
    DistrictsBody,
    DoorBody,
    HumanBody,
    MenuBody,
    OfficesBody,
    OutsideBody,
    QuestionBody,
    ReasonsBody,
    ResultBody,
    Screen,
    ShareBody,
    WhichPlaceBody,
    WhyBody,
)
from bot.core.why import Explanation


def describe(screen: Screen) -> str:
    """One line in ids, never in words: rewording breaks no test."""
    note = f" ({screen.note})" if screen.note else ""
    return f"{_body(screen)}{note}"


def _body(screen: Screen) -> str:
    body = screen.body
    match body:
        case QuestionBody(ask=ask):
            whole = ask.question.kind is not QuestionKind.SEVERAL or len(ask.parts) > 1
            return f"asks {ask.question.id if whole else ask.parts[0]}"
        case WhichPlaceBody(candidates):
            return f"asks which place: {', '.join(one.ags for one in candidates)}"
        case OutsideBody():
            return "asks whether outside"
        case ResultBody(lead=lead):
            if lead is None:
                return "shows no door"
            sure = "" if body.sure else ", unsure"
            return f"shows {lead.door.id} for {lead.door.service_type}{sure}"
        case DoorBody(card=card):
            return f"opens {card.door.id}"
        case DeskBody(card=card):
            return f"shows at the desk {card.door.id}"
        case HumanBody(danger=danger):
            return "shows help in danger" if danger else "shows help now"
        case WhyBody(question=question):
            return f"says why {question.id}"
        case AnswersBody():
            return "lists answers"
        case ReasonsBody(explanation=explanation):
            return explained(explanation)
        case OfficesBody():
            return "lists offices"
        case DistrictsBody():
            return "lists districts"
        case ShareBody(payload=payload):
            return f"shares {payload}"
        case MenuBody(menu=menu):
            return f"shows {menu}"
        case ConsentBody(service=service):
            return f"asks consent for {service.id}"
        case _:
            assert_never(body)


def explained(why: Explanation) -> str:
    """Who leads, by which answers, and which other answer leads to whom."""
    reasons = " ".join(f"{fact}={option}" for fact, option in why.reasons.items())
    later = (
        f"; {one.question.id}={one.option} leads to {one.lead.service_type}" for one in why.changes
    )
    return f"explains {why.lead.service_type} with {reasons}{''.join(later)}"


def taps(case: Case, book: Book) -> Iterator[Event]:
    """The buttons that answer a whole case, in the order of the questions."""
    for question in book.questions.values():
        if question.kind is not QuestionKind.SEVERAL:
            answer = case.get(question.id)
            if answer is not None:
                yield buttons.decode(f"a:{question.id}:{answer}")
            continue
        given = [option for option in question.options if option.fact in case]
        if given and all(case[option.fact] == DONT_KNOW for option in given):
            yield buttons.decode(f"a:{question.id}:{DONT_KNOW}")
        elif given:
            for option in given:
                if case[option.fact] == YES:
                    yield buttons.decode(f"t:{question.id}:{option.id}")
            yield buttons.decode(f"d:{question.id}")
