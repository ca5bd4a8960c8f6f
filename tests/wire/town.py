"""A town on Telegram: somebody who looks for help, counsellors, and their group."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sandbox import Clock, Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.store.store import Store

SERVICE = "fluechtlingsrat"
NEEDED = ("k:{}:claim", "k:{}:decline")
Running = Callable[[], AbstractAsyncContextManager[None]]


@dataclass
class Town:
    sandbox: Sandbox
    olena: Person
    ana: Person
    ben: Person
    group: Group
    code: str = ""

    async def hands_over(self) -> None:
        """From the first word to the yes."""
        await self.olena.start("12052000-work")
        await self.olena.answer()
        await self.answers()
        await self.agrees()

    async def answers(self) -> None:
        """From the first question to the page that asks."""
        for answer in ("a:age:27_plus", "a:status:asylum"):
            await self.olena.tap(answer)
            await self.olena.answer()
        await self.olena.tap(f"s:{SERVICE}")
        await self.olena.sees(lambda message: f"c:{SERVICE}" in message.data)
        await self.olena.tap(f"c:{SERVICE}")
        await self.olena.sees(lambda message: f"n:{SERVICE}" in message.data)

    async def agrees(self) -> None:
        (yes,) = (data for data in self.olena.last.data if data.startswith("y:"))
        self.code = yes.rpartition(":")[2]
        await self.olena.tap(yes)

    async def card(self) -> Message:
        """The card in the group, filled in."""
        wanted = {one.format(self.code) for one in NEEDED}
        return await self.sandbox.until(lambda: self.shown_in(self.group, wanted))

    async def details(self, of: Person) -> Message:
        return await self.sandbox.until(lambda: self.shown_in(of, {f"k:{self.code}:done"}))

    async def status(self, *buttons: str) -> Message:
        """The person's letter, as long as the case is open."""
        wanted = {f"u:{self.code}", *(one.format(self.code) for one in buttons)}
        return await self.sandbox.until(lambda: self.shown_in(self.olena, wanted))

    def shown_in(self, chat: Any, buttons: set[str]) -> Message | None:
        return next(
            (one for one in chat.visible if one.from_bot and buttons <= set(one.data)), None
        )


@asynccontextmanager
async def linked(bot: Running, sandbox: Sandbox, clock: Clock, folder: Path) -> AsyncIterator[Town]:
    """One counsellor has linked the group; nobody has opened a private chat."""
    olena, ana = sandbox.person(7, language_code="uk"), sandbox.person(71, "Ana")
    group = sandbox.group(-1_000_000_000_100, "Beratung", standings={71: "creator"})
    async with bot():
        invite(folder, clock)
        await group.add_bot(ana, "INVITED")
        await sandbox.until(lambda: f"k:{SERVICE}:join" in data_of(group))
        yield Town(sandbox, olena, ana, ana, group)


def invite(folder: Path, clock: Clock) -> None:
    """As `clearing invite` does, in another process."""
    address = f"sqlite:///{folder / 'clearing.db'}"
    store = Store.open(address, folder / "keys.db", lambda length: b"\7" * length)
    with store.turn(clock()) as transaction:
        transaction.teams.invite("INVITED", SERVICE, clock() + timedelta(hours=24))
    store.close()


def data_of(chat: Any) -> set[str]:
    return {data for message in chat.visible for data in message.data}


def texts(chat: Any) -> str:
    return "\n".join(message.text for message in chat.visible if message.from_bot)
