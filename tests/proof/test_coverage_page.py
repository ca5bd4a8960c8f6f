"""The page with the white spots, in a real browser."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright, expect

from bot.language import catalogues
from bot.places.outlines import read
from bot.proof.coverage import Coverage, coverage
from bot.proof.coverage_map import wishes
from bot.proof.coverage_page import page
from bot.proof.half_days import Half
from bot.proof.spots import ANY, REACHED, Standing, Wish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from bot.core.knowledge import Book

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.fixture(scope="session")
def covered(book: Book) -> Coverage:
    return coverage(book, DAY)


@pytest.fixture(scope="session")
def written(book: Book, covered: Coverage, locales: Path) -> str:
    german = catalogues.editing(locales, "de")
    return page(covered, book, ANY, read(ROOT / "knowledge" / "places"), german)


@pytest.fixture
async def sheet(chromium: str, written: str, tmp_path: Path) -> AsyncIterator[Page]:
    """The page from a file; anything that it loads or complains about is an error."""
    file = tmp_path / "page.html"
    file.write_text(written, encoding="utf-8")
    asked: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        opened = await browser.new_page(viewport={"width": 1200, "height": 900})
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: asked.append(message.text))
        opened.on("pageerror", lambda error: asked.append(str(error)))
        await opened.goto(file.as_uri())
        yield opened
        await browser.close()
    assert asked == [file.as_uri()]


async def signs(sheet: Page) -> dict[str, str]:
    """District -> the standing that the map shows, by its pattern and its sign alike."""
    return await sheet.evaluate(
        """() => {
            const sign = (mark) => {
                const href = document.querySelector(mark).getAttribute("href");
                return href.replace("#sign-", "");
            };
            const shown = (link) => {
                const key = link.dataset.key;
                const pattern = link.querySelector("path").classList[0].replace("is-", "");
                const marks = [sign(`[data-mark="${key}"] use`), sign(`[data-place="${key}"] use`)];
                return [key, [...new Set([pattern, ...marks])].join(" and ")];
            };
            return Object.fromEntries([...document.querySelectorAll("#map [data-key]")].map(shown));
        }"""
    )


def known(covered: Coverage, kind: str, wish: Wish) -> dict[str, str]:
    return {key: str(covered.spots[key, kind].standing(wish)) for key in covered.districts}


@pytest.mark.browser
async def test_every_choice_shows_what_was_measured(sheet, covered):
    assert await signs(sheet) == known(covered, covered.types[0], ANY)
    for kind, wish in (
        ("jmd", Wish(language="ru")),
        ("jmd", Wish(language="ar")),
        ("asylum_procedure_advice", ANY),
        ("foreigners_office", Wish(half=Half.AFTERNOON)),
        ("foreigners_office", Wish("ru", Half.MORNING)),
    ):
        await sheet.select_option("[name=kind]", kind)
        await sheet.select_option("[name=language]", wish.language or "")
        await sheet.check(f"[name=half][value='{wish.half or ''}']")
        assert await signs(sheet) == known(covered, kind, wish)
        said = await sheet.inner_text("#found")
        counts = covered.counts(kind, wish)
        missing = sum(number for standing, number in counts.items() if standing not in REACHED)
        numbers = [missing, 18] + ([counts[Standing.UNSAID]] if wish != ANY else [])
        assert [int(number) for number in re.findall(r"\d+", said)] == numbers
        for standing in Standing:
            legend = await sheet.text_content(f"[data-legend={standing}] b")
            assert legend == str(counts[standing])
        more = re.findall(r"\d+", await sheet.inner_text("#found-in-part"))
        assert more == [str(number) for number in [covered.in_part(kind, wish)] if number]
        part = await sheet.text_content("[data-legend=part] b")
        assert part == str(covered.in_part(kind, wish))


@pytest.mark.browser
async def test_the_keyboard_opens_a_district(sheet, book, covered):
    kind = covered.types[0]
    spot = next(
        spot for spot in covered.spots.values() if spot.service_type == kind and spot.entries
    )
    await sheet.locator(f'#map [data-key="{spot.district}"]').focus()
    await sheet.keyboard.press("Enter")
    detail = sheet.locator("#detail")
    await expect(detail).to_be_visible()
    await expect(detail.locator("h3")).to_have_text(book.districts[spot.district].name)
    names = await detail.locator("li").all_inner_texts()
    assert names == [book.texts[f"service.{entry.service}.name"] for entry in spot.entries]
    await sheet.keyboard.press("Enter")
    await expect(detail).to_be_hidden()
    await sheet.locator("[name=kind]").focus()
    await sheet.keyboard.press("ArrowDown")
    name = book.texts[f"type.{covered.types[1]}.name"]
    await expect(sheet.locator("#kind-name")).to_have_text(name)
    # A small map leads to the large one.
    await sheet.locator("[data-kind=jobcentre] a").click()
    await expect(sheet.locator("#kind-name")).to_have_text("Jobcenter")


@pytest.mark.browser
async def test_nothing_sticks_out(sheet):
    for width in (360, 768, 1200):
        await sheet.set_viewport_size({"width": width, "height": 800})
        assert await sheet.evaluate("document.documentElement.scrollWidth") == width
        cut = await sheet.evaluate(
            """() => [...document.querySelectorAll("h1, h2, h3, p, li, th, td, dt")]
                .filter((one) => !one.closest(".scroll") && one.clientWidth > 1
                    && one.scrollWidth > one.clientWidth + 1)
                .map((one) => one.textContent.trim().slice(0, 60))"""
        )
        assert cut == []


def test_without_a_script_all_is_there(written, book, covered):
    plain = Words()
    plain.feed(written)
    text = " ".join(" ".join(plain.words).split())
    for district in book.districts.values():
        assert text.count(district.name) >= 4
    for kind in covered.types:
        assert book.texts[f"type.{kind}.name"] in text
    for service in book.services:
        assert book.texts[f"service.{service}.name"] in text
    assert f"In {len(covered.without(members(book, covered)))} von 18 Landkreisen" in text
    assert "© GeoBasis-DE / BKG" in text
    assert covered.edition[:16] in text
    assert "23. November 2026" in text


def test_it_speaks_german_only(written, locales):
    plain = Words()
    plain.feed(written)
    text = "".join(plain.words)
    german = catalogues.editing(locales, "de")
    english = ("white spot: no entry", "which languages?", "is all of this right?")
    assert not [one for one in english if one in text]
    assert german("white spot: no entry") in text


def test_the_table_has_a_heading_for_each_row_and_column(written):
    matrix = written[written.index('<table class="matrix">') :]
    matrix = matrix[: matrix.index("</table>")]
    assert matrix.count('<th scope="row">') == 18 + 2
    assert matrix.count('<th scope="col"') == 1 + 20
    assert matrix.count("<td") == 1 + 20 * 20


def test_nothing_is_fetched_and_no_name_can_end_the_script(written):
    assert not re.search(r"""(?:src|href)=["'](?!#|data:,)""", written)
    assert "@import" not in written
    data = written.split('id="data">')[1].split("</script>")[0]
    assert "<" not in data


def test_every_wish_is_in_the_page(covered):
    assert len(set(wishes(covered))) == (1 + len(covered.languages)) * 3


@pytest.mark.parametrize("drawn", [None, "some"])
def test_a_region_without_outlines_gets_tiles(book, covered, locales, drawn):
    outlines = read(ROOT / "knowledge" / "places") if drawn else None
    if outlines:
        del outlines.districts["12060"]
    text = page(covered, book, ANY, outlines, catalogues.editing(locales, "de"))
    assert text.count('id="shape-12') == 18
    assert "jede Kachel ist ein Landkreis" in text
    assert "GeoBasis" not in text


def members(book, covered):
    return [kind for kind in covered.types if book.types[kind].member]


class Words(HTMLParser):
    """What somebody reads, without styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag, _attributes):
        self._silent = tag in {"script", "style"}

    def handle_endtag(self, _tag):
        self._silent = False

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)
