"""A letter on its way through the real store and the emulated Telegram."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager

import pytest

from bot.sandbox.faults import Lost, Silence
from bot.sandbox.rates import Rates
from bot.store.errors import StoreError
from tests.delivery.conftest import PLACEHOLDER

GROUP, OTHER = -1_001_234_567_890, -1_009_876_543_210
CODE = "K7M3QX9PT"


@pytest.fixture
def group(sandbox):
    team = sandbox.group(GROUP, standings={sandbox.bot_id: "member"})
    team.last_id = 20
    return team


@pytest.fixture
def person(sandbox):
    return sandbox.person(7, started=True)


@contextmanager
def locked(database):
    """Another program writes."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def texts(chat):
    return [message.text for message in chat.visible]


async def test_a_letter_is_reserved_and_then_filled(office, sandbox, group):
    await office.want(card=(group.id, "c1"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c1"]
    assert [call["text"] for call in sandbox.called("sendMessage")] == [PLACEHOLDER]
    assert [call["text"] for call in sandbox.called("editMessageText")] == [f"{CODE} card c1"]


async def test_what_changes_is_edited_and_what_is_not_wanted_goes(office, sandbox, group, person):
    await office.want(card=(group.id, "c1"), status=(person.id, "s1"))
    await office.settled()
    await office.want(card=(group.id, "c2"), status=(person.id, "s1"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c2"]
    assert len(sandbox.called("sendMessage")) == 2
    await office.want(card=(group.id, "c2"))
    await office.settled()
    assert texts(person) == []
    assert texts(group) == [f"{CODE} card c2"]


async def test_details_cannot_be_forwarded(office, sandbox, group, person):
    await office.want(card=(group.id, "c1"), details=(person.id, "d1"))
    await office.settled()
    protected = {call["chat_id"]: call["protect_content"] for call in sandbox.called("sendMessage")}
    assert protected == {group.id: None, person.id: True}


async def test_a_letter_goes_out_at_once_when_somebody_says_that_there_is_one(office, group):
    began = office.time.now
    await office.want(card=(group.id, "c1"))
    await office.time.still()
    assert texts(group) == [f"{CODE} card c1"]
    assert office.time.now == began


async def test_what_nobody_said_is_found_within_fifteen_seconds(office, group):
    await office.time.still()
    await office.want(card=(group.id, "c1"), wake=False)
    await office.goes_on(seconds=15)
    assert texts(group) == [f"{CODE} card c1"]


async def test_what_is_withdrawn_before_it_is_sent_is_never_sent(office, sandbox, group):
    """F59: consent is looked at in the turn that decides to send."""
    office.book.withdrawn.add((CODE, "card"))
    await office.want(card=(group.id, "c1"))
    await office.settled()
    assert sandbox.called("sendMessage") == []
    assert texts(group) == []


async def test_what_is_withdrawn_once_the_placeholder_stands_is_taken_away(office, sandbox, group):
    """F59: consent is looked at again right before the content goes in."""
    sandbox.faults.script("sendMessage", Silence(0.05))
    await office.want(card=(group.id, "c1"))
    await sandbox.until(lambda: sandbox.called("sendMessage"))
    office.book.withdrawn.add((CODE, "card"))
    await office.settled()
    assert texts(group) == []
    assert sandbox.called("editMessageText") == []


async def test_what_is_withdrawn_while_it_stands_is_taken_away(office, group):
    await office.want(card=(group.id, "c1"))
    await office.settled()
    office.book.withdrawn.add((CODE, "card"))
    await office.want(card=(group.id, "c2"))
    await office.settled()
    assert texts(group) == []


async def test_a_case_is_erased_while_its_placeholder_is_on_its_way(office, sandbox, group):
    """F64."""
    sandbox.faults.script("sendMessage", Silence(0.05))
    await office.want(card=(group.id, "c1"))
    await sandbox.until(lambda: sandbox.called("sendMessage"))
    await office.turn(lambda turn: turn.referrals.erase(CODE))
    await office.settled()
    assert texts(group) == []
    assert sandbox.called("editMessageText") == []
    assert await office.turn(lambda turn: turn.letters.of(CODE)) == []


async def test_a_case_is_erased_while_its_content_is_on_its_way(office, sandbox, group):
    """F64: the edit arrives, and what it wrote is taken away after it."""
    sandbox.faults.script("editMessageText", Silence(0.05))
    await office.want(card=(group.id, "c1"))
    await sandbox.until(lambda: sandbox.called("editMessageText"))
    await office.turn(lambda turn: turn.referrals.erase(CODE))
    office.delivery.wake()
    await office.settled()
    assert texts(group) == []
    assert await office.turn(lambda turn: turn.letters.of(CODE)) == []


async def test_what_changes_while_it_is_filled_is_filled_again_at_once(office, sandbox, group):
    sandbox.faults.script("editMessageText", Silence(0.05))
    await office.want(card=(group.id, "c1"))
    await sandbox.until(lambda: sandbox.called("editMessageText"))
    began = office.time.now
    await office.want(card=(group.id, "c2"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c2"]
    assert (office.time.now - began).total_seconds() < 10


async def test_answers_go_before_cards_and_cards_before_reminders(office, sandbox):
    """F68: when more waits than may go out."""
    chats = [-1_001_000_000_000 - number for number in range(90)]
    for chat in chats:
        sandbox.group(chat, standings={sandbox.bot_id: "member"})
    slots = ("reminder", "card", "status")
    for number, chat in enumerate(chats):
        await office.want(f"CASE{number}", wake=False, **{slots[number % 3]: (chat, "c1")})
    office.delivery.wake()
    await office.settled()
    filled = [call["text"].split()[1] for call in sandbox.called("editMessageText")]
    assert len(filled) == 90
    # What was first to be asked for got the slots that were free.
    assert filled[30:60].count("reminder") == 0
    assert filled[-20:] == ["reminder"] * 20


async def test_no_group_is_written_to_faster_than_telegram_allows(office, sandbox, group):
    sandbox.rates = Rates()
    for number in range(30):
        await office.want(f"CASE{number:02}", card=(group.id, "c1"))
    await office.settled(within=600)
    assert {call.status for call in sandbox.calls} == {200}
    assert texts(group) == [f"CASE{number:02} card c1" for number in range(30)]


async def test_one_letter_with_our_own_fault_rests_and_the_others_go(office, group):
    office.book.troubles.append(LookupError("a bug"))
    await office.want("A", card=(group.id, "c1"))
    await office.want("B", card=(group.id, "c1"))
    await office.goes_on(seconds=30)
    assert texts(group) == ["B card c1"]
    await office.settled(within=400)
    assert texts(group) == ["B card c1", "A card c1"]


async def test_a_locked_database_is_waited_for_and_nothing_goes_out_twice(
    office, sandbox, group, tmp_path
):
    """F06."""
    await office.settled()
    sandbox.faults.script("sendMessage", Silence(0.05))
    await office.want(card=(group.id, "c1"))
    await sandbox.until(lambda: sandbox.called("sendMessage"))
    with locked(tmp_path / "clearing.db"):
        await office.time.still()
    await office.settled()
    assert texts(group) == [f"{CODE} card c1"]
    assert len(sandbox.called("sendMessage")) == 1


async def test_what_is_in_hand_is_finished_at_the_end(open_office, sandbox, group):
    """F05: the placeholder's number is stored, and its content goes in."""
    sandbox.faults.script("sendMessage", Silence(0.05))
    async with open_office(drain=5) as office:
        await office.want(card=(group.id, "c1"))
        await sandbox.until(lambda: sandbox.called("sendMessage"))
    assert texts(group) == [f"{CODE} card c1"]


async def test_what_waits_at_the_end_is_sent_after_the_next_start(open_office, sandbox, group):
    """F05."""
    sandbox.faults.script("sendMessage", Lost(processed=False))
    async with open_office(drain=5) as office:
        await office.want("A", card=(group.id, "c1"))
        await office.want("B", card=(group.id, "c1"))
        await office.time.still()
        assert len(sandbox.called("sendMessage")) == 1
    async with open_office() as office:
        await office.settled()
    assert texts(group) == ["A card c1", "B card c1"]


async def test_a_store_that_is_broken_for_good_ends_the_delivery(office, tmp_path):
    await office.time.still()
    with closing(sqlite3.connect(tmp_path / "clearing.db")) as other:
        other.execute("DROP TABLE letter")
    with pytest.raises(StoreError):
        await office.goes_on(seconds=16)
