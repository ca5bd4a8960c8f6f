"""In a real browser: one person, two counsellors, one case, on the page of the demonstration."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.sandbox import Clock, Sandbox
from bot.store.store import Store

pytestmark = pytest.mark.browser

SERVICE = "fluechtlingsrat"
GROUP = -1_001_000_000_001


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield await browser.new_page(viewport={"width": 1280, "height": 900})
        await browser.close()


def key(where: Locator, data: str) -> Locator:
    return where.locator(f'[data-data="{data}"]:visible').last


async def choose(desk: Locator, colleague: str) -> None:
    await desk.locator(".switch label", has_text=colleague).click()


async def open_room(desk: Locator, title: str) -> None:
    await desk.locator(".room:visible", has_text=title).click()


async def test_handed_over_claimed_an_appointment_and_taken_back(
    bot: Callable[[], AbstractAsyncContextManager[None]],
    sandbox: Sandbox,
    page: Page,
    clock: Clock,
    tmp_path: Path,
) -> None:
    ana = sandbox.person(900_001, "Kollegin A", language_code="de")
    ben = sandbox.person(900_002, "Kollege B", language_code="de")
    group = sandbox.group(GROUP, "Beratung", standings={ana.id: "creator", ben.id: "member"})
    sandbox.office = group
    async with bot():
        await ana.start()
        await ben.start()
        await ana.answer()
        await ben.answer()
        _invite(tmp_path, clock)
        await group.add_bot(ana, "INVITED")
        join = f"k:{SERVICE}:join"
        await sandbox.until(lambda: any(join in one.data for one in group.visible))
        await ben.tap(join, where=group)

        await page.goto(f"{sandbox.url}/?language=ar&start=12052000-work")
        person, desk = page.locator("#person .phone"), page.locator("#counsellors .phone")
        seen = desk.locator(".talk:not([hidden]) .chat")
        await person.get_by_role("button", name="Start").click()
        for data in ("a:age:27_plus", "a:status:asylum", f"s:{SERVICE}", f"c:{SERVICE}"):
            await key(person, data).click()
        yes = person.locator(f'[data-data^="y:{SERVICE}:"]')
        code = str(await yes.get_attribute("data-data")).rpartition(":")[2]
        await yes.click()
        await expect(key(person, f"u:{code}")).to_be_visible()

        claim = key(desk, f"k:{code}:claim")
        await claim.click()
        await desk.get_by_role("button", name="OK").click()
        await expect(seen).to_contain_text(re.compile("übernommen"))
        await choose(desk, "Kollege B")
        await expect(seen).not_to_contain_text("im Asylverfahren")
        await choose(desk, "Kollegin A")
        await open_room(desk, "Clearing")
        await expect(seen).to_contain_text("im Asylverfahren")

        await key(desk, f"k:{code}:say").click()
        await key(desk, f"k:{code}:say:appointment").click()
        await desk.locator(f'[data-data^="k:{code}:day:"]:visible').first.click()
        await desk.locator(f'[data-data^="k:{code}:at:"]:visible').first.click()
        await expect(person).to_contain_text("Rudolf-Breitscheid-Str. 164")
        await key(person, f"p:{code}:come").click()
        await expect(key(person, f"p:{code}:come")).to_have_count(0)

        await key(person, f"u:{code}").click()
        await expect(key(person, f"u:{code}")).to_have_count(0)
        await expect(seen).not_to_contain_text("im Asylverfahren")
        await open_room(desk, "Beratung")
        await expect(seen).not_to_contain_text("Cottbus")


def _invite(folder: Path, clock: Clock) -> None:
    address = f"sqlite:///{folder / 'clearing.db'}"
    store = Store.open(address, folder / "keys.db", lambda length: b"\7" * length)
    with store.turn(clock()) as transaction:
        transaction.teams.invite("INVITED", SERVICE, clock() + timedelta(hours=24))
    store.close()
