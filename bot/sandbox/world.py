"""Everybody and everything that the bot can meet; time is an argument, chance is none."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from bot.sandbox.faults import Faults
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.profile import Profile
from bot.sandbox.updates import MESSAGE_LIFE, TAP_LIFE, Updates

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.sandbox.chats import Chat
    from bot.sandbox.groups import Standing
    from bot.sandbox.parameters import Parameters, Upload
    from bot.sandbox.rates import Rates
    from bot.sandbox.taps import Tap

Found = TypeVar("Found")


@dataclass(slots=True, eq=False)
class Call:
    """One call of the bot, for tests that look at the wire; `status` is None until decided."""

    method: str
    parameters: Parameters
    at: datetime
    status: int | None = None
    result: Any = None
    """What was answered: the result, or the description of a refusal."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - JSON is anything
        return self.parameters.plain().get(name)

    def __str__(self) -> str:
        return f"{self.method} {self.parameters.plain()} -> {self.status}"


@dataclass(slots=True)
class Webhook:
    url: str = ""
    secret: str = ""
    last_error: str = ""


@dataclass(slots=True, eq=False)
class World:
    token: str
    clock: Callable[[], datetime]
    username: str = "clearing_sandbox_bot"
    privacy: bool = True
    """In groups a bot that is no administrator sees only what is meant for it."""
    first_update: int = 1000
    keep_calls: int | None = 10_000
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    open_taps: dict[str, Tap] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    faults: Faults = field(default_factory=Faults)
    rates: Rates | None = None
    """Telegram's limits on sending; None lets everything through."""
    webhook: Webhook = field(default_factory=Webhook)
    running: int = 0
    """Calls that are being worked on, long polls not counted."""
    office: Group | None = None
    """The group whose members share the second phone of the page."""
    last_id: int = 0
    """The newest message in any private chat or basic group: Telegram numbers these in one row."""
    count: int = 0
    """How many things have happened: the sandbox's own, never repeated, order of events."""
    updates: Updates = field(init=False)
    calls: deque[Call] = field(init=False)
    bot_id: int = field(init=False)
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)
    _tap_count: int = 0

    def __post_init__(self) -> None:
        self.updates = Updates(self.first_update)
        self.calls = deque(maxlen=self.keep_calls)
        self.bot_id = int(self.token.partition(":")[0])

    # Who is there.

    def person(self, id: int, first_name: str = "Oksana", **more: Any) -> Person:  # noqa: A002, ANN401 - Telegram's word; fields of Person
        """A person with a phone, made at the first mention."""
        known = self.chats.get(id)
        if isinstance(known, Person):
            return known
        made = Person(self, id, first_name=first_name, **more)
        self.chats[id] = made
        return made

    def group(  # noqa: PLR0913 - the words of a group
        self,
        id: int,  # noqa: A002 - Telegram's word
        title: str = "Beratung",
        *,
        supergroup: bool = True,
        owner: Person | None = None,
        members: tuple[Person, ...] = (),
        standings: dict[int, Standing] | None = None,
    ) -> Group:
        """A group, made at the first mention; the bot is not in it until somebody adds it."""
        known = self.chats.get(id)
        if isinstance(known, Group):
            return known
        made = Group(self, id, title=title, supergroup=supergroup, standings=standings or {})
        for member in members:
            made.standings[member.id] = "member"
        if owner is not None:
            made.standings[owner.id] = "creator"
        self.chats[id] = made
        return made

    @property
    def people(self) -> list[Person]:
        return [chat for chat in self.chats.values() if isinstance(chat, Person)]

    def me(self) -> dict[str, Any]:
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.name,
            "username": self.username,
        }

    def user(self, who: int) -> dict[str, Any]:
        if who == self.bot_id:
            return self.me()
        return self.person(who).user()

    # Time.

    def now(self) -> float:
        return self.clock().timestamp()

    def seconds(self) -> int:
        return int(self.clock().timestamp())

    # What happens, and who waits for it.

    def tick(self) -> int:
        """Something happened."""
        self.count += 1
        if self._waiters:
            waiting, self._waiters = self._waiters, []
            for waiter in waiting:
                if not waiter.done():
                    waiter.set_result(None)
        return self.count

    async def change(self) -> None:
        """Returns when the next thing has happened."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await waiter

    async def until(self, condition: Callable[[], Found | None], within: float = 10) -> Found:
        """What `condition` finds; looked at again whenever something happens in the sandbox.

        A condition may look for what is not there yet: a LookupError means "go on waiting".

        Raises:
            AssertionError: after `within` seconds, with the last calls of the bot.
        """
        try:
            async with asyncio.timeout(within):
                while not (found := _found(condition)):
                    await self.change()
                return found
        except TimeoutError:
            raise AssertionError(self._story(within)) from None

    async def quiet(self, idle: Callable[[], bool] = lambda: True, within: float = 10) -> None:
        """Every update is acknowledged, every delivered tap answered, the bot waits for more.

        A bot that sends after it acknowledged may still have something on its tongue: give
        `idle` to ask it, or wait with `until` for what it should say.
        """
        await self.until(lambda: self._is_quiet() and idle(), within=within)

    def called(self, method: str) -> list[Call]:
        """The calls of this method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    # What the bot is told.

    def tell(self, kind: str, body: dict[str, Any], *, life: int) -> int | None:
        number = self.updates.put(kind, body, self.now() + life)
        self.tick()
        return number

    def inject(self, update: dict[str, Any], life: int = MESSAGE_LIFE) -> None:
        """Any update at all: one seen before, of an unknown kind, or broken."""
        self.updates.put_raw(update, self.now() + life)
        self.tick()

    def tell_membership(self, chat: Chat, by: Person, old: str, new: str) -> None:
        """A private chat in which the person blocked or unblocked the bot."""
        shown = {"kicked": {"until_date": 0}, "member": {}}
        before = {"user": self.me(), "status": old, **shown[old]}
        after = {"user": self.me(), "status": new, **shown[new]}
        self.tell_standing("my_chat_member", chat, by, before, after)

    def tell_standing(
        self, kind: str, chat: Chat, by: Person, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        body = {
            "chat": chat.api(),
            "from": by.user(),
            "date": self.seconds(),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        self.tell(kind, body, life=MESSAGE_LIFE)

    def fresh_tap(self) -> str:
        self._tap_count += 1
        return str(4_000_000_000_000_000 + self._tap_count)

    def check_rate(self, chat: Chat) -> None:
        if self.rates is not None:
            self.rates.check(chat.id, self.now())

    def forget_old_taps(self) -> None:
        oldest = self.now() - TAP_LIFE
        while self.open_taps:
            number, tap = next(iter(self.open_taps.items()))
            if tap.at >= oldest:
                return
            del self.open_taps[number]

    def _is_quiet(self) -> bool:
        self.forget_old_taps()
        listening = self.updates.polled or bool(self.webhook.url)
        return listening and not len(self.updates) and not self.running and not self.open_taps

    def _story(self, within: float) -> str:
        calls = "\n".join(f"  {call}" for call in list(self.calls)[-12:])
        return f"Nothing of the kind happened within {within} s. The bot's last calls:\n{calls}"


def _found(condition: Callable[[], Found | None]) -> Found | None:
    try:
        return condition()
    except LookupError:
        return None
