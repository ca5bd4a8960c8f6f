"""The addresses behind the page, without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from telegram import (
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import Clock, Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session


async def first_event(web: aiohttp.ClientSession, *views: str) -> dict[str, Any]:
    async with web.get("/sandbox/events", params=[("view", view) for view in views]) as events:
        line = await events.content.readline()
        return dict(json.loads(line.removeprefix(b"data: ")))


async def test_a_group_can_be_on_a_phone(sandbox: Sandbox, web: aiohttp.ClientSession) -> None:
    boss, anna = sandbox.person(1, "Berit"), sandbox.person(2, "Anna")
    group = sandbox.group(-5, "Beratung", owner=boss, members=(anna,))
    await group.add_bot(boss)
    await web.post("/sandbox/say", json={"person": 2, "chat": -5, "text": "Guten Tag"})
    seen = await first_event(web, "1:-5", "2:-5", "2")
    group_of_berit = seen["1:-5"]
    assert group_of_berit["title"] == "Beratung"
    assert group_of_berit["members"] == ["Anna", "Berit", "Clearing"]
    joined, said = group_of_berit["messages"]
    assert joined["service"] == "Berit added Clearing"
    assert (said["name"], said["mine"], said["text"]) == ("Anna", False, "Guten Tag")
    assert seen["2:-5"]["messages"][1]["mine"]
    assert seen["2"]["messages"] == []


async def test_who_shares_the_second_phone_is_not_on_the_first(
    sandbox: Sandbox, web: aiohttp.ClientSession
) -> None:
    sandbox.person(1, "Oksana", language_code="uk")
    berit, anna = (
        sandbox.person(n, name, language_code="de") for n, name in ((2, "Berit"), (3, "Anna"))
    )
    sandbox.office = sandbox.group(
        -5, owner=berit, members=(anna,), standings={sandbox.bot_id: "member"}
    )
    who = await (await web.get("/sandbox/people")).json()
    assert [person["name"] for person in who["people"]] == ["Oksana"]
    assert who["office"]["group"] == -5
    assert [person["name"] for person in who["office"]["people"]] == ["Anna", "Berit"]


async def test_an_answer_to_a_tap_is_on_the_phone_of_whoever_tapped(
    sandbox: Sandbox, bot: Bot, web: aiohttp.ClientSession
) -> None:
    berit, anna = sandbox.person(1, "Berit"), sandbox.person(2, "Anna")
    group = sandbox.group(-5, owner=berit, members=(anna,))
    await group.add_bot(berit)
    claim = InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data="k:R1:claim"))
    await bot.send_message(-5, "Karte", reply_markup=claim)
    views = [("view", view) for view in ("1", "1:-5", "2", "2:-5")]
    async with web.get("/sandbox/events", params=views) as events:
        await events.content.readline()
        await events.content.readline()
        tap = await anna.tap("x", where=group)
        link = f"https://t.me/{sandbox.username}?start=k-R1"
        await bot.answer_callback_query(tap.id, "Das ist Ihr Fall.", show_alert=True, url=link)
        shown: dict[str, Any] = {}
        while not any(view["toasts"] for view in shown.values()):
            line = await events.content.readline()
            shown = json.loads(line.removeprefix(b"data: ")) if line.strip() else {}
    toast = {"text": "Das ist Ihr Fall.", "alert": True, "start": "k-R1"}
    assert {name: view["toasts"] for name, view in shown.items() if view["toasts"]} == {
        "2:-5": [toast]
    }


async def test_the_narrowest_commands_are_shown(
    sandbox: Sandbox, bot: Bot, web: aiohttp.ClientSession
) -> None:
    berit, anna = sandbox.person(1, "Berit"), sandbox.person(2, "Anna")
    sandbox.group(-5, owner=berit, members=(anna,), standings={sandbox.bot_id: "member"})
    for scope in (
        None,
        BotCommandScopeAllGroupChats(),
        BotCommandScopeChatAdministrators(-5),
        BotCommandScopeChat(2),
    ):
        name = "default" if scope is None else scope.type
        await bot.set_my_commands([(name, "x")], scope=scope)
    seen = await first_event(web, "1", "2", "1:-5", "2:-5")
    shown = {name: view["bot"]["commands"][0]["command"] for name, view in seen.items()}
    assert shown == {
        "1": "default",
        "2": "chat",
        "1:-5": "chat_administrators",
        "2:-5": "all_group_chats",
    }


async def test_a_key_under_the_typing_field_gives_the_number(
    sandbox: Sandbox, bot: Bot, web: aiohttp.ClientSession
) -> None:
    oksana = sandbox.person(1, "Oksana")
    await oksana.start()
    key = KeyboardButton("My number", request_contact=True)
    await bot.send_message(1, "?", reply_markup=ReplyKeyboardMarkup([[key]]))
    assert (await first_event(web, "1"))["1"]["panel"] == [
        [{"text": "My number", "asks": "contact"}]
    ]
    await web.post("/sandbox/use", json={"person": 1, "label": "My number"})
    assert "contact" in oksana.chat[-1].content
    await bot.send_message(1, "!", reply_markup=ReplyKeyboardRemove())
    assert (await first_event(web, "1"))["1"]["panel"] == []


async def test_nobody_sees_the_chat_of_somebody_else(
    sandbox: Sandbox, web: aiohttp.ClientSession
) -> None:
    await sandbox.person(1).start()
    await sandbox.person(2).start()
    for view in ("1:2", "99", "x"):
        answer = await web.get("/sandbox/events", params={"view": view})
        assert answer.status == 404
    answer = await web.post("/sandbox/say", json={"person": 99, "text": "x"})
    assert answer.status == 400
    assert "no such person" in (await answer.json())["error"]


async def test_a_foreign_page_can_do_nothing_here(web: aiohttp.ClientSession) -> None:
    answer = await web.post("/sandbox/people", data={"first_name": "x"})
    assert answer.status == 415


@pytest.mark.parametrize("path", ["/page/../phone.py", "/page/%2e%2e/phone.py", "/page/", "/x"])
async def test_only_the_page_is_served(web: aiohttp.ClientSession, path: str) -> None:
    assert (await web.get(path)).status == 404


async def test_a_taken_port_is_an_error(sandbox: Sandbox, clock: Clock) -> None:
    second = Sandbox(sandbox.token, clock)
    with pytest.raises(OSError, match="address already in use"):
        await second.start(port=int(sandbox.url.rpartition(":")[2]))
