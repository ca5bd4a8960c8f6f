"""One person's talk with the bot: everything that decides what happens next lives in this file.

`step` is total: no event that a person can cause raises, in no state.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, assert_never

from bot.core import case_events, events, handing_over, links
from bot.core.answering import with_answers
from bot.core.case import DONT_KNOW, NO, YES, Case, part, without_facts
from bot.core.events import Event
from bot.core.findings import findings
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.pages import closed, opened, with_language
from bot.core.place import Candidate, PlaceMatch
from bot.core.questionnaire import Ask, again, further_question, next_question
from bot.core.several import marks_of, refused_alone, settled_by
from bot.core.state import (
    Conversation,
    DeskPage,
    DoorPage,
    Effect,
    ForgetPerson,
    ForgetTraces,
    HumanPage,
    MenuPage,
    MyAnswers,
    Note,
    Show,
    ShowAnew,
    TakeAwayTyped,
    Turn,
    Why,
)


def current_question(conversation: Conversation, book: Book) -> Ask | None:
    """The question to ask now, or None when the result is due."""
    if conversation.asked_again:
        question = book.questions.get(conversation.asked_again[0].partition(".")[0])
        if question is not None:
            return Ask(question, conversation.asked_again)
    case = known_case(conversation.case, book)
    so_far = findings(case, book)
    if conversation.wants_more:
        return further_question(case, book, so_far)
    return next_question(case, book, so_far)


def known_case(case: Case, book: Book) -> Case:
    """The case without answers that a newer book no longer knows."""
    if all(_is_valid(fact, option, book) for fact, option in case.items()):
        return case
    return {fact: option for fact, option in case.items() if _is_valid(fact, option, book)}


def step(conversation: Conversation, event: Event, book: Book) -> Turn:
    """What the conversation becomes after an event, and what to do about it."""
    now = replace(conversation, note=None)
    match event:
        case events.Started():
            return _started(now, event, book)
        case events.ChoseLanguage(language):
            known = language in book.region.languages
            return _show(with_language(now, language if known else now.language))
        case events.Answered(question) | events.Toggled(question) | events.Finished(question) if (
            handing_over.is_sent(now) and not _is_asked(question, now, book)
        ):
            return _show(now)
        case events.Answered(question, option):
            several = _several(question, book) if option == NO else None
            facts = refused_alone(several) if several else _facts_of(now, question, option, book)
            return _answered(now, facts, book) if facts else _show(now)
        case events.Toggled(question, option):
            fact = part(question, option)
            if _several(question, book) is None or fact not in book.alphabet.bits:
                return _show(now)
            return _show(replace(now, marked=now.marked ^ {fact}))
        case events.Finished(question):
            several = _several(question, book)
            if several is None:
                return _show(now)
            asked = current_question(now, book)
            marks = marks_of(asked, several, now.case, now.marked, book)
            return _answered(now, marks, book) if marks else _show(now)
        case events.WentBack():
            return _show(_back(now))
        case events.QuitNow():
            orders = handing_over.to_all(now, case_events.Silenced())
            return Turn(Conversation(now.language), (*orders, ForgetTraces()))
        case events.AskedForHuman():
            return _show(opened(now, HumanPage()))
        case events.AskedWhy(question):
            return _show(opened(now, Why(question)) if question in book.questions else now)
        case events.AskedForAnswers():
            return _show(opened(now, MyAnswers()))
        case events.Reopened(question):
            return _show(_reopened(now, question, book))
        case events.OpenedDoor(service):
            return _show(opened(now, DoorPage(service)) if _exists(service, book) else now)
        case events.OpenedDesk(service):
            return _show(opened(now, DeskPage(service)) if _exists(service, book) else now)
        case events.OpenedMenu(menu):
            return _show(opened(now, MenuPage(menu)))
        case events.WantsMoreQuestions():
            return _show(replace(now, pages=(), wants_more=True))
        case events.StartedAgain():
            return _show(Conversation(now.language, around=now.around))
        case events.Erased():
            orders = handing_over.all_taken_back(now)
            forget = ForgetPerson(now.language, stopped=False)
            return Turn(Conversation(now.language), (*orders, forget))
        case events.Stopped():
            orders = handing_over.to_all(now, case_events.PersonGone())
            forget = ForgetPerson(now.language, stopped=True)
            return Turn(Conversation(now.language), (*orders, forget))
        case events.Said():
            return _said(now, event, book)
        case events.SentSomethingElse():
            return Turn(replace(now, note=Note.BUTTONS_ONLY), (TakeAwayTyped(), ShowAnew()))
        case events.AskedToHandOver():
            return handing_over.asked(now, event, book)
        case events.Consented():
            # What a newer book has lost is not on the screen, and not sent.
            shown = replace(now, case=known_case(now.case, book))
            return handing_over.consented(shown, event, book)
        case events.Refused():
            return handing_over.refused(now, event)
        case events.TookBack():
            return handing_over.took_back(now, event)
        case events.Replied():
            return handing_over.replied(now, event)
        case events.GavePhone():
            return handing_over.gave_phone(now, event)
        case events.CameBack():
            return _show(now)
        case _:
            assert_never(event)


def _is_asked(question: str, now: Conversation, book: Book) -> bool:
    """The question that stands on the screen; the button of an older one is another."""
    ask = current_question(now, book)
    return ask is not None and question in (ask.question.id, *ask.parts)


def _show(conversation: Conversation) -> Turn:
    return Turn(conversation, (Show(),))


def _exists(service: str, book: Book) -> bool:
    return service in book.services or service in book.hotlines or service in book.types


def _started(now: Conversation, event: events.Started, book: Book) -> Turn:
    """A link answers what it knows; a bare /start in the middle asks whether to go on."""
    language = event.language if event.language in book.region.languages else now.language
    told = links.answers(event.replay, book) if event.replay is not None else None
    if told is not None:
        after = _replayed(language, told, event.place, book)
        return Turn(replace(after, around=now.around), (ShowAnew(),))
    linked = {
        question: option
        for question, option in (("concern", event.concern), ("place", event.place))
        if option is not None and _is_valid(question, option, book)
    }
    if not linked and now.trail:
        return Turn(
            replace(now, language=language, pages=(), note=Note.WELCOME_BACK), (ShowAnew(),)
        )
    after = replace(
        now,
        language=language,
        pages=(),
        asked_again=(),
        marked=frozenset(),
        candidates=(),
        outside=None,
    )
    for fact, option in linked.items():
        after = with_answers(after, {fact: option}, book)
    return Turn(after, (ShowAnew(),))


def _replayed(language: str, told: Case, place: str | None, book: Book) -> Conversation:
    """A conversation in which exactly this was answered, in the order of the questions."""
    if place is not None and _is_valid("place", place, book):
        told = {**told, "place": place}
    after = Conversation(language)
    # First those on which others depend: their change would void the others.
    for question in sorted(book.questions.values(), key=lambda one: bool(one.depends)):
        given = {fact: told[fact] for fact in question.facts if fact in told}
        if given:
            after = with_answers(after, given, book)
    return after


def _answered(now: Conversation, facts: Mapping[str, str], book: Book) -> Turn:
    before_result = current_question(now, book) is not None
    after = with_answers(now, facts, book)
    if before_result and current_question(after, book) is None:
        return Turn(after, (ShowAnew(),))
    return _show(after)


def _back(now: Conversation) -> Conversation:
    if now.pages:
        return closed(now)
    if now.candidates or now.outside:
        return replace(now, candidates=(), outside=None)
    if now.asked_again and now.asked_again[0] in now.case:
        return replace(now, asked_again=(), marked=frozenset())
    if not now.trail:
        return replace(now, asked_again=(), wants_more=False)
    *trail, last = now.trail
    marked = frozenset(fact for fact in last if now.case.get(fact) == YES and "." in fact)
    return replace(
        now,
        case=without_facts(now.case, frozenset(last)),
        trail=tuple(trail),
        asked_again=last,
        marked=marked,
    )


def _reopened(now: Conversation, question_id: str, book: Book) -> Conversation:
    question = book.questions.get(question_id)
    if question is None:
        return now
    parts = again(question, now.case, book).parts
    marked = frozenset(fact for fact in parts if now.case.get(fact) == YES and "." in fact)
    return replace(now, pages=(), asked_again=parts, marked=marked, candidates=(), outside=None)


def _several(question_id: str, book: Book) -> Question | None:
    """The question, if it takes several answers."""
    question = book.questions.get(question_id)
    return question if question and question.kind is QuestionKind.SEVERAL else None


def _facts_of(
    now: Conversation, question_id: str, option: str, book: Book
) -> Mapping[str, str] | None:
    """The facts that a tap on one option sets, or None for an option that does not exist."""
    question = _several(question_id, book)
    if question is None:
        # Also one fact of several, which a screen with one option names.
        return {question_id: option} if _is_valid(question_id, option, book) else None
    if option in (DONT_KNOW, NO):
        asked = current_question(now, book)
        return dict.fromkeys(settled_by(asked, question, now.case, book), option)
    fact = part(question_id, option)
    return {fact: YES} if fact in question.facts else None


def _is_valid(fact: str, option: str, book: Book) -> bool:
    return option in book.accepted.get(fact, ())


def _said(now: Conversation, event: events.Said, book: Book) -> Turn:
    """Apply what was understood; ask back where unsure; never guess."""
    facts: dict[str, str] = {}
    for question_id, option in event.answers.items():
        facts.update(_facts_of(now, question_id, option, book) or {})
    after = now
    if facts:
        for fact, option in facts.items():
            after = with_answers(after, {fact: option}, book)
        after = replace(after, note=Note.NOTED)
    if event.place is not None and "place" not in facts and not event.danger:
        after = _placed(after, event.place, book)
    if event.danger:
        # Nothing stands above the numbers, and a cry is never taken for a place.
        return Turn(opened(after, HumanPage(danger=True)), (TakeAwayTyped(), ShowAnew()))
    if not facts and after.note is None:
        asked = next((q for q in event.asks_back if q in book.questions), None)
        if asked is None:
            return Turn(replace(after, note=Note.NOT_UNDERSTOOD), (ShowAnew(),))
        return Turn(replace(_reopened(after, asked, book), note=Note.CHOOSE), (ShowAnew(),))
    understood = after.note not in _NOT_SETTLED
    effects: tuple[Effect, ...] = (TakeAwayTyped(),) if understood else ()
    done = current_question(now, book) is not None and current_question(after, book) is None
    return Turn(after, (*effects, ShowAnew() if done or not understood else Show()))


_NOT_SETTLED: Final = frozenset({Note.PLACE_UNKNOWN})


def _placed(now: Conversation, match: PlaceMatch, book: Book) -> Conversation:
    keys = [place.ags for place in match.municipalities if place.ags in book.municipalities]
    if match.district in book.districts and match.district is not None:
        return replace(with_answers(now, {"place": match.district}, book), note=Note.NOTED)
    if match.outside is not None:
        return replace(now, pages=(), outside=match.outside, candidates=(), note=Note.PLACE_OUTSIDE)
    if match.exact and keys:
        return replace(with_answers(now, {"place": keys[0]}, book), note=Note.NOTED)
    if keys:
        candidates = tuple(Candidate(key, match.villages.get(key)) for key in keys)
        return replace(now, pages=(), candidates=candidates, outside=None, note=Note.WHICH_PLACE)
    return replace(now, note=now.note or Note.PLACE_UNKNOWN)
