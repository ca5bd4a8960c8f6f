"""`clearing run`: the bot on Telegram."""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command
from bot.config import Settings

_WHAT: Final = """\
Talk on Telegram until SIGTERM or Ctrl-C. CLEARING_TOKEN or CLEARING_TOKEN_FILE gives the
bot's token, from @BotFather; CLEARING_DATA the folder for the database and the keys."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--demonstration",
        type=_ids,
        default=(),
        metavar="IDS",
        help="a group that receives for every service, then its colleagues, with commas between; "
        "every card says that it is a demonstration",
    )


def _ids(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(one) for one in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("write numbers with commas between") from None


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    import asyncio

    from bot.commands.operation import run

    app.quiet_logs()
    return asyncio.run(run(settings, demonstration=chosen.demonstration))


COMMAND: Final = Command("run", "talk on Telegram (needs CLEARING_TOKEN)", _WHAT, _options, _run)
