"""The knowledge is edited while people talk: nobody is interrupted, nothing wrong is shown."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.app import Kit
from bot.channels.telegram.client import Client
from bot.commands.edits import Edits, Telling, begin, editions
from bot.commands.operation import Follow
from bot.content.problems import ContentError, Problem
from bot.live import Live, Problems, Use
from bot.sentence import Sentence

ROOT = Path(__file__).resolve().parent.parent.parent
OPERATOR = 99
_NOTHING = Sentence("")
BOUND = 20
"""Seconds for what takes half a second on a machine that has nothing else to do."""


@dataclass
class House:
    """The folders of one bot, and what has reached it of the edits."""

    settings: config.Settings
    used: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)
    """Editions, when they are in use."""
    told: "asyncio.Queue[Problems]" = field(default_factory=asyncio.Queue)
    """What was said of the folder, when it was said."""

    def edit(self, name: str, old: str, new: str) -> None:
        """As an editor saves: a file beside it, then renamed."""
        path = self.settings.knowledge / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        beside = path.with_name(f"{path.name}~")
        beside.write_text(text.replace(old, new), encoding="utf-8")
        beside.replace(path)

    def following(self, edits: Edits) -> Callable[[Client], Follow]:
        def with_client(client: Client) -> Follow:
            telling = Telling(self.settings, client)

            async def tell(problems: Problems) -> None:
                await telling(problems)
                self.told.put_nowait(problems)

            def follow(use: Use[Kit]) -> Coroutine[Any, Any, None]:
                async def using(tools: Kit) -> None:
                    await use(tools)
                    self.used.put_nowait(tools.book.edition)

                return edits.follow(using, tell)

            return follow

        return with_client

    async def is_used(self) -> None:
        await asyncio.wait_for(self.used.get(), BOUND)

    async def is_told(self) -> Problems:
        return await asyncio.wait_for(self.told.get(), BOUND)


@pytest.fixture
def house(tmp_path: Path) -> House:
    knowledge = shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    locales = shutil.copytree(ROOT / "locales", tmp_path / "locales")
    return House(
        config.read(
            {
                "CLEARING_KNOWLEDGE": str(knowledge),
                "CLEARING_LOCALES": str(locales),
                "CLEARING_DATA": str(tmp_path / "data"),
                "CLEARING_ALARM": str(OPERATOR),
            }
        )
    )


@pytest.fixture
def live_bot(bot, house):
    """Starts the bot with the house's folders; it follows every edit."""

    def running():
        edits = begin(house.settings)
        return bot(edits.tools, house.following(edits))

    return running


async def test_a_changed_name_is_there_at_the_next_tap(live_bot, house, sandbox):
    ivan = sandbox.person(10, language_code="de")
    async with live_bot():
        await house.is_told()
        await ivan.start("12052000-work")
        await ivan.answer()
        house.edit("questions.yaml", "Wie alt sind Sie?", "Wie viele Jahre sind Sie alt?")
        await house.is_used()
        await ivan.tap("h")
        await ivan.answer()
        await ivan.tap("b")
        assert "Wie viele Jahre sind Sie alt?" in (await ivan.answer()).text


async def test_a_mistake_keeps_the_last_good_edition_and_is_said(live_bot, house, sandbox, caplog):
    """F63."""
    operator = sandbox.person(OPERATOR, language_code="de")
    ivan = sandbox.person(10, language_code="de")
    await operator.start()
    async with live_bot():
        await house.is_told()
        await operator.answer()
        with caplog.at_level(logging.INFO, "bot"):
            house.edit("services/cottbus.yaml", "districts: ['12052']", "districts: ['99999']")
            problems = await house.is_told()
        first = f"{problems[0].file}:{problems[0].line}:"
        assert first.startswith("services/cottbus.yaml:10:")
        assert [record for record in caplog.records if first in record.getMessage()]
        assert first in house.settings.problems.read_text(encoding="utf-8")
        alarm = await operator.sees(lambda message: first in message.text)
        assert "99999" in alarm.text
        await ivan.start("12052000-work")
        assert "Wie alt sind Sie?" in (await ivan.answer()).text

        house.edit("services/cottbus.yaml", "districts: ['99999']", "districts: ['12052']")
        await house.is_used()
        assert await house.is_told() == ()
        assert not house.settings.problems.exists()
        await operator.sees(lambda message: first not in message.text and message is not alarm)


