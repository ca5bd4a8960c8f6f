"""`clearing demo`: a local Telegram with two phones in the browser, and the very same bot."""

import asyncio
import errno
import os
import secrets
import signal
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Final

from bot import app
from bot.config import ROOT
from bot.sandbox import Sandbox
from bot.sentence import Sentence


async def demo(port: int, *, open_browser: bool) -> int:
    """Until Ctrl-C; nothing of it stays.

    Raises:
        RunError: the port is taken, or the bot did not start.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    token = f"100200300:{secrets.token_urlsafe(32)}"
    sandbox = Sandbox(token, app.clock)
    office = open_office(sandbox)
    try:
        url = await sandbox.start(port=port)
    except OSError as problem:
        raise app.RunError(_no_port(port, problem)) from problem
    with tempfile.TemporaryDirectory(prefix="clearing-demo-") as folder:
        bot = await _bot(url, token, Path(folder), office)
        ended = asyncio.create_task(bot.wait())
        stopped = asyncio.create_task(stop.wait())
        asked = asyncio.create_task(_asks(sandbox))
        # A page is worth opening once there is somebody who answers on it.
        await asyncio.wait({ended, stopped, asked}, return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            print(f"\nOpen this page: {url}/\nEnd it with Ctrl-C.\n", flush=True)
            if open_browser:
                webbrowser.open(f"{url}/")
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        failed = ended.done() and bot.returncode != 0
        if not ended.done():
            bot.terminate()
        await ended
        for task in (stopped, asked):
            task.cancel()
        await sandbox.stop()
    return 1 if failed else 0


def open_office(sandbox: Sandbox) -> tuple[int, ...]:
    """Two counsellors, who know the bot already, and their group, as it should be.

    Their numbers, the group's first, as `run --demonstration` wants them.
    """
    for number, name, phone in _COUNSELLORS:
        counsellor = sandbox.person(number, name, language_code="de", phone_number=phone)
        counsellor.started = counsellor.seen = True
    (first, _, _), (second, _, _) = _COUNSELLORS
    sandbox.office = sandbox.group(
        _GROUP,
        "Beratung (Demonstration)",
        standings={first: "creator", second: "member", sandbox.bot_id: "administrator"},
    )
    sandbox.office.about["has_protected_content"] = True
    sandbox.office.about["message_auto_delete_time"] = _A_WEEK
    return _GROUP, first, second


async def _asks(sandbox: Sandbox) -> None:
    """Until the bot asks for updates for the first time."""
    while not sandbox.called("getUpdates"):
        await sandbox.change()


def _no_port(port: int, problem: OSError) -> Sentence:
    if problem.errno == errno.EADDRINUSE:
        return Sentence(
            "--port: Port {port} is taken. Take another one: clearing demo --port {other}",
            port=port,
            other=port + 1,
        )
    return Sentence(
        "--port: Port {port} cannot be used ({reason}). "
        "Take another one: clearing demo --port 8080",
        port=port,
        reason=problem.strerror,
    )


async def _bot(
    url: str, token: str, folder: Path, office: tuple[int, ...]
) -> asyncio.subprocess.Process:
    """The same program as on Telegram; only the address of the Bot API is another."""
    environment = {
        **os.environ,
        # The bot that is running now, not a folder `bot` that happens to be in this one.
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
        "CLEARING_API_URL": url,
        "CLEARING_TOKEN": token,
        "CLEARING_TOKEN_FILE": "",
        "CLEARING_DATABASE_URL": "",
        "CLEARING_DATA": str(folder),
        "CLEARING_ALARM": "",
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "run"),
        f"--demonstration={','.join(map(str, office))}",
        env=environment,
        start_new_session=True,
    )


_A_WEEK: Final = 7 * 24 * 3600
_GROUP: Final = -1_001_000_000_001
_COUNSELLORS: Final = (
    (900_001, "Kollegin A", "+493023125901"),
    (900_002, "Kollege B", "+493023125902"),
)
"""The first is the administrator. The numbers are for films and plays: nobody has them."""
