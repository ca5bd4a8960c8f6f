"""What goes over the wire, and what happens when the wire fails."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import segno

from bot.message import Message, Picture, Span
from bot.sandbox.faults import Answer, Flood, Lost, Refuse, Silence


async def test_one_message_lives_and_is_edited(sandbox, echo, run):
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        assert person.last.text == "one"
        await person.say("two")
        await bot.quiet()
    assert [message.text for message in person.answers] == ["two"]
    assert echo.living == {7: person.last.id}


async def test_ten_taps_in_a_second_are_all_answered_and_the_last_is_shown(sandbox, run):
    """F46."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("hello")
        await bot.quiet()
        shown = person.last
        taps = [await person.press(shown, f"a:age:{number}") for number in range(10)]
        await bot.quiet()
    assert all(tap.answer is not None for tap in taps)
    assert person.answers == [shown]
    assert "'9'" in shown.text


async def test_a_flood_holds_up_one_chat_and_nobody_else(sandbox, run, pauses):
    """F16: a screen."""
    first, second = sandbox.person(7), sandbox.person(8)
    sandbox.faults.script("sendMessage", Flood(30), chat=7)
    async with run() as bot:
        await first.say("one")
        await second.say("two")
        await bot.quiet()
    assert 30 in pauses.seconds
    assert (first.last.text, second.last.text) == ("one", "two")
    sent = [call["chat_id"] for call in sandbox.called("sendMessage")]
    assert sent == [7, 8, 7]


@pytest.mark.parametrize(
    "fault",
    [
        Answer(),
        Answer(status=200),
        Answer(status=200, body='{"ok":true}', content_type="application/json"),
        Answer(status=200, body='{"ok":true,"result":{"mess', content_type="application/json"),
        Answer(status=200, body="[]", content_type="application/json"),
        Lost(processed=False),
        Refuse(500, "Internal Server Error: restart"),
    ],
)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "deleteMessages"])
async def test_a_fault_on_the_way_is_tried_again(sandbox, echo, run, fault, method):
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        sandbox.faults.script(method, fault)
        if method != "editMessageText":
            echo.answer = echo.anew
        await person.say("two")
        await bot.quiet()
    assert sandbox.faults.open == 0
    assert [message.text for message in person.answers] == ["two"]
    assert echo.living == {7: person.last.id}


async def test_an_edit_whose_answer_was_lost_is_found_done(sandbox, run):
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        sandbox.faults.script("editMessageText", Lost(processed=True))
        await person.say("two")
        await bot.quiet()
    assert [call.status for call in sandbox.called("editMessageText")][-1] == 400
    assert [message.text for message in person.answers] == ["two"]


async def test_the_same_screen_again_is_no_error(sandbox, run, caplog):
    """F28: a screen."""
    person = sandbox.person(7)
    async with run() as bot:
        for _ in range(2):
            await person.say("same")
            await bot.quiet()
    assert len(person.answers) == 1
    assert not caplog.records


async def test_a_deleted_living_message_is_replaced(sandbox, echo, run):
    """F29: a screen."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        person.remove(person.last)
        await person.say("two")
        await bot.quiet()
    assert [message.text for message in person.answers] == ["two"]
    assert echo.living == {7: person.last.id}


async def test_a_living_message_that_cannot_be_edited_is_replaced_and_taken_away(sandbox, run):
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        sandbox.faults.script(
            "editMessageText", Refuse(400, "Bad Request: message can't be edited")
        )
        await person.say("two")
        await bot.quiet()
    assert [message.text for message in person.answers] == ["two"]


async def test_who_blocks_the_bot_is_reported_as_gone(sandbox, echo, run):
    """F18: a screen."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        person.block()
        await bot.quiet()
    assert echo.left == [7]
    assert sandbox.faults.open == 0