async def test_each_set_of_mistakes_is_said_once(tmp_path):
    path = tmp_path / "region.yaml"
    path.write_text("good", encoding="utf-8")
    loaded: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def load() -> str:
        text = path.read_text(encoding="utf-8")
        loop.call_soon_threadsafe(loaded.put_nowait, text)
        if text.strip() != "good":
            said = Sentence("{what}", what=text.strip())
            raise ContentError([Problem("region.yaml", 1, 1, said, _NOTHING)])
        return text

    live = Live([tmp_path], load, look_again=0.05)
    told: asyncio.Queue[Problems] = asyncio.Queue()
    task = asyncio.create_task(live.follow(_ignore, told.put))
    await told.get()
    for text in ("bad", "worse", "good"):
        path.write_text(text, encoding="utf-8")
        said = await asyncio.wait_for(told.get(), BOUND)
        assert str(*said) == ("" if text == "good" else f"region.yaml:1:1: {text}")
        # The same once more, read but not said: what is said next is the next.
        path.write_text(f"{text} ", encoding="utf-8")
        while await asyncio.wait_for(loaded.get(), BOUND) != f"{text} ":
            pass
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _ignore(_edition: str) -> None:
    pass


async def test_an_answer_whose_option_has_gone_is_asked_again(live_bot, house, sandbox):
    """F47."""
    ivan = sandbox.person(10, language_code="de")
    async with live_bot():
        await house.is_told()
        await ivan.start("12052000-debts")
        assert "a:age:27_plus" in str((await ivan.answer()).keyboard)
        # Another id in all files at once, in texts and comments too: the old one has gone.
        for folder in (house.settings.knowledge, house.settings.locales):
            for path in folder.rglob("*.yaml"):
                text = path.read_text(encoding="utf-8")
                path.write_text(text.replace("debts", "owing"), encoding="utf-8")
        await house.is_used()
        await ivan.tap("a:age:27_plus")
        assert "a:concern:owing" in str((await ivan.answer()).keyboard)


async def test_a_folder_that_tells_nobody_of_edits_is_looked_at(tmp_path):
    """A link to another folder: the system tells of changes in the old one, as on a network."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "region.yaml").write_text(name, encoding="utf-8")
    link = tmp_path / "knowledge"
    link.symlink_to("old")
    live = Live([link], lambda: (link / "region.yaml").read_text(encoding="utf-8"), look_again=0.05)
    used: asyncio.Queue[str] = asyncio.Queue()
    told: asyncio.Queue[Problems] = asyncio.Queue()
    task = asyncio.create_task(live.follow(used.put, told.put))
    await told.get()
    (tmp_path / "other").symlink_to("new")
    (tmp_path / "other").replace(link)
    assert await asyncio.wait_for(used.get(), BOUND) == "new"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_that_goes_and_comes_back_is_followed(tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "region.yaml").write_text("first", encoding="utf-8")

    def load() -> str:
        try:
            return (folder / "region.yaml").read_text(encoding="utf-8")
        except OSError as gone:
            raise ContentError(
                [Problem("region.yaml", 0, 0, Sentence("Gone."), _NOTHING)]
            ) from gone

    live = Live([folder], load, look_again=0.05)
    used: asyncio.Queue[str] = asyncio.Queue()
    told: asyncio.Queue[Problems] = asyncio.Queue()
    task = asyncio.create_task(live.follow(used.put, told.put))
    assert await told.get() == ()
    folder.rename(tmp_path / "elsewhere")
    (problem,) = await asyncio.wait_for(told.get(), BOUND)
    assert problem.file == "region.yaml"
    (tmp_path / "elsewhere").rename(folder)
    assert await asyncio.wait_for(used.get(), BOUND) == "first"
    assert await told.get() == ()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_bug_that_an_edit_meets_does_not_end_the_bot(tmp_path):
    (tmp_path / "region.yaml").write_text("first", encoding="utf-8")

    def load() -> str:
        if (text := (tmp_path / "region.yaml").read_text(encoding="utf-8")) == "bad":
            raise RecursionError
        return text

    live = Live([tmp_path], load, look_again=0.05)
    used: asyncio.Queue[str] = asyncio.Queue()
    told: asyncio.Queue[Problems] = asyncio.Queue()
    task = asyncio.create_task(live.follow(used.put, told.put))
    await told.get()
    (tmp_path / "region.yaml").write_text("bad", encoding="utf-8")
    (problem,) = await asyncio.wait_for(told.get(), BOUND)
    assert "RecursionError" in str(problem)
    (tmp_path / "region.yaml").write_text("good", encoding="utf-8")
    assert await asyncio.wait_for(used.get(), BOUND) == "good"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_a_broken_folder_is_no_reason_not_to_begin(house, caplog):
    good = begin(house.settings).tools.book.edition
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    editions(house.settings).keep(house.settings.knowledge, now, good=True)
    house.edit("region.yaml", "languages:", "lnguages:")
    again = begin(house.settings)
    assert again.tools.book.edition == good
    assert again.problems
    assert "BROKEN" in caplog.text


def test_without_a_good_edition_it_does_not_begin(house):
    house.edit("region.yaml", "languages:", "lnguages:")
    with pytest.raises(ContentError):
        begin(house.settings)
