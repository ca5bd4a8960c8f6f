"""What each answer of the Bot API says of a letter."""

from __future__ import annotations

import pytest

from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.client import Client, row_of
from bot.delivery.carrier import Ambiguous, Later, Moved, NotSent, Reason, Refused
from bot.message import Message, Span, Style
from bot.sandbox.faults import Answer, Flood, Lost, Refuse
from tests.channels.telegram.conftest import TOKEN

GROUP = -1_001_234_567_890
WORDS = Message((Span("New request.", Style.BOLD),))
OTHER = Message((Span("Details."),))
INNOCUOUS = Message((Span("🌤"),))
JSON = "application/json"


@pytest.fixture
async def client(sandbox):
    async with Client(TOKEN, sandbox.url) as client:
        yield client


@pytest.fixture
def carrier(client):
    return TelegramCarrier(client)


@pytest.fixture
def group(sandbox):
    return sandbox.group(GROUP, standings={sandbox.bot_id: "member"})


@pytest.fixture
def person(sandbox):
    return sandbox.person(7, started=True)


def texts(chat):
    return [message.text for message in chat.visible]


@pytest.mark.parametrize("fault", [
    Answer(), Answer(status=504), Answer(status=200), Lost(processed=True), Lost(processed=False),
    Answer(status=200, body='{"ok":true}', content_type=JSON),
    Answer(status=200, body='{"ok":false}', content_type=JSON),
    Answer(status=200, body='{"ok":true,"result":{"message_id":"x"}}', content_type=JSON),
    Refuse(500, "Internal Server Error: restart"),
])  # fmt: skip
async def test_it_may_have_been_sent(carrier, sandbox, group, fault):
    sandbox.faults.script("sendMessage", fault)
    with pytest.raises(Ambiguous):
        await carrier.post(group.id, WORDS, protect=False)


async def test_it_was_surely_not_sent_without_a_server(carrier, sandbox, group):
    await sandbox.stop()
    with pytest.raises(NotSent):
        await carrier.post(group.id, WORDS, protect=False)


async def test_it_was_surely_not_sent_to_a_flooded_chat(carrier, sandbox, group):
    sandbox.faults.script("sendMessage", Flood(30))
    with pytest.raises(Later) as later:
        await carrier.post(group.id, WORDS, protect=False)
    assert later.value.seconds == 30


async def test_it_was_surely_not_sent_with_a_revoked_token(carrier, sandbox, group):
    sandbox.faults.script("sendMessage", Refuse(401, "Unauthorized"))
    with pytest.raises(NotSent):
        await carrier.post(group.id, WORDS, protect=False)


@pytest.mark.parametrize(
    ("status", "description", "in_group", "in_private"),
    [
        (403, "Forbidden: bot was blocked by the user", None, Reason.PERSON_GONE),
        (403, "Forbidden: user is deactivated", None, Reason.PERSON_GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", None, Reason.PERSON_GONE),
        (400, "Bad Request: chat not found", Reason.CHAT_GONE, Reason.PERSON_GONE),
        (403, "Forbidden: bot was kicked from the supergroup chat", Reason.CHAT_GONE, None),
        (403, "Forbidden: bot is not a member of the supergroup chat", Reason.CHAT_GONE, None),
        (403, "Forbidden: the group chat was deleted", Reason.CHAT_GONE, None),
        (
            400,
            "Bad Request: not enough rights to send text messages to the chat",
            Reason.CHAT_GONE,
            None,
        ),
        (400, "Bad Request: have no rights to send a message", Reason.CHAT_GONE, None),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Reason.CHAT_GONE, None),
        (400, "Bad Request: TOPIC_CLOSED", Reason.CHAT_GONE, None),
        (400, "Bad Request: message thread not found", Reason.CHAT_GONE, None),
        (400, "Bad Request: message to edit not found", Reason.MESSAGE_GONE, Reason.MESSAGE_GONE),
        (400, "Bad Request: MESSAGE_ID_INVALID", Reason.MESSAGE_GONE, Reason.MESSAGE_GONE),
        (400, "Bad Request: message can't be edited", Reason.NOT_EDITABLE, Reason.NOT_EDITABLE),
    ],
)
async def test_it_will_not_be_better_next_time(  # noqa: PLR0913, PLR0917 - a table with its fixtures
    carrier, sandbox, group, person, status, description, in_group, in_private
):
    for chat, reason in ((group, in_group), (person, in_private)):
        if reason is not None:
            message = chat.add(sandbox.me(), {"text": "old"})
            sandbox.faults.script("editMessageText", Refuse(status, description))
            with pytest.raises(Refused) as refused:
                await carrier.edit(chat.id, message.id, OTHER)
            assert refused.value.reason is reason


