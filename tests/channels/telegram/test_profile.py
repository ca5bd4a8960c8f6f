"""What the bot says of itself is set once, and again only where it has changed."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.telegram.client import Client
from bot.channels.telegram.profile import Profile, publish
from bot.sandbox.faults import Answer, Flood

TOKEN = "100200:a-token-that-stays-secret"  # noqa: S105 - of the sandbox
UKRAINIAN = Profile((("start", "Почати"), ("help", "Допомога")), "Хто ми", "Коротко")
OTHERS = Profile((("start", "Begin"), ("help", "Help")), "Who we are", "In short")


def settings(sandbox) -> list[str]:
    return [call.method for call in sandbox.calls if call.method.startswith("setMy")]


async def test_only_what_has_changed_is_set(sandbox, pauses):
    async with Client(TOKEN, sandbox.url) as client:
        await publish(client, {"": OTHERS, "uk": UKRAINIAN}, pauses)
        assert len(settings(sandbox)) == 6
        await publish(client, {"": OTHERS, "uk": UKRAINIAN}, pauses)
        assert len(settings(sandbox)) == 6
        await publish(client, {"": OTHERS, "uk": replace(UKRAINIAN, description="Нове")}, pauses)
    assert settings(sandbox)[6:] == ["setMyDescription"]


async def test_a_profile_that_cannot_be_set_harms_nobody(sandbox, pauses, caplog):
    sandbox.faults.script("setMyCommands", Flood(5), Answer())
    sandbox.faults.script("getMyDescription", Answer(status=200, body='{"ok":true}'))
    async with Client(TOKEN, sandbox.url) as client:
        await publish(client, {"": OTHERS}, pauses)
    assert pauses.seconds == [5]
    assert settings(sandbox)[-1] == "setMyShortDescription"
    assert "not set" in caplog.text
