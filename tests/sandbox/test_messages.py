"""Sending, changing and deleting, as python-telegram-bot meets it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
import pytest
import segno
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.sandbox.rates import Rates

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox import Clock, Sandbox
    from bot.sandbox.people import Person

MARKUP = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Так", callback_data="a:course:yes")],
        [InlineKeyboardButton("Сайт", url="https://example.org")],
    ]
)


@pytest.fixture
async def oksana(sandbox: Sandbox) -> Person:
    person = sandbox.person(7, "Oksana")
    await person.start()
    return person


async def test_a_message_arrives_with_its_format_and_buttons(bot: Bot, oksana: Person) -> None:
    sent = await bot.send_message(
        7, "👋 <b>Привіт</b>, +49 331 1234567", parse_mode="HTML", reply_markup=MARKUP
    )
    assert sent.text == "👋 Привіт, +49 331 1234567"
    assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [
        ("bold", "Привіт"),
        ("phone_number", "+49 331 1234567"),
    ]
    assert oksana.last.text == sent.text
    assert oksana.last.data == ["a:course:yes"]
    assert oksana.last.buttons[1].url == "https://example.org"


async def test_an_edit_replaces_text_and_buttons(bot: Bot, oksana: Person) -> None:
    sent = await bot.send_message(7, "one", reply_markup=MARKUP)
    await bot.edit_message_text("two", 7, sent.message_id)
    assert (oksana.last.text, oksana.last.data) == ("two", [])
    await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=MARKUP)
    assert oksana.last.data == ["a:course:yes"]
    assert len(oksana.answers) == 1


async def test_the_bot_can_delete_what_it_and_what_the_person_wrote(
    bot: Bot, oksana: Person
) -> None:
    typed = await oksana.say("Я живу в Коттбусі")
    sent = await bot.send_message(7, "one")
    await bot.delete_message(7, typed.id)
    assert oksana.chat[-1].text == "one"
    await bot.delete_messages(7, [sent.message_id, 99])
    assert [message.text for message in oksana.chat] == ["/start"]


async def test_after_two_days_nothing_can_be_deleted(
    bot: Bot, oksana: Person, clock: Clock
) -> None:
    sent = await bot.send_message(7, "one")
    clock.goes_on(hours=48, seconds=1)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(7, sent.message_id)
    await bot.edit_message_text("·", 7, sent.message_id)
    assert oksana.last.text == "·"


async def test_a_venue_a_photo_and_a_document_arrive(
    bot: Bot, sandbox: Sandbox, oksana: Person
) -> None:
    await bot.send_venue(7, 52.4, 13.06, "Beratung", "Am Markt 1")
    assert oksana.last.content["venue"]["title"] == "Beratung"
    picture = BytesIO()
    segno.make("x").save(picture, kind="png")
    sent = await bot.send_photo(7, picture.getvalue(), caption="<i>скануй</i>", parse_mode="HTML")
    assert (sent.caption, sent.caption_entities[0].type) == ("скануй", "italic")
    assert sandbox.files[sent.photo[-1].file_id].content == picture.getvalue()
    again = await bot.send_photo(7, sent.photo[-1].file_id)
    assert again.photo == sent.photo
    sent = await bot.send_document(7, b"%PDF-", filename="beratung.pdf")
    assert sent.document is not None
    assert sent.document.file_name == "beratung.pdf"
    await bot.send_chat_action(7, "typing")
    assert oksana.typing


async def test_a_tap_is_answered_once(bot: Bot, sandbox: Sandbox, oksana: Person) -> None:
    await bot.send_message(7, "?", reply_markup=MARKUP)
    tap = await oksana.tap("Так")
    await bot.answer_callback_query(tap.id, "Збережено")
    assert oksana.toasts[0].text == "Збережено"
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await bot.answer_callback_query(tap.id)
    assert len(sandbox.called("answerCallbackQuery")) == 2


async def test_a_tap_lives_for_150_seconds(bot: Bot, oksana: Person, clock: Clock) -> None:
    await bot.send_message(7, "?", reply_markup=MARKUP)
    tap = await oksana.tap("a:course:yes")
    clock.goes_on(seconds=151)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(tap.id)


@pytest.mark.usefixtures("oksana")
@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda bot: bot.send_message(7, "x" * 4097), "Message is too long"),
        (lambda bot: bot.send_message(7, "👍" * 2049), "Message is too long"),
        (lambda bot: bot.send_message(7, "x" * 40_000), "Text is too long"),
        (lambda bot: bot.send_message(7, " \n "), "Message text is empty"),
        (lambda bot: bot.send_message(99, "x"), "Chat not found"),
        (lambda bot: bot.send_message("", "x"), "Chat_id is empty"),
        (lambda bot: bot.edit_message_text("x", 7, 99), "Message to edit not found"),
        (lambda bot: bot.edit_message_text("x", 7, 1), "Message can't be edited"),
        (lambda bot: bot.delete_message(7, 99), "Message to delete not found"),
        (lambda bot: bot.send_message(7, "x", reply_to_message_id=99), "to be replied not found"),
        (lambda bot: bot.send_venue(7, 1, 1, " ", "x"), "Venue title must be non-empty"),
        (lambda bot: bot.send_photo(7, b"no picture"), "Image_process_failed"),
        (lambda bot: bot.set_my_commands([("No!", "x")]), "Bot_command_invalid"),
        (
            lambda bot: bot.set_my_description("x", language_code="kmr"),
            "Invalid language code specified",
        ),
        (lambda bot: bot.get_chat_administrators(7), "There are no administrators"),
    ],
)
async def test_it_refuses_what_telegram_refuses(
    bot: Bot, do: Callable[[Bot], Awaitable[object]], says: str
) -> None:
    with pytest.raises(BadRequest, match=says):
        await do(bot)


@pytest.mark.usefixtures("oksana")
async def test_4096_units_are_the_most(bot: Bot) -> None:
    assert await bot.send_message(7, "<b>" + "👍" * 2048 + "</b>", parse_mode="HTML")


@pytest.mark.usefixtures("oksana")
@pytest.mark.parametrize(
    ("button", "says"),
    [
        ({"text": "x", "callback_data": "ж" * 33}, "Button_data_invalid"),
        ({"text": "x", "callback_data": ""}, "Button_data_invalid"),
        ({"text": " ", "callback_data": "x"}, "text must be non-empty"),
        ({"text": "x", "url": "javascript:alert(1)"}, "Wrong http url"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
    ],
)
async def test_bad_buttons_are_refused(bot: Bot, button: dict[str, str], says: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){says}"):
        await bot.send_message(7, "x", reply_markup={"inline_keyboard": [[button]]})


async def test_the_same_content_is_not_modified(bot: Bot, oksana: Person) -> None:
    await bot.send_message(7, "<b>x</b>", parse_mode="HTML", reply_markup=MARKUP)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text(
            "<b>x</b> ", 7, oksana.last.id, parse_mode="HTML", reply_markup=MARKUP
        )
    entities = [MessageEntity("italic", 0, 1)]
    await bot.edit_message_text("x", 7, oksana.last.id, entities=entities, reply_markup=MARKUP)


async def test_a_venue_has_no_text_to_edit(bot: Bot, oksana: Person) -> None:
    await bot.send_venue(7, 1, 1, "x", "y")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", 7, oksana.last.id)


async def test_a_reply_keyboard_stays_until_it_is_taken_away(bot: Bot, oksana: Person) -> None:
    panel = ReplyKeyboardMarkup([[KeyboardButton("📍", request_location=True)]])
    sent = await bot.send_message(7, "?", reply_markup=panel)
    assert oksana.panel is not None
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text("x", 7, sent.message_id, reply_markup=panel)
    await bot.send_message(7, "!", reply_markup={"remove_keyboard": True})
    assert oksana.panel is None


async def test_the_contact_button_gives_away_the_own_number(bot: Bot, oksana: Person) -> None:
    oksana.phone_number = "+493023125007"
    key = KeyboardButton("Надіслати мій номер", request_contact=True)
    panel = ReplyKeyboardMarkup([[key]], one_time_keyboard=True)
    await bot.send_message(7, "Ваш номер?", reply_markup=panel)
    with pytest.raises(LookupError, match="Надіслати мій номер"):
        await oksana.use("Call me")
    await oksana.use("Надіслати мій номер")
    assert oksana.panel is None, "a keyboard for one time hides"
    contact = (await bot.get_updates())[-1].message.contact
    assert (contact.phone_number, contact.user_id) == ("+493023125007", 7)


async def test_a_tap_can_open_the_private_chat(bot: Bot, sandbox: Sandbox, oksana: Person) -> None:
    await bot.send_message(7, "?", reply_markup=MARKUP)
    tap = await oksana.tap("Так")
    for elsewhere in ("https://example.org", "https://t.me/other_bot?start=x"):
        with pytest.raises(BadRequest, match="Url_invalid"):
            await bot.answer_callback_query(tap.id, url=elsewhere)
    link = f"https://t.me/{sandbox.username}?start=k-R1"
    await bot.answer_callback_query(tap.id, url=link)
    assert tap.answer is not None
    await oksana.open(str(tap.answer.url))
    assert oksana.chat[-1].text == "/start k-R1"
    with pytest.raises(LookupError, match="does not start the bot"):
        await oksana.open("https://t.me/other_bot?start=x")


async def test_nobody_is_written_to_against_their_will(bot: Bot, sandbox: Sandbox) -> None:
    shy = sandbox.person(8, seen=True)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(8, "x")
    await shy.start()
    shy.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(8, "x")
    shy.unblock()
    await bot.send_message(8, "x")
    shy.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(8, "x")


async def test_commands_and_descriptions_are_kept_by_language(bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "Допомога")], language_code="uk")
    assert (await bot.get_my_commands(language_code="uk"))[0].description == "Допомога"
    assert await bot.get_my_commands(language_code="ar") == ()
    assert sandbox.profile.menu("ar")[0]["description"] == "Help"
    await bot.set_my_description("Привіт", language_code="uk")
    await bot.set_my_short_description("Привіт", language_code="uk")
    assert sandbox.profile.description("uk") == "Привіт"
    assert (await bot.get_my_description("uk")).description == "Привіт"


async def test_an_unknown_method_is_not_implemented(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(NetworkError, match="Not Implemented: the sandbox does not know sendDice"):
        await bot.send_dice(7)
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{sandbox.url}/bot1:wrong/getMe")
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_limits_on_sending_can_be_switched_on(
    bot: Bot, sandbox: Sandbox, oksana: Person, clock: Clock
) -> None:
    sandbox.rates = Rates()
    for number in range(3):
        await bot.send_message(7, str(number))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(7, "4")
    clock.goes_on(seconds=refused.value.retry_after.total_seconds())
    await bot.send_message(7, "4")
    assert len(oksana.answers) == 4