async def test_a_deleted_account_is_reported_as_gone(sandbox, echo, run):
    """F19: a screen."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        person.deactivate()
        await bot.quiet()
    assert echo.left == [7]


async def test_a_screen_decided_while_another_is_on_its_way_goes_into_that_one(sandbox, echo, run):
    """Twenty times /start must not leave two living messages."""
    person = sandbox.person(7)
    sandbox.faults.script("sendMessage", Silence(0.05))
    async with run() as bot:
        await person.say("one")
        await sandbox.until(lambda: sandbox.called("sendMessage"))
        for text in ("two", "three"):
            await person.say(text)
            await sandbox.until(lambda: not len(sandbox.updates))
        await bot.quiet()
        assert [message.text for message in person.answers] == ["three"]
        assert len(sandbox.called("sendMessage")) == 1
    assert echo.living == {7: person.last.id}


async def test_nothing_stays_after_a_quick_exit_not_even_what_was_on_its_way(sandbox, echo, run):
    def exits(update):
        usual = echo.in_place(update)
        return replace(usual, message=None, edit=None, delete=(update.message,))

    person = sandbox.person(7)
    sandbox.faults.script("sendMessage", Silence(0.05))
    async with run() as bot:
        await person.say("one")
        await sandbox.until(lambda: sandbox.called("sendMessage"))
        echo.answer = exits
        await person.say("x")
        await bot.quiet()
    assert person.answers == []
    assert [message.text for message in person.visible] == ["one"]


async def test_a_quick_exit_takes_the_place_of_what_still_waits(sandbox, echo, run):
    def exits(update):
        return replace(echo.in_place(update), message=None, edit=None, delete=(update.message,))

    person = sandbox.person(7)
    sandbox.faults.script("sendMessage", Silence(0.05))
    async with run() as bot:
        await person.say("one")
        await sandbox.until(lambda: sandbox.called("sendMessage"))
        await person.say("two")
        await sandbox.until(lambda: not len(sandbox.updates))
        echo.answer = exits
        await person.say("x")
        await bot.quiet()
    assert person.answers == []


async def test_what_is_too_old_to_delete_becomes_innocuous(sandbox, echo, run, clock):
    def exits(update):
        numbers = (person.answers[0].id, update.message)
        innocuous = Message((Span("🌤"),))
        return replace(echo.in_place(update), message=None, delete=numbers, innocuous=innocuous)

    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        clock.goes_on(hours=49)
        echo.answer = exits
        await person.say("x")
        await bot.quiet()
    assert [message.text for message in person.visible] == ["one", "🌤"]
    assert person.last.buttons == []


async def test_more_than_a_hundred_messages_are_taken_away(sandbox, echo, run):
    person = sandbox.person(7)
    async with run() as bot:
        old = [await person.say(f"{number}") for number in range(150)]
        await bot.quiet()
        echo.answer = lambda update: replace(
            echo.in_place(update), message=None, delete=tuple(message.id for message in old)
        )
        await person.say("x")
        await bot.quiet()
    assert [message.text for message in person.visible if not message.from_bot] == ["x"]


async def test_a_picture_stands_above_the_living_message(sandbox, echo, run):
    image = BytesIO()
    segno.make("https://t.me/a_bot").save(image, kind="png")

    def shares(update):
        usual = echo.in_place(update)
        picture = Picture(image.getvalue(), "link.png")
        return replace(usual, message=replace(usual.message, picture=picture))

    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        echo.answer = shares
        await person.say("two")
        await bot.quiet()
        photo, text = person.answers
        assert "photo" in photo.content
        assert text.text == "two"
        assert (echo.others, echo.living) == ([photo.id], {7: text.id})


async def test_a_picture_is_not_sent_twice_when_the_text_fails(sandbox, echo, run):
    image = BytesIO()
    segno.make("https://t.me/a_bot").save(image, kind="png")
    echo.answer = lambda update: replace(
        echo.in_place(update),
        message=Message((Span("two"),), (), Picture(image.getvalue(), "a.png")),
    )
    person = sandbox.person(7)
    sandbox.faults.script("sendMessage", Lost(processed=False))
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    assert len(sandbox.called("sendPhoto")) == 1
    assert len(person.answers) == 2


async def test_styles_that_are_refused_are_left_out(sandbox, echo, run, caplog):
    echo.answer = lambda update: replace(
        echo.in_place(update), message=Message((Span("here", url="https://example.org"),))
    )
    refusal = Refuse(400, "Bad Request: entity begins in a middle of a UTF-16 symbol")
    sandbox.faults.script("sendMessage", refusal)
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    assert person.last.text == "here"
    assert "refused" in caplog.text


@pytest.mark.parametrize(
    "text",
    ["ß" * 70_000, "\U0001f600" * 4000, "a\u202eb", "half a pair: \ud83d", "<b>&amp;</b>", "\x00a"],
)
async def test_any_text_goes_out(sandbox, echo, run, text):
    """F52."""
    echo.answer = lambda update: replace(echo.in_place(update), message=Message((Span(text),)))
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
    assert len(person.answers) == 1


async def test_what_telegram_takes_in_no_way_is_given_up(sandbox, echo, run):
    echo.answer = lambda update: replace(echo.in_place(update), message=Message((Span(" "),)))
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        echo.answer = None
        await person.say("two")
        await bot.quiet()
    assert [message.text for message in person.answers] == ["two"]


async def test_links_show_no_preview(sandbox, run):
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("https://example.org")
        await bot.quiet()
    assert sandbox.called("sendMessage")[-1]["link_preview_options"] == {"is_disabled": True}


async def test_a_tap_too_old_to_answer_is_acted_on_all_the_same(sandbox, run, caplog):
    """F32."""
    person = sandbox.person(7)
    async with run() as bot:
        await person.say("one")
        await bot.quiet()
        too_old = "query is too old and response timeout expired or query ID is invalid"
        sandbox.faults.script("answerCallbackQuery", Refuse(400, f"Bad Request: {too_old}"))
        await person.tap("h")
        await sandbox.until(lambda: "AskedForHuman" in person.last.text)
        await bot.polling.lanes.finished()
    assert not caplog.records


async def test_a_fourth_new_message_in_a_second_waits(sandbox, echo, run, pauses):
    echo.answer = echo.anew
    person = sandbox.person(7)
    async with run() as bot:
        for number in range(4):
            await person.say(f"{number}")
            await bot.quiet()
    assert [round(seconds) for seconds in pauses.seconds] == [1]
