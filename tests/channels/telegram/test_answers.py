"""What counsellors are answered on taps and commands, and what comes beneath a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.exchange import Delivery, Purpose, merged
from bot.message import Message, Span
from bot.sandbox.faults import Answer, Flood, Lost, Refuse

NOTHING = Delivery(7, -100, (), None, None, ())


@pytest.fixture
def anna(sandbox):
    return sandbox.person(7, "Anna", language_code="de")


@pytest.fixture
def group(sandbox, anna):
    made = sandbox.group(-100, owner=anna)
    made.standings[sandbox.bot_id] = "member"
    return made


@pytest.fixture
def card(sandbox, group):
    return group.add(sandbox.me(), {"text": "card"})


def reply(text: str) -> Delivery:
    message = Message((Span(text),))
    return replace(NOTHING, message=message, purpose=Purpose.REPLY)


def said(chat) -> list[str]:
    return [message.text for message in chat.visible if message.from_bot]


@pytest.mark.parametrize(
    ("toast", "text", "alert"),
    [
        ("", "", False),
        ("Somebody was faster.", "Somebody was faster.", False),
        ("x" * 60, "x" * 60, False),
        ("x" * 61, "x" * 61, True),
        ("x" * 200, "x" * 200, True),
        ("x" * 201, "x" * 199 + "…", True),
        ("😀" * 101, "😀" * 99 + "…", True),
    ],
)
async def test_the_phone_says_what_was_decided(echo, run, anna, card, toast, text, alert):  # noqa: PLR0913, PLR0917 - a table
    echo.reply = replace(NOTHING, toast=toast)
    async with run() as bot:
        tap = await anna.press(card, "k:ab12:claim")
        await bot.quiet()
    assert (tap.answer.text, tap.answer.alert, tap.answer.url) == (text, alert, None)


async def test_a_tap_can_open_the_private_chat(sandbox, echo, run, anna, card):
    echo.reply = replace(NOTHING, toast="Open the private chat.", toast_link="desk")
    async with run() as bot:
        tap = await anna.press(card, "k:ab12:claim")
        await bot.quiet()
    # Without a text: apps that get one do not follow the link.
    assert tap.answer.text == ""
    assert tap.answer.url == f"https://t.me/{sandbox.username}?start=desk"


async def test_every_tap_is_answered_before_anything_is_shown(sandbox, echo, run, anna, card):
    echo.reply = replace(reply("queue"), toast="Yes.")
    people = [sandbox.person(number) for number in range(20, 30)]
    for person in people:
        await person.say("hello")
        await anna.press(card, "k:ab12:claim")
    async with run() as bot:
        await bot.quiet()
    calls = [call.method for call in sandbox.calls]
    sent = [place for place, method in enumerate(calls) if method == "sendMessage"]
    taps = [place for place, method in enumerate(calls) if method == "answerCallbackQuery"]
    assert len(taps) == len(people)
    assert max(taps) < min(sent)


async def test_replies_to_several_counsellors_all_arrive_and_cannot_be_passed_on(
    sandbox, echo, run, anna, group
):
    echo.reply = reply("the queue")
    async with run() as bot:
        for _ in range(3):
            await anna.say("/queue", where=group)
        await bot.quiet()
    assert said(group) == ["the queue"] * 3
    assert all(call["protect_content"] for call in sandbox.called("sendMessage"))
    assert (echo.living, echo.others) == ({}, [])


async def test_a_reply_in_private_leaves_the_living_screen_alone(echo, run, anna):
    async with run() as bot:
        await anna.say("one")
        await bot.quiet()
        living = echo.living[anna.id]
        echo.reply = replace(reply("the queue"), chat=anna.id)
        await anna.say("/queue")
        await bot.quiet()
        await anna.say("two")
        await bot.quiet()
    assert said(anna) == ["two", "the queue"]
    assert echo.living[anna.id] == living


async def test_a_reply_waits_where_telegram_asks_for_it(sandbox, echo, run, anna, group):
    sandbox.faults.script("sendMessage", Flood(3), Flood(3))
    echo.reply = reply("the queue")
    async with run() as bot:
        await anna.say("/queue", where=group)
        await bot.quiet()
    assert said(group) == ["the queue"]


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (Lost(), True),
        (Answer(), False),
        (Refuse(403, "Forbidden: bot was kicked from the supergroup chat"), False),
    ],
)
async def test_a_reply_that_may_have_arrived_is_not_sent_twice(  # noqa: PLR0913, PLR0917 - a table
    sandbox, echo, run, anna, group, fault, arrived
):
    sandbox.faults.script("sendMessage", fault)
    echo.reply = reply("the queue")
    async with run() as bot:
        await anna.say("/queue", where=group)
        await bot.quiet()
    assert len(sandbox.called("sendMessage")) == 1
    assert said(group) == (["the queue"] if arrived else [])
    assert echo.left == []


ASKS = Message((Span("📞"),), contact_label="Send my number")


def asking(update, echo) -> Delivery:
    return replace(echo.in_place(update), beneath=ASKS)


async def test_the_phone_number_is_asked_for_beneath_the_screen(sandbox, echo, run, anna):
    echo.answer = lambda update: asking(update, echo)
    async with run() as bot:
        await anna.say("call me")
        await bot.quiet()
        echo.answer = None
        await anna.send_contact()
        await bot.quiet()
    assert said(anna)[1:] == ["📞"]
    assert anna.panel["keyboard"] == [[{"text": "Send my number", "request_contact": True}]]
    assert echo.others == [anna.answers[1].id]
    assert echo.living[anna.id] == anna.answers[0].id
    assert len(sandbox.called("sendMessage")) == 2


async def test_it_is_asked_once_whatever_goes_wrong_on_the_way(sandbox, echo, run, anna):
    sandbox.faults.script("sendMessage", Flood(2), Answer())
    sandbox.faults.script("editMessageText", Flood(2), Answer())
    echo.answer = lambda update: asking(update, echo)
    async with run() as bot:
        await anna.say("call me")
        await bot.quiet()
    assert said(anna) == ["call me", "📞"]


async def test_it_can_be_asked_without_a_new_screen(echo, run, anna):
    async with run() as bot:
        await anna.say("one")
        await bot.quiet()
        echo.answer = lambda update: Delivery(
            update.person, update.chat, (), None, None, (), beneath=ASKS
        )
        await anna.say("call me")
        await bot.quiet()
    assert said(anna) == ["one", "📞"]


def test_a_later_screen_does_not_swallow_the_question():
    screen = Delivery(7, 7, (), Message((Span("x"),)), 3, ())
    asks = replace(screen, message=None, edit=None, beneath=ASKS)
    assert merged(screen, asks) == replace(screen, beneath=ASKS)


@pytest.fixture
async def lanes(run, anna):
    """Of a chat that has begun; what is put in at once is carried out as one."""
    await anna.say("one")
    async with run() as bot:
        await bot.quiet()
        yield bot.polling.lanes


async def test_nothing_is_asked_after_a_quick_exit(lanes, anna):
    screen = Message((Span("screen"),))
    lanes.put([Delivery(7, 7, (), screen, None, (), beneath=ASKS)], 9)
    lanes.put([Delivery(7, 7, (), None, None, (anna.answers[0].id,))], 9)
    await lanes.finished()
    assert said(anna) == []


async def test_a_screen_that_waits_and_a_question_both_arrive(lanes, anna):
    screen = Message((Span("screen"),))
    lanes.put([Delivery(7, 7, (), screen, None, ())], 9)
    lanes.put([Delivery(7, 7, (), None, None, (), beneath=ASKS)], 9)
    await lanes.finished()
    assert said(anna) == ["one", "screen", "📞"]


async def test_a_newer_screen_keeps_the_question(lanes, anna):
    first, second = (Message((Span(text),)) for text in ("first", "second"))
    lanes.put([Delivery(7, 7, (), first, None, (), beneath=ASKS)], 9)
    lanes.put([Delivery(7, 7, (), second, None, ())], 9)
    await lanes.finished()
    assert said(anna) == ["one", "second", "📞"]
