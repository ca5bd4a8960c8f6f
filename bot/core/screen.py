"""What a person sees: a function of the state, never stored, always shown again the same."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, assert_never

from bot.core import handing_over
from bot.core.card import card, may_be_child
from bot.core.cards import Cards, plain
from bot.core.case import DONT_KNOW, ELSEWHERE, Case
from bot.core.conversation import current_question, known_case
from bot.core.events import Menu
from bot.core.findings import Findings, findings
from bot.core.knowledge import Book, Question, QuestionKind, Reach
from bot.core.logic import Truth, truth
from bot.core.questionnaire import Ask, further_question, next_question
from bot.core.responsibility import Door, Doors, Ground, is_away
from bot.core.screens import (
    AnswersBody,
    Body,
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
    ServiceCard,
    ShareBody,
    WhichPlaceBody,
    WhyBody,
)
from bot.core.state import (
    ConsentPage,
    Conversation,
    DeskPage,
    DoorPage,
    HumanPage,
    MenuPage,
    MyAnswers,
    Why,
)
from bot.core.timers import promised
from bot.core.told import is_unknown, told, told_at_the_desk
from bot.core.why import explanation


def screen(conversation: Conversation, book: Book, now: datetime) -> Screen:
    """What the person sees at `now` (aware, in the region's zone)."""
    body = _View(conversation, book, now).body()
    first = isinstance(body, QuestionBody) and body.is_first
    return Screen(
        body, conversation.language, conversation.note, not first, bool(conversation.trail)
    )


@dataclass(frozen=True, slots=True)
class _View:
    conversation: Conversation
    book: Book
    now: datetime

    def body(self) -> Body:
        match self.conversation.page:
            case None:
                return self.questionnaire()
            case Why(question):
                asked = self.book.questions.get(question)
                return WhyBody(asked) if asked else self.questionnaire()
            case MyAnswers():
                return AnswersBody(self.answers())
            case DoorPage(service):
                shown = self.cards.card_of(service)
                if shown is None:
                    return self.questionnaire()
                return DoorBody(shown, self.cards.kind(shown), self.can_receive(shown.door))
            case DeskPage(service):
                shown = self.cards.card_of(service)
                if shown is None:
                    return self.questionnaire()
                answers = tuple(told_at_the_desk(self.case, self.book))
                return DeskBody(shown, self.cards.kind(shown), answers, self.conversation.language)
            case HumanPage(danger):
                return self.human(danger=danger)
            case MenuPage(menu):
                return self.menu(menu)
            case ConsentPage() as page:
                return self.consent(page)
            case page:
                assert_never(page)

    @property
    def case(self) -> Case:
        return known_case(self.conversation.case, self.book)

    @property
    def cards(self) -> Cards:
        return Cards(self.case, self.book, self.now)

    def questionnaire(self) -> Body:
        talk = self.conversation
        places = tuple(one for one in talk.candidates if one.ags in self.book.municipalities)
        if places:
            return WhichPlaceBody(places)
        if talk.outside is not None:
            return OutsideBody(talk.outside)
        ask = current_question(talk, self.book)
        return self.result() if ask is None else self.question(ask)

    def question(self, ask: Ask) -> QuestionBody:
        facts = findings(self.case, self.book).known
        parts = set(ask.parts)
        options = tuple(
            option
            for option in ask.question.options
            if (
                option.fact in parts
                if ask.question.kind is QuestionKind.SEVERAL
                else option.ask is None or truth(option.ask, facts) is not Truth.NO
            )
        )
        talk = self.conversation
        return QuestionBody(
            ask,
            options,
            talk.marked,
            talk.case.get(ask.parts[0]) if len(ask.parts) == 1 else None,
            about_other=talk.case.get("for_whom") in ("child", "helper"),
            is_first=not talk.trail and not talk.asked_again,
        )

    def result(self) -> ResultBody:
        found, every = self.cards.found()
        lead = next(iter(every.lead), None)
        others = _beside(every)
        more = None if self.conversation.wants_more else further_question(self.case, self.book)
        return ResultBody(
            tuple(self.cards.cards(every.first, found)),
            next(self.cards.cards((lead,), found), None) if lead else None,
            found.lead.rule if found.lead else None,
            found.lead.sure if found.lead else False,
            self.call_today(every, found),
            others[:_MANY],
            bool(every.behind or others[_MANY:]),
            more is not None,
            lead is not None and self.can_receive(lead),
            self.old_door(every),
        )

    def can_receive(self, door: Door) -> bool:
        return handing_over.offers(door, replace(self.conversation, case=self.case), self.book)

    def old_door(self, every: Doors) -> str | None:
        """Where the case is, when the answers have changed so that another door leads."""
        lead = next(iter(every.lead), None)
        if lead is None or not self.can_receive(lead):
            return None
        talk = replace(self.conversation, case=self.case)
        old = handing_over.outgrown(talk, every, self.book)
        return next((one.office for one in old), None)

    def consent(self, page: ConsentPage) -> Body:
        """Exactly what a yes sends; without anybody to send it to, where the person stands."""
        known = replace(self.conversation, case=self.case)
        talk = handing_over.about(page.service, known, self.book)
        to = handing_over.receiver(page.service, talk, self.book)
        service = self.book.services.get(page.service)
        if to is None or service is None:
            return self.questionnaire()
        replaced = handing_over.replaced(page.service, known, self.book, self.now.date())
        return ConsentBody(
            service,
            page.code,
            card(talk.case, talk.language, self.book),
            to.people,
            may_be_child(talk.case),
            promised(service, self.book, self.now),
            handing_over.deputy_of(page.service, talk, self.book),
            tuple(one.service for one in replaced),
        )

    def call_today(self, every: Doors, found: Findings) -> ServiceCard | None:
        lead = next(iter(every.lead), None)
        if lead is None or not (lead.ground is Ground.FINDER or self.is_away(lead)):
            return None
        for one in self.cards.cards((*every.lead[1:], *every.also), found):
            if isinstance(one, ServiceCard) and one.can_be_called:
                return one
        return None

    def is_away(self, door: Door) -> bool:
        return is_away(door, self.book, self.now.date())

    def human(self, *, danger: bool) -> HumanBody:
        found, every = self.cards.found()
        emergency = tuple(
            self.cards.hotline_card(plain(hotline), hotline, found)
            for hotline in self.book.hotlines.values()
            if hotline.emergency
        )
        there = (door for door in every.lead if not self.is_away(door))
        lead = next(there, next(iter(every.lead), None))
        return HumanBody(emergency, lead, danger)

    def menu(self, menu: Menu) -> Body:
        match menu:
            case Menu.DISTRICTS:
                return DistrictsBody(tuple(self.book.districts))
            case Menu.OFFICES:
                every = self.cards.found()[1]
                return OfficesBody((*_beside(every)[_MANY:], *every.behind))
            case Menu.WHY:
                return self.reasons() or self.questionnaire()
            case Menu.SHARE:
                case = self.conversation.case
                parts = (self.conversation.language, case.get("place"), case.get("concern"))
                return ShareBody("-".join(part for part in parts if part and part not in _UNSAID))
            case Menu.LANGUAGES | Menu.PRIVACY | Menu.HELP | Menu.DATA:
                return MenuBody(menu, self.answers(), self.conversation.around.cases)
            case _:
                assert_never(menu)

    def reasons(self) -> ReasonsBody | None:
        """None as long as no first door is due."""
        why = explanation(self.case, self.book)
        if why is None or next_question(self.case, self.book) is not None:
            return None
        regional = self.book.types[why.lead.service_type].reach is Reach.REGIONAL
        district = self.case.get("place", "")[:5]
        return ReasonsBody(
            why,
            tuple(row for row in told(why.reasons, self.book) if row[1] != DONT_KNOW),
            tuple(
                asked for asked in self.book.questions.values() if is_unknown(asked, why.reasons)
            ),
            district if regional and district in self.book.districts else None,
        )

    def answers(self) -> tuple[tuple[Question, str], ...]:
        """In the order of the questions; one row for each fact."""
        return tuple(told(self.case, self.book))


_MANY: Final = 7
"""Doors beside the first one that a screen takes; the rest is behind a button."""


def _beside(every: Doors) -> tuple[Door, ...]:
    """Whatever may be shown beside the first door, each once, in the order of showing."""
    beside: dict[str, Door] = {}
    for door in (*every.lead, *every.also, *every.partners):
        beside.setdefault(door.id, door)
    return tuple(beside.values())[1:] if every.lead else tuple(beside.values())


_UNSAID: Final = frozenset({DONT_KNOW, ELSEWHERE})
"""Answers that a link does not carry."""
