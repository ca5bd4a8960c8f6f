"""What people see of an entry: all screens, in all languages, on a page that fetches nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.async_api import async_playwright

from bot.core.screen import screen
from bot.core.screens import DeskBody, DoorBody, HumanBody, QuestionBody, ResultBody, WhyBody
from bot.preview.page import Change, Entry, Reader, page, shown
from bot.preview.stands import can_be_reached, stands
from bot.sentence import english

READER = Reader("en", english)


def bodies(entry: str, book, now) -> Iterator[object]:
    for stand in stands(entry, book, now.date()):
        yield screen(stand.talk, book, now).body


def html(entry: str, book, renderer, now) -> str:
    return page(shown([Entry(entry, Change.ASKED)], book, renderer, now), book, now, READER)


def test_every_service_that_can_be_shown_is_on_a_result(book, now):
    unreached = {
        service.id
        for service in book.services.values()
        if can_be_reached(service.id, book)
        and not any(stand.is_reached for stand in stands(service.id, book, now.date()))
    }
    assert not unreached


def test_every_rule_that_can_hold_has_a_person(book, now):
    assert not [rule.id for rule in book.rules if not list(stands(rule.id, book, now.date()))]


def test_a_service_has_its_door_its_desk_and_a_result_that_it_leads(book, now):
    result, door, desk = bodies("jmd_niederlausitz", book, now)
    assert isinstance(result, ResultBody)
    assert result.lead.door.id == "jmd_niederlausitz"
    assert not result.first
    assert isinstance(door, DoorBody)
    assert isinstance(desk, DeskBody)
    assert door.card.door.id == desk.card.door.id == "jmd_niederlausitz"


def test_a_question_is_asked_about_oneself_and_about_somebody_else(book, now):
    own, other, why, *_ = bodies("age", book, now)
    assert isinstance(own, QuestionBody)
    assert isinstance(other, QuestionBody)
    assert (own.about_other, other.about_other) == (False, True)
    assert isinstance(why, WhyBody)


def test_every_question_is_shown(book, now):
    for name in book.questions:
        body = next(bodies(name, book, now))
        assert isinstance(body, QuestionBody)
        assert body.ask.question.id == name


def test_an_emergency_number_is_on_the_page_for_help(book, now):
    result, human, *_ = bodies("police", book, now)
    assert "police" in {card.door.id for card in result.first}
    assert isinstance(human, HumanBody)


def test_every_language_is_there_right_to_left_too(book, renderer, now):
    text = html("jmd_niederlausitz", book, renderer, now)
    for language in book.region.languages:
        direction = "rtl" if language in ("ar", "fa") else "ltr"
        assert text.count(f'<div class="message" lang="{language}" dir="{direction}">') == 3


def test_a_name_is_never_read_as_html(book, renderer, now):
    wrong = "<img src=x onerror=alert(1)>"
    texts = {**book.texts, "service.jmd_niederlausitz.name": wrong}
    services = {
        **book.services,
        "jmd_niederlausitz": replace(book.services["jmd_niederlausitz"], name=wrong),
    }
    text = html("jmd_niederlausitz", replace(book, texts=texts, services=services), renderer, now)
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_what_is_withheld_says_so_and_shows_how_it_will_look(book, renderer, now):
    (site,) = book.services["mbe_cottbus"].sites
    assert site.withheld
    (one,) = shown([Entry("mbe_cottbus", Change.ASKED)], book, renderer, now)
    assert one.is_withheld
    assert str(one.note).startswith("Nobody sees this yet: the source is weak")
    result, door, *_ = [next(iter(scene.shots)).message.plain for scene in one.scenes]
    for text in (result, door):
        assert book.texts["service.mbe_cottbus.name"] in text
    assert site.address.street in door
    assert "Nobody sees this yet" not in html("jmd_niederlausitz", book, renderer, now)


def test_what_nobody_can_reach_says_so(book, renderer, now):
    text = html("mbe_eberswalde", book, renderer, now)
    assert "Nobody is led here: no phone, no address and no website is known." in text


def test_an_entry_that_has_gone_is_named(book, renderer, now):
    text = page(shown([Entry("old", Change.GONE)], book, renderer, now), book, now, READER)
    assert re.search(r"old</h2>|<code>old</code>", text)
    assert "nobody sees it any more" in text


@pytest.mark.browser
async def test_the_page_fetches_nothing_and_each_line_has_its_direction(
    book, renderer, now, tmp_path, chromium
):
    path = tmp_path / "preview.html"
    path.write_text(html("fluechtlingsrat", book, renderer, now), encoding="utf-8")
    asked, said = [], []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = await browser.new_page(viewport={"width": 2300, "height": 900})
        view.on("request", lambda request: asked.append(request.url))
        view.on("console", lambda message: said.append(message.text))
        await view.goto(path.as_uri())
        phone = view.locator('.phone[data-language="ar"] a[href^="tel:"]').first
        box, text = await phone.bounding_box(), await phone.text_content()
        bubble = await view.locator('.phone[data-language="ar"] .bubble').first.bounding_box()
        key = view.locator('.phone[data-language="ar"] .row > *').first
        colour = await key.evaluate("key => getComputedStyle(key).backgroundColor")
        await view.locator("#show-ar").uncheck()
        hidden = await view.locator('.phone[data-language="ar"]').first.is_hidden()
        await browser.close()
    assert asked == [path.as_uri()]
    assert said == []
    assert text.startswith("+49")
    # Arabic lines begin at the right, where the number stands too.
    assert box["x"] + box["width"] / 2 > bubble["x"] + bubble["width"] / 2
    assert colour == "rgb(43, 82, 120)"
    assert hidden
