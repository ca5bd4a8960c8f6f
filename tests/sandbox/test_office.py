"""The second phone of the page: two counsellors, their group and their private chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from bot.sandbox import Sandbox
    from bot.sandbox.groups import Group
    from bot.sandbox.people import Person
    from bot.sandbox.taps import Tap

pytestmark = pytest.mark.browser

GROUP = -1_001_000_000_001
CLAIM = InlineKeyboardMarkup.from_button(
    InlineKeyboardButton("Übernehmen", callback_data="k:R1:claim")
)


@pytest.fixture
def ana(sandbox: Sandbox) -> Person:
    return sandbox.person(71, "Kollegin A", language_code="de")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person(72, "Kollege B", language_code="de")


@pytest.fixture
async def group(sandbox: Sandbox, ana: Person, ben: Person) -> Group:
    made = sandbox.group(GROUP, "Beratung", standings={ana.id: "creator", ben.id: "member"})
    await made.add_bot(ana)
    for colleague in (ana, ben):
        await colleague.start()
    sandbox.office = made
    return made


@pytest.fixture
async def phone(sandbox: Sandbox, page: Page, group: Group) -> Locator:
    """The second one, with the group on its screen, as the first colleague sees it."""
    await page.set_viewport_size({"width": 1000, "height": 700})
    await page.goto(f"{sandbox.url}/?language=ar")
    found = page.locator("#counsellors .phone")
    await expect(shown(found, ".service")).to_have_text(
        f"Kollegin A added {group.world.me()['first_name']}"
    )
    return found


def shown(phone: Locator, selector: str) -> Locator:
    """In the chat that is open."""
    return phone.locator(f".talk:not([hidden]) {selector}")


def room(phone: Locator, title: str) -> Locator:
    return phone.locator(".room:visible").filter(has=phone.page.get_by_text(title, exact=True))


async def choose(phone: Locator, name: str) -> None:
    await phone.locator(".switch label", has_text=name).click()


async def tapped(sandbox: Sandbox, person: Person) -> Tap:
    return await sandbox.until(lambda: person.taps[-1])


async def test_each_counsellor_has_two_chats_with_marks(
    bot: Bot, phone: Locator, ben: Person
) -> None:
    await bot.send_message(GROUP, "Karte", reply_markup=CLAIM, protect_content=True)
    await bot.send_message(ben.id, "Einzelheiten")
    await expect(shown(phone, ".message").last).to_contain_text("Karte")
    await expect(shown(phone, ".protected")).to_have_count(1)
    marks = phone.locator(".switch .badge, .room:visible .badge")
    await expect(marks.locator("visible=true")).to_have_text(["2 unread"])

    await choose(phone, "Kollege B")
    await expect(marks.locator("visible=true")).to_have_text(["1 unread", "1 unread"])
    await room(phone, "Clearing").click()
    await expect(shown(phone, ".message").last).to_contain_text("Einzelheiten")
    await expect(marks.locator("visible=true")).to_have_count(0)


async def test_an_alert_covers_the_phone_of_whoever_tapped(
    bot: Bot, sandbox: Sandbox, page: Page, phone: Locator, ana: Person
) -> None:
    await bot.send_message(GROUP, "Karte", reply_markup=CLAIM)
    await phone.get_by_role("button", name="Übernehmen").click()
    tap = await tapped(sandbox, ana)
    await bot.answer_callback_query(tap.id, "Das ist Ihr Fall.", show_alert=True)
    alert = phone.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Das ist Ihr Fall.")
    await expect(alert.get_by_role("button")).to_be_focused()
    await expect(page.locator("#person [role=alertdialog]")).to_be_hidden()

    await page.locator("#person").get_by_role("button", name="Start").click()
    await expect(page.locator("#person .message")).to_contain_text("/start")
    await alert.get_by_role("button").press("Escape")
    await expect(alert).to_be_hidden()
    await expect(phone.get_by_role("button", name="Übernehmen")).to_be_focused()


async def test_a_notice_waits_until_its_colleague_has_the_phone(
    bot: Bot, sandbox: Sandbox, phone: Locator, ana: Person
) -> None:
    await bot.send_message(GROUP, "Karte", reply_markup=CLAIM)
    await phone.get_by_role("button", name="Übernehmen").click()
    tap = await tapped(sandbox, ana)
    await choose(phone, "Kollege B")
    await bot.answer_callback_query(tap.id, "Das ist Ihr Fall.")
    await bot.send_message(GROUP, "Danach")
    await expect(shown(phone, ".message").last).to_contain_text("Danach")
    await expect(phone.locator(".toasts p")).to_have_count(0)
    await choose(phone, "Kollegin A")
    await expect(phone.locator(".toasts p")).to_have_text("Das ist Ihr Fall.")


async def test_an_answer_opens_the_private_chat_of_whoever_tapped(
    bot: Bot, sandbox: Sandbox, phone: Locator, ben: Person
) -> None:
    await bot.send_message(GROUP, "Karte", reply_markup=CLAIM)
    await choose(phone, "Kollege B")
    await phone.get_by_role("button", name="Übernehmen").click()
    tap = await tapped(sandbox, ben)
    link = f"https://t.me/{sandbox.username}?start=k-R1"
    await bot.answer_callback_query(tap.id, url=link)
    await expect(shown(phone, ".message.mine").last).to_contain_text("/start k-R1")
    assert ben.chat[-1].text == "/start k-R1"

    await room(phone, "Beratung").click()
    open_it = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Öffnen", url=f"{link}-again"))
    await bot.send_message(GROUP, "Karte", reply_markup=open_it)
    await phone.get_by_role("link", name="Öffnen").click()
    await expect(shown(phone, ".message.mine").last).to_contain_text("/start k-R1-again")


async def test_the_keyboard_alone_is_enough_for_the_counsellors(
    bot: Bot, sandbox: Sandbox, phone: Locator, group: Group, ben: Person
) -> None:
    await bot.set_my_commands([("queue", "Wer wartet")])
    page = phone.page
    await phone.get_by_role("radio", name="Kollegin A").focus()
    await page.keyboard.press("ArrowRight")
    await expect(phone.get_by_role("radio", name="Kollege B")).to_be_checked()
    await page.keyboard.press("Tab")
    await expect(room(phone, "Beratung")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(room(phone, "Clearing")).to_have_attribute("aria-current", "true")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await shown(phone, "textarea").fill("/link CODE7")
    await page.keyboard.press("Enter")
    await shown(phone, ".slash").press("Enter")
    await page.keyboard.press("Enter")
    said = await sandbox.until(
        lambda: [m.text for m in group.visible if m.sender["id"] == ben.id][1:]
    )
    assert [m.text for m in group.visible[-2:]] == ["/link CODE7", *said]
    assert said == [f"/queue@{sandbox.username}"]


@pytest.mark.usefixtures("group")
async def test_on_a_narrow_screen_one_phone_is_below_the_other(
    sandbox: Sandbox, page: Page, bot: Bot
) -> None:
    await page.goto(f"{sandbox.url}/?language=ar")
    await page.locator("#person").get_by_role("button", name="Start").click()
    boxes = [
        await page.locator(f"#{place} .phone").bounding_box() for place in ("person", "counsellors")
    ]
    first, second = (box for box in boxes if box is not None)
    assert first["y"] + first["height"] <= second["y"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390

    await bot.send_message(GROUP, "Karte")
    send = page.locator("#counsellors .talk:not([hidden]) .send")
    await expect(send).not_to_be_in_viewport()
    await page.get_by_role("link", name="Counsellors").press("Enter")
    await expect(send).to_be_in_viewport(ratio=1)
    await expect(page.locator(".switch")).to_be_in_viewport(ratio=1)
    await page.get_by_role("link", name="Person").press("Enter")
    await expect(page.locator("#person .send")).to_be_in_viewport(ratio=1)


@pytest.mark.usefixtures("phone")
async def test_the_person_gives_the_own_number_with_one_press(
    bot: Bot, sandbox: Sandbox, page: Page
) -> None:
    await page.locator("#person").get_by_role("button", name="Start").click()
    person = await sandbox.until(lambda: next(p for p in sandbox.people if p.id > 72 and p.started))
    key = KeyboardButton("رقمي", request_contact=True)
    panel = ReplyKeyboardMarkup([[key]], one_time_keyboard=True)
    await bot.send_message(person.id, "?", reply_markup=panel)
    await page.get_by_role("button", name="رقمي").click()
    await expect(page.locator("#person .message.mine").last).to_contain_text(person.phone_number)
    await expect(page.locator("#person .panel")).to_be_hidden()
    assert person.chat[-1].content["contact"]["user_id"] == person.id
