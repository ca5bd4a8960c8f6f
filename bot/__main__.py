"""The command line. Errors say what to do and end with 1; nobody sees a traceback."""

import contextlib
import gc
import io
import os
import sys
from typing import Final

from bot import app
from bot.commands import arguments as command_line
from bot.commands.command import told_in
from bot.commands.registry import COMMANDS
from bot.config import SettingsError
from bot.content.problems import ContentError
from bot.facts import FactError
from bot.language.catalogues import CatalogueError
from bot.store.errors import StoreError

PROBLEMS: Final = (
    SettingsError,
    ContentError,
    CatalogueError,
    StoreError,
    FactError,
    app.RunError,
)
"""What somebody at the keyboard can put right. Anything else is a bug, and shows where."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # Nothing of what a start builds is garbage; looking for it takes a tenth of the start.
    gc.disable()
    _any_script()
    chosen = command_line.read(arguments, COMMANDS.values())
    try:
        code = COMMANDS[chosen.name].run(chosen, app.settings())
        sys.stdout.flush()
    except PROBLEMS as problem:
        print(_told(problem, told_in(chosen)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has seen enough, as `head` does. What is left must not be written at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _told(problem: Exception, language: str | None) -> str:
    """As far as the problem and the catalogues allow, in this language or the machine's."""
    if isinstance(problem, ContentError | CatalogueError | FactError | app.RunError):
        with contextlib.suppress(SettingsError, CatalogueError):
            return problem.in_(app.editing(app.settings(), language))
    return str(problem)


def _any_script() -> None:
    """Texts come and go as UTF-8, whatever the machine's own; wrong bytes stop no command."""
    for stream, encoding, errors in (
        (sys.stdin, "utf-8-sig", "replace"),
        (sys.stdout, "utf-8", "backslashreplace"),
        (sys.stderr, "utf-8", "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(io.UnsupportedOperation):
                stream.reconfigure(encoding=encoding, errors=errors)


if __name__ == "__main__":
    sys.exit(main())
