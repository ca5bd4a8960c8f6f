"""How long the proof takes, how that grows, and what walking talk by talk would take."""

import gc
import os
import random
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from bot.core import events
from bot.core.case import NO, YES
from bot.core.conversation import current_question, step
from bot.core.knowledge import Book, Option, Question, QuestionKind, Refer, Role, Rule
from bot.core.logic import Alphabet, Is
from bot.core.state import Conversation
from bot.proof.proof import prove

DAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Cost:
    seconds: float
    points: int
    conversations: int


def cost(book: Book) -> Cost:
    """Of a whole proof on all processors."""
    gc.collect()
    gc.disable()
    begun = perf_counter()
    found = prove(book, DAY, os.cpu_count() or 1).verdict
    seconds = perf_counter() - begun
    gc.enable()
    return Cost(seconds, found.points, found.conversations)


def talks_per_second(book: Book, count: int = 300) -> float:
    """The peer: one random talk after another through the machine that people talk to."""
    chance = random.Random(1)
    begun = perf_counter()
    for _ in range(count):
        talk = Conversation("de")
        while (ask := current_question(talk, book)) is not None:
            talk = step(talk, _answer(ask.question, book, chance), book).conversation
    return count / (perf_counter() - begun)


def _answer(question: Question, book: Book, chance: random.Random) -> events.Event:
    match question.kind:
        case QuestionKind.SEVERAL:
            return events.Finished(question.id)
        case QuestionKind.PLACE:
            return events.Answered("place", chance.choice(list(book.municipalities)))
        case _:
            option = chance.choice(question.options)
            return events.Answered(question.id, option.id)


def with_rules(book: Book, times: int) -> Book:
    """Every rule that many times, each under a name of its own."""
    copies = [
        replace(rule, id=f"{rule.id}_{number}" if number else rule.id)
        for number in range(times)
        for rule in book.rules
    ]
    return replace(book, rules=tuple(copies))


def with_questions(book: Book, count: int, concerns: tuple[str, ...] = ()) -> Book:
    """More yes-or-no questions, each adding a door; for all people, or for some concerns only."""
    bits = dict(book.alphabet.bits)
    ask = Is(sum(bits["concern"][concern] for concern in concerns)) if concerns else None
    first = next(iter(book.rules))
    questions, rules = dict(book.questions), list(book.rules)
    shift = max(bit for options in bits.values() for bit in options.values()).bit_length()
    kinds = list(book.types)[-count:]
    for number, kind in enumerate(kinds):
        name = f"extra_{number}"
        options = tuple(Option(option, name) for option in (YES, NO))
        questions[name] = Question(name, QuestionKind.ONE, options, ask)
        bits[name] = {YES: 1 << shift, NO: 1 << (shift + 1)}
        then, when = Refer(kind, Role.PARTNER), Is(bits[name][YES])
        rules.append(Rule(name, then, when, name, first.source, first.checked))
        shift += 2
    return replace(book, questions=questions, alphabet=Alphabet(bits), rules=tuple(rules))
