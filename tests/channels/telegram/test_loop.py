"""Nothing is acknowledged before it is stored, and nothing but a person stops the loop."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.channels.telegram.client import ChannelError, Client, username
from bot.core import events
from bot.core.events import Menu
from bot.exchange import Delivery, Location, Typed, Unreadable
from bot.message import Message, Span
from bot.sandbox.faults import Answer, Flood, Lost, Refuse
from bot.sandbox.updates import CONFLICT
from bot.store.errors import StoreError

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox


def locked(*, retryable: bool = True) -> StoreError:
    return StoreError("clearing.db", "It is locked.", "Wait.", retryable=retryable)


def offsets(sandbox) -> list[int | None]:
    return [call["offset"] for call in sandbox.called("getUpdates")]


async def test_nothing_is_acknowledged_while_it_is_being_stored(sandbox, echo, run):
    """F03, I1."""
    stored, begun = threading.Event(), threading.Event()

    def slowly(update):
        begun.set()
        stored.wait(10)
        return echo.in_place(update)

    echo.answer = slowly
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await asyncio.to_thread(begun.wait, 10)
        assert (len(sandbox.updates), offsets(sandbox)) == (1, [None])
        assert person.answers == []
        stored.set()
        await bot.quiet()
    assert offsets(sandbox)[1] == 1001
    assert person.last.text == "one"


async def test_what_could_not_be_stored_is_asked_for_again(sandbox, echo, run, pauses):
    """F06, F08."""
    echo.troubles.extend([locked(), locked(), locked()])
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    assert [len(batch) for batch in echo.batches] == [1, 1, 1, 1]
    assert offsets(sandbox)[:5] == [None, None, None, None, 1001]
    assert pauses.seconds == [1, 2, 4]
    assert [message.text for message in person.answers] == ["one"]


async def test_a_store_that_cannot_recover_ends_the_run(sandbox, echo, run):
    echo.troubles.append(locked(retryable=False))
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        with pytest.raises(StoreError, match="locked"):
            await bot.task
    assert len(sandbox.updates) == 1


async def test_an_update_that_comes_twice_has_one_effect(sandbox, run):
    """F43."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        twice = next(iter(sandbox.updates)).body
        sandbox.inject(twice)
        await bot.quiet()
    assert len(sandbox.called("sendMessage")) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"chat": {"id": 7, "type": "private"}}},
        {"message": {"chat": {"id": 7, "type": "private"}, "from": {"id": "7"}, "text": "x"}},
        {"message": "text"},
        {"message": []},
        {"callback_query": {"id": 5, "from": {"id": 7}, "data": "h"}},
        {"my_chat_member": {"chat": {"type": "private", "id": 7}}},
    ],
)
async def test_an_update_nobody_can_read_does_not_stop_the_next(sandbox, echo, run, broken, caplog):
    """F45."""
    person = sandbox.person(7)
    sandbox.inject({"update_id": 999, **broken})
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    unreadable = [u for batch in echo.batches for u in batch if isinstance(u, Unreadable)]
    assert [update.update for update in unreadable] == [999]
    assert person.last.text == "one"
    assert not caplog.records


@pytest.mark.parametrize(
    "strange",
    [
        {"update_id": 999, "brand_new_kind": {"a": 1}},
        {"update_id": 999, "edited_message": {"text": "x"}},
        {"update_id": 999, "channel_post": {"text": "x"}},
        {"update_id": 999, "poll": {}},
        {"update_id": 999},
    ],
)
async def test_an_update_of_no_concern_is_acknowledged(sandbox, echo, run, strange):
    """F45, F53."""
    sandbox.inject(strange)
    async with run() as bot:
        await bot.quiet()
    assert (echo.batches, len(sandbox.updates)) == ([], 0)


