"""`clearing run`: the bot on Telegram."""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command, no_options
from bot.config import Settings

_WHAT: Final = """\
Talk on Telegram until SIGTERM or Ctrl-C. CLEARING_TOKEN or CLEARING_TOKEN_FILE gives the
bot's token, from @BotFather; CLEARING_DATA the folder for the database and the keys."""


def _run(_chosen: argparse.Namespace, settings: Settings) -> int:
    import asyncio

    from bot.commands.operation import run

    app.quiet_logs()
    return asyncio.run(run(settings))


COMMAND: Final = Command("run", "talk on Telegram (needs CLEARING_TOKEN)", _WHAT, no_options, _run)
