"""In a real browser: one person, two counsellors, one case, on the page of the demonstration."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.commands.demonstration import open_office
from bot.sandbox import Sandbox
from bot.sandbox.chats import Message
from bot.sandbox.people import Person

pytestmark = pytest.mark.browser

SERVICE = "fluechtlingsrat"
OF_THE_PERSON = (
    "Arabisch",
    "Stadt: Cottbus",
    "Arbeit und",
    "Asylverfahren",
    "ab 27",
    "Termin",
    "+49",
)
"""What the counsellors read of the case, or write into it."""
PATIENCE = 20_000.0
"""Milliseconds: a group takes few messages a minute, so the bot waits between two."""


@dataclass
class Phones:
    """Both, with the bot behind them; `code` is the case's."""

    page: Page
    sandbox: Sandbox
    code: str = ""

    @property
    def person(self) -> Locator:
        return self.page.get_by_role("region", name="The person who looks for help")

    @property
    def desk(self) -> Locator:
        return self.page.get_by_role("region", name="The counsellors", exact=True)

    @property
    def seen(self) -> Locator:
        """The chat that is open on the counsellors' phone."""
        return self.desk.locator(".talk:not([hidden]) .chat")

    @property
    def ben(self) -> Person:
        assert self.sandbox.office
        return self.sandbox.office.people[1]

    @property
    def card(self) -> Message:
        assert self.sandbox.office
        return self.sandbox.office.visible[-1]

    async def choose(self, colleague: str) -> None:
        await self.desk.locator(".switch label", has_text=colleague).click()

    async def enter(self, title: str) -> None:
        await self.desk.locator(".room:visible", has_text=title).click()

    def case(self, deed: str) -> Locator:
        return self.seen.locator(f'[data-data^="k:{self.code}:{deed}"]').first

    def key(self, data: str) -> Locator:
        return self.person.locator(f'[data-data="{data}"]').last

    async def hand_over(self) -> None:
        """From the first word to the yes, and the card in the group."""
        await self.page.goto(f"{self.sandbox.url}/?language=ar&start=12052000-work")
        await self.person.get_by_role("button", name="Start").click()
        for data in ("a:age:27_plus", "a:status:asylum", f"s:{SERVICE}", f"c:{SERVICE}"):
            await self.key(data).click()
        yes = self.person.locator(f'[data-data^="y:{SERVICE}:"]')
        self.code = str(await yes.get_attribute("data-data")).rpartition(":")[2]
        await yes.click()
        await expect(self.key(f"u:{self.code}")).to_be_visible()
        await expect(self.case("claim")).to_be_visible(timeout=PATIENCE)

    async def claim(self) -> None:
        """By the first colleague, who then reads the private chat."""
        await self.case("claim").click()
        alert = self.desk.get_by_role("alertdialog")
        await expect(alert).to_contain_text("Danke, Sie haben übernommen!")
        await alert.get_by_role("button").click()
        await self.enter("Clearing")
        await expect(self.seen).to_contain_text("im Asylverfahren")


@pytest.fixture
async def page(chromium: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield await browser.new_page(viewport={"width": 1280, "height": 900})
        await browser.close()


@pytest.fixture
async def phones(
    bot: Callable[..., AbstractAsyncContextManager[None]], sandbox: Sandbox, page: Page
) -> AsyncIterator[Phones]:
    """A case has been handed over; the first colleague has the phone."""
    async with bot(office=open_office(sandbox)):
        made = Phones(page, sandbox)
        await made.hand_over()
        yield made


async def test_handed_over_claimed_an_appointment_and_taken_back(phones: Phones) -> None:
    card = phones.card
    for colleague in ("Kollege B", "Kollegin A"):
        await phones.choose(colleague)
        await expect(phones.seen).to_contain_text("Landkreis oder Stadt: Cottbus")
        await expect(phones.case("claim")).to_be_visible()
        assert "Asylverfahren" not in await phones.seen.inner_text()
    assert "Demonstration" in card.text
    await phones.claim()

    await phones.choose("Kollege B")
    await expect(phones.seen).to_contain_text(f"{phones.code}: übernommen", timeout=PATIENCE)
    await expect(phones.case("claim")).to_have_count(0)
    # A phone that has not drawn the news yet still shows the button.
    await phones.ben.press(card, f"k:{phones.code}:claim")
    await expect(phones.desk.locator(".toasts")).to_contain_text("schneller")
    await phones.choose("Kollegin A")

    for deed in ("say", "say:appointment", "day:", "at:"):
        await phones.case(deed).click()
    await expect(phones.person).to_contain_text("Rudolf-Breitscheid-Str. 164")
    await phones.key(f"p:{phones.code}:come").click()
    await expect(phones.key(f"p:{phones.code}:come")).to_have_count(0)
    await expect(phones.seen).to_contain_text("Ich komme")

    await phones.key(f"u:{phones.code}").click()
    await expect(phones.key(f"u:{phones.code}")).to_have_count(0)
    chats = phones.desk.locator(".chat")
    await expect(chats).to_have_count(4)
    for chat in await chats.all():
        for word in OF_THE_PERSON:
            await expect(chat).not_to_contain_text(word, timeout=PATIENCE)
