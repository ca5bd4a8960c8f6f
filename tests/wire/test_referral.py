"""A case on its way through Telegram: one person, two counsellors, their group."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.referral import Answer
from bot.sandbox import Clock, Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.faults import Answer as Gateway
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
        for answer in ("a:age:27_plus", "a:status:asylum"):
            await self.olena.tap(answer)
            await self.olena.answer()
        await self.olena.tap(f"s:{SERVICE}")
        await self.olena.sees(lambda message: f"c:{SERVICE}" in message.data)
        await self.olena.tap(f"c:{SERVICE}")
        page = await self.olena.sees(lambda message: f"n:{SERVICE}" in message.data)
        (yes,) = (data for data in page.data if data.startswith("y:"))
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


@pytest.fixture
async def town(bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    """The counsellors have linked their group and opened their private chats."""
    olena = sandbox.person(7, language_code="uk")
    ana, ben = sandbox.person(71, "Ana"), sandbox.person(72, "Ben")
    group = sandbox.group(-1_000_000_000_100, "Beratung", standings={71: "creator", 72: "member"})
    async with bot():
        _invite(tmp_path, clock)
        await group.add_bot(ana, "INVITED")
        await sandbox.until(lambda: f"k:{SERVICE}:join" in _data(group))
        await ben.tap(f"k:{SERVICE}:join", where=group)
        for who in (ana, ben):
            await who.start("desk")
            await who.answer()
        yield Town(sandbox, olena, ana, ben, group)


def _invite(folder: Path, clock: Clock) -> None:
    """As `clearing invite` does, in another process."""
    address = f"sqlite:///{folder / 'clearing.db'}"
    store = Store.open(address, folder / "keys.db", lambda length: b"\7" * length)
    with store.turn(clock()) as transaction:
        transaction.teams.invite("INVITED", SERVICE, clock() + timedelta(hours=24))
    store.close()


def _data(chat: Any) -> set[str]:
    return {data for message in chat.visible for data in message.data}


def _texts(chat: Any) -> str:
    return "\n".join(message.text for message in chat.visible if message.from_bot)


async def test_a_case_gets_from_the_yes_to_an_appointment(town: Town) -> None:
    await town.hands_over()
    card = await town.card()
    await town.status()
    for secret in ("Asyl", "ab 27", "Cottbus-", "Olena", "Oksana"):
        assert secret not in _texts(town.group)
    assert "Cottbus" in card.text

    tap = await town.ana.tap(f"k:{town.code}:claim", where=town.group)
    details = await town.details(town.ana)
    await town.sandbox.until(lambda: tap.answered)
    assert "Asyl" in details.text
    await town.sandbox.until(lambda: "Cottbus" not in card.text)

    await town.ana.tap(f"k:{town.code}:say")
    await town.ana.sees(lambda message: f"k:{town.code}:say:appointment" in message.data)
    await town.ana.tap(f"k:{town.code}:say:appointment")
    days = await town.ana.sees(lambda message: _starts(message, f"k:{town.code}:day:"))
    await town.ana.tap(next(one for one in days.data if ":day:" in one))
    times = await town.ana.sees(lambda message: _starts(message, f"k:{town.code}:at:"))
    await town.ana.tap(next(one for one in times.data if ":at:" in one))

    asked = await town.status("p:{}:come")
    assert "Rudolf-Breitscheid-Str. 164" in asked.text
    await town.olena.tap(f"p:{town.code}:come")
    await town.sandbox.until(lambda: town.shown_in(town.olena, {f"p:{town.code}:come"}) is None)
    await town.details(town.ana)
    await town.ana.tap(f"k:{town.code}:done")
    await town.sandbox.until(lambda: town.shown_in(town.olena, {f"u:{town.code}"}) is None)
    await town.sandbox.until(lambda: "Asyl" not in _texts(town.ana))


def _starts(message: Message, beginning: str) -> bool:
    return any(one.startswith(beginning) for one in message.data)


async def test_one_gets_it_and_the_other_hears_a_kind_word(town: Town) -> None:
    await town.hands_over()
    card = await town.card()
    taps = await asyncio.gather(
        *(who.press(card, f"k:{town.code}:claim") for who in (town.ana, town.ben))
    )
    await town.sandbox.until(lambda: all(tap.answered for tap in taps))
    said = [tap.answer.text for tap in taps if tap.answer]
    assert all(said)
    assert len(set(said)) == 2
    await town.details(town.ana)
    assert "Asyl" not in _texts(town.ben)


async def test_taken_back_after_the_claim_nothing_of_the_person_stays(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.ben.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ben)
    await town.status()
    await town.olena.tap(f"u:{town.code}")
    await town.sandbox.until(lambda: "Asyl" not in _texts(town.ben))
    await town.sandbox.until(lambda: town.shown_in(town.group, {f"k:{town.code}:claim"}) is None)
    assert "Cottbus" not in _texts(town.group)
    await town.sandbox.until(lambda: f"u:{town.code}" not in _data(town.olena))


async def test_after_a_quick_exit_the_case_stays_and_the_phone_is_empty(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.status()
    await town.olena.tap("x")
    await town.sandbox.until(lambda: not town.olena.chat)
    await town.ana.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ana)
    assert town.olena.chat == []
    await town.olena.start()
    await town.status()


async def test_call_me_gives_the_number_to_the_one_who_has_the_case(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.ana.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ana)
    await town.ana.tap(f"k:{town.code}:say")
    await town.ana.sees(lambda message: f"k:{town.code}:say:call_us" in message.data)
    await town.ana.tap(f"k:{town.code}:say:call_us")
    await town.status("p:{}:" + Answer.CALL_ME)
    await town.olena.tap(f"p:{town.code}:{Answer.CALL_ME}")
    await town.sandbox.until(lambda: "👇" in _texts(town.olena))
    sent = await town.olena.send_contact()
    await town.sandbox.until(lambda: "23456" in _texts(town.ana).replace(" ", ""))
    await town.sandbox.until(lambda: sent.deleted)
    assert "23456" not in _texts(town.group) + _texts(town.ben)


async def test_a_case_survives_the_end_of_the_process(
    bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """Ended between the yes and the card."""
    async with _linked(bot, sandbox, clock, tmp_path) as town:
        sandbox.faults.script("sendMessage", Gateway(), chat=town.group.id)
        await town.hands_over()
        await town.status()
    async with bot():
        await town.card()
    cards = [one for one in town.group.visible if f"k:{town.code}:claim" in one.data]
    assert len(cards) == 1


@asynccontextmanager
async def _linked(
    bot: Running, sandbox: Sandbox, clock: Clock, folder: Path
) -> AsyncIterator[Town]:
    olena, ana = sandbox.person(7, language_code="uk"), sandbox.person(71, "Ana")
    group = sandbox.group(-1_000_000_000_100, "Beratung", standings={71: "creator"})
    async with bot():
        _invite(folder, clock)
        await group.add_bot(ana, "INVITED")
        await sandbox.until(lambda: f"k:{SERVICE}:join" in _data(group))
        yield Town(sandbox, olena, ana, ana, group)


async def test_after_delete_nothing_of_the_case_is_known_any_more(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.ben.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ben)
    await town.status()
    await town.olena.say("/delete")
    await town.sandbox.until(lambda: "Asyl" not in _texts(town.ben))
    await town.sandbox.until(lambda: town.code not in _texts(town.olena))
    await town.olena.start()
    await town.olena.sees(lambda message: "a:concern:work" in message.data)
    await town.olena.say("/mydata")
    await town.olena.answer()
    assert town.code not in _texts(town.olena)
    # The counsellor still reads what became of it.
    await town.sandbox.until(lambda: town.code in _texts(town.ben))