async def test_a_group_has_moved(carrier, group):
    group.moved_to = -1_009
    with pytest.raises(Moved) as moved:
        await carrier.post(group.id, WORDS, protect=False)
    assert moved.value.chat == -1_009


async def test_what_is_refused_for_its_styles_goes_without_them(carrier, sandbox, group):
    sandbox.faults.script("sendMessage", Refuse(400, "Bad Request: can't parse entities"))
    await carrier.post(group.id, WORDS, protect=True)
    first, second = sandbox.called("sendMessage")
    assert first["entities"]
    assert second["entities"] is None
    assert second["protect_content"] is True
    assert texts(group) == ["New request."]


async def test_what_is_refused_without_styles_too_is_not_taken(carrier, sandbox, group):
    sandbox.faults.script("sendMessage", Refuse(400, "Bad Request: message is too long"), times=2)
    with pytest.raises(Refused) as refused:
        await carrier.post(group.id, WORDS, protect=False)
    assert refused.value.reason is Reason.NOT_TAKEN


async def test_the_same_again_is_success(carrier, group):
    number = await carrier.post(group.id, WORDS, protect=False)
    await carrier.edit(group.id, number, OTHER)
    await carrier.edit(group.id, number, OTHER)
    assert texts(group) == ["Details."]


async def test_what_is_not_there_is_removed_already(carrier, group):
    number = await carrier.post(group.id, WORDS, protect=False)
    await carrier.remove(group.id, number, INNOCUOUS)
    await carrier.remove(group.id, number, INNOCUOUS)
    assert texts(group) == []


async def test_what_is_too_old_to_be_deleted_becomes_innocuous(carrier, clock, person):
    number = await carrier.post(person.id, WORDS, protect=False)
    clock.goes_on(hours=49)
    await carrier.remove(person.id, number, INNOCUOUS)
    await carrier.remove(person.id, number, INNOCUOUS)
    assert texts(person) == ["🌤"]


async def test_what_can_be_neither_deleted_nor_edited_is_left(carrier, sandbox, clock, person):
    number = await carrier.post(person.id, WORDS, protect=False)
    clock.goes_on(hours=49)
    sandbox.faults.script("editMessageText", Refuse(400, "Bad Request: message can't be edited"))
    await carrier.remove(person.id, number, INNOCUOUS)
    assert texts(person) == ["New request."]


async def test_a_probe_takes_away_what_is_ours_and_nothing_else(carrier, sandbox, group):
    oksana = sandbox.person(8, "Oksana")
    group.standings[8] = "member"
    ours = await carrier.post(group.id, WORDS, protect=False)
    theirs = await oksana.say("Who takes it?", where=group)
    assert await carrier.probe(group.id, ours, INNOCUOUS)
    assert not await carrier.probe(group.id, ours, INNOCUOUS)
    assert not await carrier.probe(group.id, theirs.id, INNOCUOUS)
    assert not await carrier.probe(group.id, theirs.id + 1, INNOCUOUS)
    assert texts(group) == ["Who takes it?"]


async def test_a_probe_that_was_interrupted_finds_it_again(carrier, sandbox, group):
    ours = await carrier.post(group.id, WORDS, protect=False)
    sandbox.faults.script("deleteMessage", Lost(processed=False))
    with pytest.raises(Ambiguous):
        await carrier.probe(group.id, ours, INNOCUOUS)
    assert texts(group) == ["🌤"]
    assert await carrier.probe(group.id, ours, INNOCUOUS)
    assert texts(group) == []


async def test_a_probe_tells_that_the_chat_is_gone(carrier, sandbox, group):
    sandbox.faults.script("editMessageText", Refuse(403, "Forbidden: bot was kicked"))
    with pytest.raises(Refused) as refused:
        await carrier.probe(group.id, 1, INNOCUOUS)
    assert refused.value.reason is Reason.CHAT_GONE


async def test_everything_that_goes_by_is_known(carrier, client, person):
    said = await person.say("hello")
    await client.get_updates(None, wait=0)
    sent = await carrier.post(person.id, WORDS, protect=False)
    assert carrier.numbers.unknown(person.id, range(said.id, sent + 2)) == [sent + 1]


def test_supergroups_count_for_themselves_and_all_others_together():
    assert row_of(7) == row_of(8) == row_of(-500)
    assert len({row_of(7), row_of(GROUP), row_of(GROUP - 1)}) == 3
