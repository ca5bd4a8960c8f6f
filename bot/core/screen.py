"""What a person sees: a function of the state, never stored, always shown again the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from bot.core import presence
from bot.core.case import DONT_KNOW, ELSEWHERE, Case
from bot.core.conversation import current_question, known_case
from bot.core.events import Menu
from bot.core.findings import Findings, findings
from bot.core.knowledge import (
    Book,
    Hotline,
    Question,
    QuestionKind,
    Reach,
    Role,
    Service,
    ServiceType,
)
from bot.core.logic import Truth, truth
from bot.core.questionnaire import Ask, further_question, next_question
from bot.core.responsibility import Door, Doors, Ground, doors, is_away
from bot.core.screens import (
    AnswersBody,
    Body,
    Card,
    DeskBody,
    DistrictsBody,
    DoorBody,
    FinderCard,
    HotlineCard,
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
    SiteCard,
    WhichPlaceBody,
    WhyBody,
)
from bot.core.state import (
    Conversation,
    DeskPage,
    DoorPage,
    HumanPage,
    MenuPage,
    MyAnswers,
    Why,
)
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
                card = self.card_of(service)
                return DoorBody(card, self.kind(card)) if card else self.questionnaire()
            case DeskPage(service):
                card = self.card_of(service)
                if card is None:
                    return self.questionnaire()
                answers = tuple(told_at_the_desk(self.case, self.book))
                return DeskBody(card, self.kind(card), answers, self.conversation.language)
            case HumanPage(danger):
                return self.human(danger=danger)
            case MenuPage(menu):
                return self.menu(menu)
            case page:
                assert_never(page)

    @property
    def case(self) -> Case:
        return known_case(self.conversation.case, self.book)

    def found(self) -> tuple[Findings, Doors]:
        found = findings(self.case, self.book)
        return found, doors(found, self.case, self.book, self.now.date())

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
        found, every = self.found()
        lead = next(iter(every.lead), None)
        others = _beside(every)
        more = None if self.conversation.wants_more else further_question(self.case, self.book)
        return ResultBody(
            tuple(self.cards(every.first, found)),
            next(self.cards((lead,), found), None) if lead else None,
            found.lead.rule if found.lead else None,
            found.lead.sure if found.lead else False,
            self.call_today(every, found),
            others[:_MANY],
            bool(every.behind or others[_MANY:]),
            more is not None,
        )

    def call_today(self, every: Doors, found: Findings) -> ServiceCard | None:
        lead = next(iter(every.lead), None)
        if lead is None or not (lead.ground is Ground.FINDER or self.is_away(lead)):
            return None
        for card in self.cards((*every.lead[1:], *every.also), found):
            if isinstance(card, ServiceCard) and card.can_be_called:
                return card
        return None

    def is_away(self, door: Door) -> bool:
        return is_away(door, self.book, self.now.date())

    def human(self, *, danger: bool) -> HumanBody:
        found, every = self.found()
        emergency = tuple(
            self.hotline_card(_plain(hotline), hotline, found)
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
                every = self.found()[1]
                return OfficesBody((*_beside(every)[_MANY:], *every.behind))
            case Menu.WHY:
                return self.reasons() or self.questionnaire()
            case Menu.SHARE:
                case = self.conversation.case
                parts = (self.conversation.language, case.get("place"), case.get("concern"))
                return ShareBody("-".join(part for part in parts if part and part not in _UNSAID))
            case Menu.LANGUAGES | Menu.PRIVACY | Menu.HELP | Menu.DATA:
                return MenuBody(menu, self.answers())
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

    def card_of(self, service: str) -> Card | None:
        """The card of a door by its id, unless this person must not be sent there."""
        found, every = self.found()
        door = next((door for door in every.every() if door.id == service), None)
        if door is None:
            door = self.plain_door(service, found)
        return next(self.cards((door,), found), None) if door else None

    def plain_door(self, service: str, found: Findings) -> Door | None:
        """A door that did not follow from the answers: an old button, or a link."""
        known = self.book.services.get(service)
        if known is not None:
            hidden = (
                found.withheld.issuperset(known.offers)
                or (known.public and found.public_withheld is not Truth.NO)
                or not known.is_valid(self.now.date())
            )
            if hidden:
                return None
            return Door(service, known.offers[0], Role.PARTNER, Ground.RESPONSIBLE, sure=False)
        hotline = self.book.hotlines.get(service)
        if hotline is not None:
            return _plain(hotline)
        kind_of = self.book.types.get(service)
        if kind_of is None or service in found.withheld:
            return None
        careful = kind_of.public and found.public_withheld is Truth.PERHAPS
        return Door(service, service, Role.PARTNER, Ground.FINDER, sure=False, may_report=careful)

    def cards(self, some: tuple[Door, ...], found: Findings) -> Iterator[Card]:
        rules = {finding.service_type: finding.rule for finding in found.shown}
        for door in some:
            rule = rules.get(door.service_type)
            hotline = self.book.hotlines.get(door.id)
            service = self.book.services.get(door.id)
            if hotline is not None:
                yield self.hotline_card(door, hotline, found)
                continue
            sites = tuple(self.sites(service)) if service else ()
            kind = self.book.types[door.service_type]
            if service is None or not sites:
                place = self.case.get("place", "")[:5]
                district = place if place in self.book.districts else None
                yield FinderCard(door, kind, rule, district)
            else:
                absent_until = service.absent_until(self.now.date())
                yield ServiceCard(door, service, kind, sites, rule, absent_until)

    def sites(self, service: Service) -> Iterator[SiteCard]:
        for site in service.sites:
            if site.reachable and not site.withheld:
                hours = site.hours
                state = presence.hours_now(service, hours, self.now) if hours else None
                yield SiteCard(
                    site, state, presence.week(service, hours, self.now) if hours else ()
                )

    def hotline_card(self, door: Door, hotline: Hotline, found: Findings) -> HotlineCard:
        caution = hotline.caution_when
        warn = caution is not None and truth(caution, found.known) is not Truth.NO
        return HotlineCard(door, hotline, hotline.hours.at(self.now), warn)

    def kind(self, card: Card) -> ServiceType:
        return self.book.types[card.door.service_type]


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


def _plain(hotline: Hotline) -> Door:
    return Door(hotline.id, hotline.service_type, Role.PARTNER, Ground.LAST_RESORT, sure=False)