async def test_numbers_may_start_anew(sandbox, run):
    """F44."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        sandbox.updates.next_id = 5
        await person.say("two")
        await bot.quiet()
    assert person.last.text == "two"
    assert offsets(sandbox)[-1] == 6


async def test_faults_of_the_network_are_waited_for_longer_and_longer(sandbox, run, pauses):
    """F39, F41: of getUpdates."""
    person = sandbox.person(7)
    faults = (Answer(), Lost(), Answer(status=200), Refuse(500, "Internal Server Error: restart"))
    sandbox.faults.script("getUpdates", *faults, *faults, Flood(17))
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    assert pauses.seconds == [1, 2, 4, 8, 16, 30, 30, 30, 17]
    assert person.last.text == "one"


async def test_a_second_bot_is_named(sandbox, run):
    """F13."""
    async with run() as bot:
        await sandbox.until(lambda: sandbox.updates.polled)
        sandbox.updates.conflict(CONFLICT)
        with pytest.raises(ChannelError, match="Another bot runs"):
            await bot.task


async def test_a_webhook_left_behind_is_taken_away(sandbox, run):
    sandbox.webhook.url = "http://127.0.0.1:9/left-behind"
    person = sandbox.person(7)
    async with run() as bot:
        await sandbox.until(lambda: sandbox.called("deleteWebhook"))
        await person.say("one")
        await bot.quiet()
    assert person.last.text == "one"


async def test_a_token_revoked_while_running_ends_the_run(sandbox, run):
    """F40."""
    sandbox.faults.script("getUpdates", Refuse(401, "Unauthorized"))
    async with run() as bot:
        with pytest.raises(ChannelError, match="does not accept the token"):
            await bot.task


async def test_a_wrong_token_is_said_without_saying_it(sandbox):
    async with Client("100200:wrong", sandbox.url) as client:
        with pytest.raises(ChannelError) as said:
            await username(client)
    assert "BotFather" in str(said.value)
    assert "100200" not in str(said.value)


@pytest.mark.parametrize("token", ["", "nonsense", "1:a b", "1:a\n", "1:../../x"])
async def test_a_token_that_cannot_be_one_is_not_even_tried(token):
    with pytest.raises(ChannelError, match="does not look like one"):
        Client(token)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://no.such.host.invalid"])
async def test_an_address_where_nobody_answers_is_named(address):
    async with Client(TOKEN, address) as client:
        with pytest.raises(ChannelError, match="does not answer") as said:
            await username(client)
    assert TOKEN not in str(said.value)


async def test_the_bot_knows_its_name(sandbox):
    async with Client(TOKEN, sandbox.url) as client:
        assert await username(client) == sandbox.username


async def test_the_end_finishes_what_is_in_hand_and_acknowledges_it(sandbox, run):
    """F05."""
    person = sandbox.person(7)
    async with run() as bot:
        await sandbox.until(lambda: sandbox.updates.polled)
        await person.say("one")
        await sandbox.until(lambda: sandbox.called("sendMessage"))
        await bot.end()
    assert (person.last.text, len(sandbox.updates)) == ("one", 0)


async def test_the_end_does_not_wait_for_a_long_poll(sandbox, run):
    async with run() as bot:
        await sandbox.until(lambda: sandbox.updates.polled)
        async with asyncio.timeout(5):
            await bot.end()


async def test_after_a_restart_screens_are_shown_again_but_none_over_a_newer_one(
    sandbox, echo, run
):
    """F14."""
    quiet, busy = sandbox.person(7), sandbox.person(8)
    async with run() as bot:
        await quiet.say("one")
        await busy.say("one")
        await bot.quiet()
    lost = Message((Span("what was lost"),))
    echo.again = [
        Delivery(who.id, who.id, (), lost, echo.living[who.id], ()) for who in (quiet, busy)
    ]
    async with run() as bot:
        await busy.say("newer")
        await sandbox.until(lambda: quiet.last.text == "what was lost")
        await bot.quiet()
        await busy.say("newest")
        await bot.quiet()
    assert busy.last.text == "newest"
    assert len(busy.answers) == 1


async def test_every_kind_of_message_is_heard_and_nothing_is_fetched(sandbox, echo, run):
    """F50."""
    person = sandbox.person(7, language_code="ar")
    async with run() as bot:
        await person.send_photo("a caption")
        await person.send_voice()
        await person.send_sticker()
        await person.send_document()
        await person.send_contact()
        await person.send(poll={"id": "1"})
        await person.send(brand_new_kind={})
        await person.say("forwarded", forward_origin={"type": "hidden_user"})
        await person.send_location(52.4, 13.06)
        await person.say("/privacy")
        await person.say("x" * 4096)
        await bot.quiet()
    heard = [update.what for update in echo.heard]
    assert heard == [
        *[events.SentSomethingElse()] * 4,
        events.GavePhone("+4930123456"),
        *[events.SentSomethingElse()] * 2,
        Location(52.4, 13.06),
        events.OpenedMenu(Menu.PRIVACY),
        Typed("x" * 1000),
    ]
    assert {update.phone_language for update in echo.heard} == {"ar"}
    assert not sandbox.called("getFile")


async def test_an_edited_message_changes_nothing(sandbox, echo, run):
    """F51."""
    person = sandbox.person(7)
    async with run() as bot:
        message = await person.say("one")
        await bot.quiet()
        await person.edit(message, "changed")
        await bot.quiet()
    assert [update.what for update in echo.heard] == [Typed("one")]


async def test_blocking_the_bot_is_a_wish_to_stop(sandbox, echo, run):
    """F54."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        person.block()
        await bot.quiet()
        person.unblock()
        await bot.quiet()
    assert [update.what for update in echo.heard] == [Typed("one"), events.Stopped()]
