"""`clearing run` and `clearing demo` when something is wrong: one clear line, never a traceback."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from bot import app, config
from bot.commands.operation import run
from bot.sandbox import Clock, Sandbox

TOKEN = "100200300:" + "A" * 35


@pytest.fixture
def ready(telegram, tmp_path):
    """Settings with which the bot would run."""
    return {"TOKEN": TOKEN, "API_URL": telegram, "DATA": str(tmp_path / "data")}


def test_without_a_token_it_says_where_to_get_one(clearing):
    line = clearing("run").line
    assert line.startswith("CLEARING_TOKEN: There is no token.")
    assert "@BotFather" in line


def test_a_wrong_token_is_said(clearing, ready):
    line = clearing("run", settings={**ready, "TOKEN": "999:" + "B" * 35}).line
    assert "does not accept the token" in line
    assert "BBBB" not in line


def test_an_address_where_nobody_answers_is_said(clearing, ready):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        line = clearing("run", settings={**ready, "API_URL": url}).line
    assert "127.0.0.1 does not answer as Telegram does" in line
    assert "CLEARING_API_URL" in line


def test_a_folder_that_cannot_be_made_is_said(clearing, ready, tmp_path):
    (tmp_path / "file").write_text("")
    below = str(tmp_path / "file" / "data")
    line = clearing("run", settings={**ready, "DATA": below}).line
    assert line.startswith(f"{below}: The data folder cannot be made (Not a directory).")


def test_a_database_where_nothing_can_be_written_is_said(clearing, ready):
    line = clearing("run", settings={**ready, "DATABASE_URL": "sqlite:////proc/no/c.db"}).line
    assert line.startswith("/proc/no/c.db: The file cannot be written")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(clearing, ready, tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)
    assert "cannot be written" in clearing("run", settings=ready).line


@pytest.mark.parametrize("file", ["clearing.db", "keys.db"])
def test_a_damaged_file_is_said(clearing, ready, tmp_path, file):
    """F10."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / file).write_bytes(b"garbage " * 1000)
    line = clearing("run", settings=ready).line
    assert line.startswith(f"{tmp_path / 'data' / file}: This is not a database")
    assert "backup" in line


async def test_the_older_of_two_bots_with_one_token_ends_with_one_line(tmp_path):
    """F13."""
    async with Sandbox(TOKEN, Clock()) as telegram:

        def bot(name: str) -> asyncio.Task[int]:
            settings = config.read(
                {
                    "CLEARING_TOKEN": TOKEN,
                    "CLEARING_API_URL": telegram.url,
                    "CLEARING_DATA": str(tmp_path / name),
                }
            )
            return asyncio.create_task(run(settings))

        first = bot("first")
        await telegram.until(lambda: telegram.called("getUpdates"))
        second = bot("second")
        ended, others = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await other
        with pytest.raises(app.RunError, match="Another bot runs with the same token"):
            await ended.pop()


async def test_settings_of_a_later_version_are_only_logged(tmp_path, caplog):
    settings = {"CLEARING_TOKEN": TOKEN, "CLEARING_DATA": str(tmp_path)}
    later = {
        "CLEARING_WEBHOOK_URL": "https://x",
        "CLEARING_ALARM": "a@b.de",
    }
    nobody = {"CLEARING_API_URL": "http://127.0.0.1:1"}
    with pytest.raises(app.RunError, match="does not answer"):
        await run(config.read({**settings, **nobody, **later}))
    said = [
        record.getMessage() for record in caplog.records if record.name == "bot.commands.operation"
    ]
    assert said == [f"{name} has no effect yet" for name in sorted(later)]


def test_a_port_that_is_taken_is_said(clearing):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = clearing("demo", "--no-browser", "--port", str(port)).line
    assert line.startswith(f"--port: Port {port} is taken.")


@pytest.mark.parametrize("port", ["x", "-1", "65536", "9" * 5000, "٣"])
def test_a_port_that_is_none_is_said(clearing, port):
    outcome = clearing("demo", "--no-browser", f"--port={port}")
    assert outcome.code == 2
    assert "a port is a number from 0 to 65535" in outcome.err


def test_the_demonstration_does_not_open_a_page_behind_which_nobody_is(clearing, knowledge):
    (knowledge / "region.yaml").write_text("languages: [de\n")
    outcome = clearing(
        "demo", "--no-browser", "--port", "0", settings={"KNOWLEDGE": str(knowledge)}
    )
    assert "region.yaml" in outcome.line
    assert outcome.out == ""


def test_the_demonstration_runs_in_any_folder_and_ends_with_ctrl_c(tmp_path):
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text("raise SystemExit('another bot')")
    command = [sys.executable, "-P", "-m", "bot", "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as demo:
        said = [demo.stdout.readline() for _ in range(2)][1]
        assert said.startswith("Open this page: http://127.0.0.1:")
        with urllib.request.urlopen(said.split()[-1]) as page:  # noqa: S310 - our own page
            assert page.status == 200
        demo.send_signal(signal.SIGINT)
        assert demo.wait(10) == 0
