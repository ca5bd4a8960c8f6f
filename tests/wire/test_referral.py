"""A case on its way through Telegram: one person, two counsellors, their group."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.referral import Answer
from bot.sandbox import Clock, Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.faults import Answer as Gateway
from tests.wire.town import SERVICE, Running, Town, data_of, invite, linked, texts


@pytest.fixture
async def town(bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    """The counsellors have linked their group and opened their private chats."""
    olena = sandbox.person(7, language_code="uk")
    ana, ben = sandbox.person(71, "Ana"), sandbox.person(72, "Ben")
    group = sandbox.group(-1_000_000_000_100, "Beratung", standings={71: "creator", 72: "member"})
    async with bot():
        invite(tmp_path, clock)
        await group.add_bot(ana, "INVITED")
        await sandbox.until(lambda: f"k:{SERVICE}:join" in data_of(group))
        await ben.tap(f"k:{SERVICE}:join", where=group)
        for who in (ana, ben):
            await who.start("desk")
            await who.answer()
        yield Town(sandbox, olena, ana, ben, group)


async def test_a_case_gets_from_the_yes_to_an_appointment(town: Town) -> None:
    await town.hands_over()
    card = await town.card()
    await town.status()
    for secret in ("Asyl", "ab 27", "Cottbus-", "Olena", "Oksana"):
        assert secret not in texts(town.group)
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
    await town.sandbox.until(lambda: "Asyl" not in texts(town.ana))


def _starts(message: Message, beginning: str) -> bool:
    return any(one.startswith(beginning) for one in message.data)


async def test_one_gets_it_and_the_other_hears_a_kind_word(town: Town) -> None:
    """F46, F57."""
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
    assert "Asyl" not in texts(town.ben)


async def test_taken_back_after_the_claim_nothing_of_the_person_stays(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.ben.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ben)
    await town.status()
    await town.olena.tap(f"u:{town.code}")
    await town.sandbox.until(lambda: "Asyl" not in texts(town.ben))
    await town.sandbox.until(lambda: town.shown_in(town.group, {f"k:{town.code}:claim"}) is None)
    assert "Cottbus" not in texts(town.group)
    await town.sandbox.until(lambda: f"u:{town.code}" not in data_of(town.olena))


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
    await town.sandbox.until(lambda: "👇" in texts(town.olena))
    sent = await town.olena.send_contact()
    await town.sandbox.until(lambda: "23456" in texts(town.ana).replace(" ", ""))
    await town.sandbox.until(lambda: sent.deleted)
    assert "23456" not in texts(town.group) + texts(town.ben)


async def test_a_case_survives_the_end_of_the_process(
    bot: Running, sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    """Ended between the yes and the card."""
    async with linked(bot, sandbox, clock, tmp_path) as town:
        sandbox.faults.script("sendMessage", Gateway(), chat=town.group.id)
        await town.hands_over()
        await town.status()
    async with bot():
        await town.card()
    cards = [one for one in town.group.visible if f"k:{town.code}:claim" in one.data]
    assert len(cards) == 1


async def test_after_delete_nothing_of_the_case_is_known_any_more(town: Town) -> None:
    await town.hands_over()
    await town.card()
    await town.ben.tap(f"k:{town.code}:claim", where=town.group)
    await town.details(town.ben)
    await town.status()
    await town.olena.say("/delete")
    await town.sandbox.until(lambda: "Asyl" not in texts(town.ben))
    await town.sandbox.until(lambda: town.code not in texts(town.olena))
    await town.olena.start()
    await town.olena.sees(lambda message: "a:concern:work" in message.data)
    await town.olena.say("/mydata")
    await town.olena.answer()
    assert town.code not in texts(town.olena)
    # The counsellor still reads what became of it.
    await town.sandbox.until(lambda: town.code in texts(town.ben))
