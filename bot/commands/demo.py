"""`clearing demo`: try it without an account."""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command
from bot.config import Settings

_WHAT: Final = """\
Try it without an account: a page with two phones, a person's and the counsellors', a small
local Telegram, and the very same bot talking to it. Nothing of it stays. End it with Ctrl-C."""

_HIGHEST: Final = 65535


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port, default=8080, help="of the page; 0 takes a free one (default: 8080)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:6]) > _HIGHEST:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {_HIGHEST}")
    return int(text)


def _run(chosen: argparse.Namespace, _settings: Settings) -> int:
    import asyncio

    # The emulator is for the demonstration alone; the bot itself does without its server.
    from bot.commands.demonstration import demo

    app.quiet_logs()
    return asyncio.run(demo(chosen.port, open_browser=not chosen.no_browser))


COMMAND: Final = Command(
    "demo", "try it without an account: phones in the browser", _WHAT, _options, _run
)
