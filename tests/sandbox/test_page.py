"""The first phone of the page, in a real browser."""

from __future__ import annotations

import asyncio
import contextlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import segno
from playwright.async_api import expect
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page
    from telegram import Bot, Update

    from bot.sandbox import Sandbox

pytestmark = pytest.mark.browser

ARABIC = (
    "مرحبًا! <b>أين تسكن؟</b>\n"
    "اكتب اسم المدينة أو الرمز البريدي.\n"
    "الهاتف: \u2066+49 331 1234567\u2069، \u2066Caritas Potsdam\u2069\n"
    'المزيد على <a href="https://example.org/ar">الموقع</a> أو /privacy'
)
KEYBOARD = [
    [("نعم", "a:course:yes"), ("لا", "a:course:no")],
    [("🤷 لا أعرف", "a:course:?")],
    [("🌐 اللغة", "l:ar"), ("🆘 مساعدة الآن", "h")],
]


async def answer(bot: Bot, update: Update) -> None:
    """A tiny bot: it greets in Arabic, edits at a tap, and gives back what it hears."""
    if query := update.callback_query:
        await query.answer("تم الحفظ")
        await query.edit_message_text(
            "شكرًا. اخترت: \u2066" + str(query.data) + "\u2069",
            reply_markup=markup([[("⬅️ رجوع", "b")]]),
        )
        return
    message = update.effective_message
    assert message is not None
    chat = message.chat_id
    if message.location:
        await bot.send_venue(
            chat, 52.39, 13.06, "Fachberatungsdienst Süd", "Am Markt 1, 14467 Potsdam"
        )
    elif message.text == "qr":
        picture = BytesIO()
        segno.make("https://t.me/clearing_sandbox_bot?start=ar-12054000").save(
            picture, kind="png", scale=6, border=3
        )
        await bot.send_photo(chat, picture.getvalue(), caption="امسح الرمز")
    elif message.text and message.text.startswith("/start"):
        await bot.send_message(chat, ARABIC, parse_mode="HTML", reply_markup=markup(KEYBOARD))
    else:
        await bot.send_message(chat, f"You said: {message.text}")


def markup(rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


async def listen(bot: Bot) -> None:
    offset = None
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20, read_timeout=30):
            offset = update.update_id + 1
            await answer(bot, update)


@pytest.fixture
async def echo(bot: Bot) -> AsyncIterator[Bot]:
    await bot.set_my_description("Ich finde die zuständige Stelle.", language_code="de")
    await bot.set_my_description("أجد لك الجهة المسؤولة.", language_code="ar")
    await bot.set_my_commands([BotCommand("help", "مساعدة"), BotCommand("privacy", "الخصوصية")])
    task = asyncio.create_task(listen(bot))
    yield bot
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("echo")
async def test_an_arabic_talk_reads_from_right_to_left(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?language=ar")
    await expect(page.locator(".description")).to_have_text("أجد لك الجهة المسؤولة.")
    await page.get_by_role("button", name="Start").click()

    text = page.locator(".message:not(.mine) .text")
    await expect(text).to_contain_text("أين تسكن؟")
    assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"
    await expect(text.locator("strong")).to_have_text("أين تسكن؟")
    await expect(text.locator('a[href^="tel:"]')).to_have_attribute("href", "tel:+493311234567")
    await expect(text.locator('a[target="_blank"]').last).to_have_attribute(
        "href", "https://example.org/ar"
    )
    boxes = [
        await key.bounding_box() for key in await page.locator(".row").first.locator("button").all()
    ]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] < boxes[1]["x"], "Telegram does not mirror a row of buttons"
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    send, field = page.locator(".send"), page.locator("textarea")
    places = [await part.bounding_box() for part in (send, field)]
    assert places[0] is not None
    assert places[1] is not None
    assert places[0]["x"] > places[1]["x"], "only messages read from right to left"

    await page.get_by_role("button", name="نعم").click()
    await expect(page.locator(".toasts p")).to_have_text("تم الحفظ")
    await expect(text).to_contain_text("a:course:yes")
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)


@pytest.mark.usefixtures("echo")
async def test_the_keyboard_alone_is_enough(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?language=en")
    await page.get_by_role("button", name="Start").press("Enter")
    await page.get_by_role("button", name="نعم").press("Enter")
    await expect(page.get_by_role("button", name="رجوع")).to_be_focused()
    await page.get_by_role("textbox", name="Message").fill("first\nsecond")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message:not(.mine)").last).to_contain_text("You said: first")
    await expect(page.locator(".message").last).to_be_in_viewport()


@pytest.mark.usefixtures("echo")
async def test_what_people_write_is_never_read_as_html(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?language=en")
    await page.get_by_role("textbox", name="Message").fill("<img src=x onerror=alert(1)>")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message:not(.mine) .text")).to_have_text(
        "You said: <img src=x onerror=alert(1)>"
    )
    assert await page.locator(".message img").count() == 0


@pytest.mark.usefixtures("echo")
async def test_a_location_a_card_and_a_code_are_shown(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?language=ar")
    await page.get_by_role("textbox", name="Message").fill("qr")
    await page.keyboard.press("Enter")
    picture = page.locator("img.picture")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    await page.locator("summary[aria-label=Attach]").click()
    await page.get_by_role("button", name="Send this location").click()
    await expect(page.locator(".message:not(.mine) .card")).to_contain_text("Am Markt 1")
    await expect(page.locator(".message.mine .card")).to_contain_text("52.3989")


@pytest.mark.usefixtures("echo")
async def test_two_people_have_two_chats(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?language=ar")
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message")).to_have_count(2)
    await page.get_by_role("button", name="New person").click()
    await expect(page.locator(".message")).to_have_count(0)
    await page.get_by_label("Phone language").select_option("de")
    await expect(page.locator(".description")).to_have_text("Ich finde die zuständige Stelle.")
    await page.locator("#people").select_option("Person 1")
    await expect(page.locator(".message")).to_have_count(2)
    assert [person.language_code for person in sandbox.people] == ["ar", "de"]


@pytest.mark.usefixtures("echo")
async def test_a_poster_link_waits_for_start(sandbox: Sandbox, page: Page) -> None:
    await page.goto(f"{sandbox.url}/?start=uk-12067120")
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".message.mine .text")).to_have_text("/start uk-12067120")
