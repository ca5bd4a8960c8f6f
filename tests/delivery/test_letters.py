"""A letter on its way through the real store and the emulated Telegram."""

from __future__ import annotations

import pytest

from tests.delivery.conftest import PLACEHOLDER


@pytest.fixture
def group(sandbox):
    team = sandbox.group(-1_001_234_567_890, standings={sandbox.bot_id: "member"})
    team.last_id = 20
    return team


@pytest.fixture
def person(sandbox):
    return sandbox.person(7, started=True)


def texts(chat):
    return [message.text for message in chat.visible]


async def test_a_letter_is_reserved_and_then_filled(office, sandbox, group):
    await office.want(card=(group.id, "c1"))
    await office.settled()
    assert texts(group) == ["K7M3QX9PT card c1"]
    assert [call["text"] for call in sandbox.called("sendMessage")] == [PLACEHOLDER]
    assert [call["text"] for call in sandbox.called("editMessageText")] == ["K7M3QX9PT card c1"]


async def test_what_changes_is_edited_and_what_is_not_wanted_goes(office, sandbox, group, person):
    await office.want(card=(group.id, "c1"), status=(person.id, "s1"))
    await office.settled()
    await office.want(card=(group.id, "c2"), status=(person.id, "s1"))
    await office.settled()
    assert texts(group) == ["K7M3QX9PT card c2"]
    assert len(sandbox.called("sendMessage")) == 2
    await office.want(card=(group.id, "c2"))
    await office.settled()
    assert texts(person) == []
    assert texts(group) == ["K7M3QX9PT card c2"]
