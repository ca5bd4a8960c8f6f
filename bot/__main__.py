"""The command line. Errors say what to do and end with 1; nobody sees a traceback."""

import argparse
import asyncio
import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot import app
from bot.channels.terminal import Terminal
from bot.commands import arguments as command_line
from bot.commands import route as routing
from bot.commands import texts
from bot.commands.run import run
from bot.config import Settings, SettingsError
from bot.content.problems import ContentError
from bot.language.catalogues import CatalogueError
from bot.store.errors import StoreError
from bot.talk import FactError

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
    chosen = command_line.read(arguments)
    try:
        code = _COMMANDS[chosen.name](chosen, app.settings())
        sys.stdout.flush()
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has seen enough, as `head` does. What is left must not be written at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


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


def _run(_chosen: argparse.Namespace, settings: Settings) -> int:
    app.quiet_logs()
    return asyncio.run(run(settings))


def _demo(chosen: argparse.Namespace, _settings: Settings) -> int:
    # The emulator is for the demonstration alone; the bot itself does without its server.
    from bot.commands.demo import demo  # noqa: PLC0415

    app.quiet_logs()
    return asyncio.run(demo(chosen.port, open_browser=not chosen.no_browser))


def _chat(chosen: argparse.Namespace, settings: Settings) -> int:
    tools = app.kit(settings)
    Terminal(
        tools.book,
        tools.renderer("clearing_bot"),
        tools.ears,
        app.clock,
        screen=sys.stderr if chosen.script else sys.stdout,
        script=sys.stdout if chosen.script else None,
    ).talk(
        _known(chosen.language, tools.catalogues),
        app.started(chosen.link, tools.book),
        chosen.link,
    )
    return 0


def _route(chosen: argparse.Namespace, settings: Settings) -> int:
    book, _ = app.book_and_places(settings)
    catalogues = app.translations(settings, book.region.languages)
    catalogue = catalogues[_known(chosen.language, catalogues)]
    today = app.clock().astimezone(ZoneInfo(book.region.time_zone)).date()

    def answer(line: str) -> Mapping[str, Any]:
        return routing.route(routing.parse(line.split(), book), book, today, catalogue)

    return _each(chosen, answer, routing.as_text)


def _place(chosen: argparse.Namespace, settings: Settings) -> int:
    gazetteer = app.gazetteer(settings)
    return _each(
        chosen,
        partial(texts.place, gazetteer=gazetteer),
        partial(texts.place_as_text, gazetteer=gazetteer),
    )


def _understand(chosen: argparse.Namespace, settings: Settings) -> int:
    tools = app.kit(settings)
    language = _known(chosen.language, tools.catalogues)
    answer = partial(texts.understand, language=language, ears=tools.ears, book=tools.book)
    return _each(chosen, answer, texts.understood_as_text)


def _check(chosen: argparse.Namespace, settings: Settings) -> int:
    problems, warnings = app.check(settings)
    if chosen.json:
        rows = [
            {**problem.as_dict(), "level": level}
            for level, found in (("error", problems), ("warning", warnings))
            for problem in found
        ]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        for warning in warnings:
            print(f"{warning} (warning)")
        if not problems:
            print(f"The knowledge base is good. Warnings: {len(warnings)}.")
    return 1 if problems else 0


_COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Settings], int]]] = {
    "run": _run,
    "demo": _demo,
    "chat": _chat,
    "route": _route,
    "place": _place,
    "understand": _understand,
    "check": _check,
}


def _known(language: str, languages: Iterable[str]) -> str:
    if language not in languages:
        raise app.RunError(
            f"--language: There is no language `{language}`. Take {', '.join(languages)}."
        )
    return language


def _each(
    chosen: argparse.Namespace,
    answer: Callable[[str], Mapping[str, Any]],
    as_text: Callable[[Mapping[str, Any]], str],
) -> int:
    """Answer what was typed, or each line of the input: a wrong one does not stop the others."""
    if not chosen.stdin:
        result = answer(" ".join(chosen.words))
        print(_as_json(result) if chosen.json else as_text(result))
        return 0
    code = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            result = answer(line.rstrip("\n"))
        except FactError as problem:
            code = 1
            print(f"line {number}: {problem}", file=sys.stderr, flush=True)
            # In its place, so that the lines out still belong to the lines in.
            result = {"error": str(problem)}
        # At once: whoever talks with this command waits for the answer.
        if chosen.json:
            print(_as_json(result), flush=True)
        elif "error" not in result:
            print(f"{as_text(result)}\n", flush=True)
    return code


def _as_json(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
