"""What Telegram says about a group: dangerous only where strangers could read."""

from __future__ import annotations

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.preflight import Blind, LookError, look
from bot.core.team import Caution, Danger
from bot.sandbox.faults import Answer, Flood, Lost, Refuse

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox
SAFE = {"has_protected_content": True, "message_auto_delete_time": 86_400}
METHODS = ("getChat", "getChatAdministrators", "getChatMemberCount")


@pytest.fixture
async def client(sandbox):
    async with Client(TOKEN, sandbox.url) as started:
        yield started


@pytest.fixture
def group(sandbox):
    owner, member = sandbox.person(7), sandbox.person(8)
    made = sandbox.group(-100, owner=owner, members=(member,))
    made.standings[sandbox.bot_id] = "member"
    made.about = dict(SAFE)
    return made


@pytest.mark.parametrize(
    ("about", "danger", "cautions"),
    [
        ({}, None, ()),
        ({"username": "everybody"}, Danger.PUBLIC, ()),
        ({"active_usernames": ["everybody"]}, Danger.PUBLIC, ()),
        ({"location": {"address": "Markt 1"}}, Danger.PUBLIC, ()),
        ({"type": "channel"}, Danger.PUBLIC, ()),
        ({"type": None}, Danger.PUBLIC, ()),
        ({"linked_chat_id": -1009}, Danger.LINKED_CHANNEL, ()),
        ({"linked_chat_id": -1009, "username": "everybody"}, Danger.PUBLIC, ()),
        ({"username": "", "active_usernames": [], "linked_chat_id": 0}, None, ()),
        ({"has_protected_content": False}, None, (Caution.NOT_PROTECTED,)),
        ({"has_protected_content": "yes"}, None, (Caution.NOT_PROTECTED,)),
        ({"message_auto_delete_time": 0}, None, (Caution.NO_TIMER,)),
        (
            {"username": "all", "has_protected_content": None, "message_auto_delete_time": None},
            Danger.PUBLIC,
            (Caution.NOT_PROTECTED, Caution.NO_TIMER),
        ),
    ],
)
async def test_a_group_stands_like_this(client, group, about, danger, cautions):
    group.about |= about
    seen = await look(client, group.id, 7)
    assert (seen.chat, seen.danger, seen.cautions) == (-100, danger, cautions)


@pytest.mark.parametrize(("people", "many"), [(20, False), (21, True)])
async def test_a_crowd_is_counted_without_the_bot(client, sandbox, group, people, many):
    group.standings |= {1000 + number: "member" for number in range(people - 2)}
    seen = await look(client, group.id, 7)
    assert (seen.members, Caution.MANY in seen.cautions) == (people, many)
    assert len(sandbox.called("getChatMemberCount")) == 1


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        ("creator", True),
        ("administrator", True),
        ("member", False),
        ("restricted", False),
        ("left", False),
        ("kicked", False),
    ],
)
async def test_only_an_administrator_speaks_for_the_group(client, group, standing, may):
    group.standings[8] = standing
    assert (await look(client, group.id, 8)).by_administrator is may


async def test_nobody_and_strangers_do_not_speak_for_the_group(client, sandbox, group):
    assert not (await look(client, group.id, 0)).by_administrator
    assert not sandbox.called("getChatAdministrators")
    assert not (await look(client, group.id, 99)).by_administrator


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Refuse(403, "Forbidden: bot was kicked from the supergroup chat"), Blind.GONE),
        (Refuse(400, "Bad Request: chat not found"), Blind.GONE),
        (Refuse(500, "Internal Server Error: restart"), Blind.NOT_NOW),
        (Answer(), Blind.NOT_NOW),
        (Answer(status=200, body='{"ok":true,"result":"odd"}'), Blind.NOT_NOW),
        (Lost(), Blind.NOT_NOW),
        (Flood(30), Blind.NOT_NOW),
    ],
)
async def test_where_nothing_can_be_seen_it_is_said_why(client, sandbox, group, fault, kind):
    for method in METHODS:
        sandbox.faults.script(method, fault)
        with pytest.raises(LookError) as blind:
            await look(client, group.id, 7)
        assert blind.value.kind is kind
        assert blind.value.seconds == (30 if isinstance(fault, Flood) else 0)


async def test_a_group_that_moved_is_not_there_any_more(client, sandbox, group):
    body = (
        '{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a '
        'supergroup chat","parameters":{"migrate_to_chat_id":-1001557912345}}'
    )
    sandbox.faults.script("getChat", Answer(status=400, body=body))
    with pytest.raises(LookError) as blind:
        await look(client, group.id, 7)
    assert blind.value.kind is Blind.MOVED
