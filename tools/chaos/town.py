"""The town of the measurements: offices with a group each, and people who hand over a case."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from bot import app, config
from bot.app import Kit
from bot.core.case import NO, Case
from bot.core.knowledge import Book, Question, QuestionKind
from bot.core.letters import letters
from bot.core.links import replay
from bot.core.questionnaire import next_question
from bot.core.referral import Card, Referral, Waiting
from bot.core.responsibility import may_report
from bot.core.team import Colleague, Team
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.service import Service
from bot.store.store import Store

T = TypeVar("T")

LANGUAGES: Final = ("de", "uk", "ar")
OFFICES: Final = 30
CREW: Final = 8
"""Colleagues of each office."""
_FIRST_GROUP: Final = -1_000_000_001_000
_FIRST_COLLEAGUE: Final = 10_000
FIRST_PERSON: Final = 1_000_000
_PLACE: Final = "12052000"
_GLANCE: Final = 0.05
"""Seconds between two looks at one's phone."""


def kit() -> Kit:
    return app.kit(config.read({}))


def whole_case(book: Book) -> Case:
    """Of an adult who asks for asylum and for work, with every question answered."""
    case: dict[str, str] = {"place": _PLACE, "concern": "work", "age": "27_plus"}
    case |= {"status": "asylum", "for_whom": "self"}
    while (ask := next_question(case, book)) is not None:
        case |= _plainest(ask.question)
    return case


def _plainest(question: Question) -> dict[str, str]:
    if question.kind is QuestionKind.SEVERAL:
        return dict.fromkeys(question.facts, NO)
    return {question.id: question.options[-1].id}


def offices(book: Book) -> list[str]:
    """Services to which such a case can be handed over."""
    case = whole_case(book)
    return [service for service in book.services if not may_report(service, case, book)][:OFFICES]


def group_of(number: int) -> int:
    return _FIRST_GROUP - number


def crew_of(number: int) -> tuple[int, ...]:
    first = _FIRST_COLLEAGUE + number * CREW
    return tuple(range(first, first + CREW))


def link(service: Service, store: Store, now: datetime) -> None:
    """Every office has its group, as if all had been invited and had said that they work there."""
    with store.turn(now) as transaction:
        for number, office in enumerate(offices(service.book)):
            crew = tuple(Colleague(who, private=True) for who in crew_of(number))
            service.teamwork.save(transaction, Team(group_of(number), (office,), crew), now)


def link_in(folder: Path, tools: Kit) -> None:
    """The same in the data folder of a bot that does not run yet."""
    store = Store.open(f"sqlite:///{folder / 'clearing.db'}", folder / "keys.db", os.urandom)
    try:
        link(app.service(tools, store, "clearing_sandbox_bot"), store, datetime.now(UTC))
    finally:
        store.close()


def placeholders(tools: Kit) -> frozenset[str]:
    """What stands where the content of a letter is still to come, in every language."""
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    renderer, found = tools.renderer(""), set()
    for language in tools.book.region.languages:
        office = offices(tools.book)[0]
        case = Referral("X", 1, language, office, Card((), ()), now, Waiting(now))
        for letter in letters(case, tools.book, now).values():
            found.add(renderer.placeholder(letter.view, tools.book).plain.strip())
    return frozenset(found)


@dataclass(slots=True)
class Town:
    sandbox: Sandbox
    book: Book
    groups: list[Group] = field(default_factory=list)
    people: list["Seeker"] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, office in enumerate(offices(self.book)):
            crew = [
                self.sandbox.person(who, "Ana", language_code="de", started=True, seen=True)
                for who in crew_of(number)
            ]
            group = self.sandbox.group(group_of(number), office, members=tuple(crew[1:]))
            group.standings |= {crew[0].id: "creator", self.sandbox.bot_id: "member"}
            self.groups.append(group)

    def arrives(self, patience: float) -> "Seeker":
        """One more person, for the next office in turn."""
        number = len(self.people)
        language = LANGUAGES[number % len(LANGUAGES)]
        group = self.groups[number % len(self.groups)]
        person = self.sandbox.person(FIRST_PERSON + number, language_code=language)
        case = replay(language, whole_case(self.book), self.book)
        seeker = Seeker(person, group, case, patience)
        self.people.append(seeker)
        return seeker


@dataclass(slots=True)
class Seeker:
    """Hands over one case, and taps again when nothing comes."""

    person: Person
    group: Group
    link: str
    patience: float
    """Seconds after which somebody taps again."""
    said_yes: list[str] = field(default_factory=list)
    """The codes on the pages whose yes was tapped; the last one counts."""
    is_sent: bool = False
    """The person has read that it is on its way."""

    async def hands_over(self, may_tap: Callable[[], Awaitable[None]] | None = None) -> None:
        """`may_tap` returns when the next tap may come."""
        person = self.person
        await self._until(lambda: person.answers, lambda: person.start(self.link))
        if may_tap is not None:
            await may_tap()
        await self._until(self._page, self._asks)
        if may_tap is not None:
            await may_tap()
        await self._until(self.status, self._agrees)
        self.is_sent = True

    def status(self) -> Message | None:
        """The letter of the case."""
        return next((one for one in self.statuses()), None)

    def statuses(self) -> list[Message]:
        wanted = {f"u:{code}" for code in self.said_yes}
        return [one for one in self.person.answers if wanted & set(one.data)]

    def cards(self) -> list[Message]:
        """The filled cards of this person in the group."""
        wanted = {f"k:{code}:claim" for code in self.said_yes}
        return [one for one in self.group.visible if wanted & set(one.data)]

    def _page(self) -> Message | None:
        return next((one for one in reversed(self.person.answers) if _yes(one)), None)

    async def _asks(self) -> object:
        return await self.person.press(self.person.last, f"c:{self.group.title}")

    async def _agrees(self) -> object:
        page = self._page()
        if page is None:
            # The yes has counted, and its page is gone: the letter will come.
            return None
        data = _yes(page)
        code = data.rpartition(":")[2]
        if code not in self.said_yes:
            self.said_yes.append(code)
        return await self.person.press(page, data)

    async def _until(self, seen: Callable[[], T | None], act: Callable[[], Awaitable[object]]) -> T:
        loop = asyncio.get_running_loop()
        while True:
            await act()
            late = loop.time() + self.patience
            while loop.time() < late:
                if found := seen():
                    return found
                await asyncio.sleep(_GLANCE)


def _yes(message: Message) -> str:
    return next((data for data in message.data if data.startswith("y:")), "")
