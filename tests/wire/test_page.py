"""The page for somebody who reads from right to left: names, numbers and buttons in order."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

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
WIDTH = 390
READS_FROM_THE_LEFT = """(node, text) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let part = walker.nextNode(); part; part = walker.nextNode()) {
    const start = part.data.indexOf(text);
    if (start < 0) continue;
    const edges = [...text].map((_, at) => {
      const range = document.createRange();
      range.setStart(part, start + at);
      range.setEnd(part, start + at + 1);
      return range.getBoundingClientRect().left;
    });
    return edges.every((edge, at) => at === 0 || edges[at - 1] <= edge);
  }
  return null;
}"""
"""Where each letter stands on the screen, not what a style sheet says about it."""


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        opened = await browser.new_page(viewport={"width": WIDTH, "height": 844})
        errors: list[object] = []
        opened.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - it marks its handlers
        yield opened
        await browser.close()
        assert errors == []


async def tap(page: Page, data: str) -> None:
    await page.locator(f'[data-data="{data}"]').last.click()


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox").last.fill(text)
    await page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    return page.locator(".message:not(.mine) .text").last


@pytest.mark.parametrize(("language", "place"), [("ar", "كوتبوس"), ("fa", "کوتبوس")])
async def test_numbers_and_commands_read_from_left_to_right(bot, sandbox, page, language, place):
    text = newest(page)
    async with bot():
        await page.goto(f"{sandbox.url}/?language={language}")
        await page.get_by_role("button", name="Start").click()
        await tap(page, "a:concern:work")
        await expect(text).to_contain_text("📎")
        await say(page, place)
        await tap(page, "a:age:27_plus")
        await tap(page, "a:status:asylum")
        phone = text.locator('a[href^="tel:+49"]').first
        number = await phone.inner_text()
        assert number.startswith("+49 ")
        assert await text.evaluate("node => getComputedStyle(node).direction") == "rtl"
        assert await text.evaluate(READS_FROM_THE_LEFT, number)
        assert await text.evaluate(READS_FROM_THE_LEFT, "Migrationssozialarbeit")
        await say(page, "/help")
        await expect(text).to_contain_text("/privacy")
        for command in ("/start", "/privacy", "/delete"):
            assert await text.evaluate(READS_FROM_THE_LEFT, command)
        assert await page.evaluate("document.documentElement.scrollWidth") <= WIDTH


async def test_a_command_in_a_text_can_be_tapped(bot, sandbox, page):
    async with bot():
        await page.goto(f"{sandbox.url}/?language=ar")
        await page.get_by_role("button", name="Start").click()
        await tap(page, "m:privacy")
        await newest(page).get_by_role("link", name="/delete").first.click()
        await expect(newest(page)).to_contain_text("✅")


@pytest.mark.parametrize("language", ["ar", "uk", "de"])
async def test_buttons_side_by_side_are_not_cut_off(bot, sandbox, page, language):
    cut = "keys => keys.filter((key) => key.scrollWidth > key.clientWidth + 1).length"
    beside = page.locator(".row:has(> :nth-child(2)) .label")
    async with bot():
        await page.goto(f"{sandbox.url}/?language={language}&start=12052000-work")
        await page.get_by_label("Phone language").select_option(language)
        await page.get_by_role("button", name="Start").click()
        for data in ("a:age:27_plus", "a:status:asylum"):
            await expect(page.locator(f'[data-data="{data}"]')).to_be_visible()
            assert await beside.evaluate_all(cut) == 0
            await tap(page, data)
        await expect(newest(page)).to_contain_text("Flüchtlingsberatung")
        assert await beside.evaluate_all(cut) == 0


async def test_the_desk_reads_german_and_the_phone_goes_on_in_arabic(bot, sandbox, page):
    text = newest(page)
    async with bot():
        await page.goto(f"{sandbox.url}/?language=ar&start=ar-12052000-work")
        await page.get_by_label("Phone language").select_option("ar")
        await page.get_by_role("button", name="Start").click()
        await tap(page, "a:age:27_plus")
        await tap(page, "a:status:asylum")
        await page.locator('[data-data^="g:"]').last.click()
        await expect(text).to_contain_text("Ich spreche Arabisch")
        said = text.locator("strong").filter(has_text="Guten Tag").first
        assert await said.evaluate(READS_FROM_THE_LEFT, "Guten Tag")
        assert (await text.inner_text()).count("Guten Tag") == 1
        await tap(page, "b")
        await tap(page, "m:share")
        picture = page.locator("img.picture")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
