"""Somebody whose phone speaks Arabic, in a real browser, from Start to the door and out again."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

pytestmark = pytest.mark.browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OURS = ".message:not(.mine) .text"


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield await browser.new_page(viewport={"width": 390, "height": 844})
        await browser.close()


async def tap(page: Page, pictogram: str) -> None:
    await page.get_by_role("button").filter(has_text=pictogram).last.click()


async def test_an_arabic_speaker_gets_to_the_door_and_out_again(bot, sandbox, page):
    text = page.locator(OURS).last
    async with bot():
        await page.goto(f"{sandbox.url}/?language=ar")
        await page.get_by_role("button", name="Start").click()
        await expect(text).to_contain_text("👋")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"

        await tap(page, "🛠️")
        await expect(text).to_contain_text("📎")
        await page.get_by_role("textbox").last.fill("كوتبوس")
        await page.keyboard.press("Enter")
        await tap(page, "🧓")
        await expect(text).to_contain_text("Aufenthaltsgestattung")
        await tap(page, "⏳")

        await expect(text).to_contain_text("Flüchtlingsberatung")
        await expect(text.locator('a[href^="tel:+49"]')).to_be_visible()
        await expect(page.locator(OURS)).to_have_count(1)
        await tap(page, "🪧")
        await expect(text).to_contain_text("Ich spreche Arabisch")
        await tap(page, "🌐")
        await tap(page, "Українська")
        await expect(text).to_contain_text("Migrationssozialarbeit")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "ltr"
        await tap(page, "✖️")
        await expect(page.locator(".message")).to_have_count(0)
