"""The command line. Errors say what to do and end with 1; nobody sees a traceback."""

import argparse
import asyncio
import gc
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import app
from bot.channels.terminal import Terminal
from bot.commands import route as routing
from bot.commands.run import run
from bot.config import Settings, SettingsError
from bot.content.problems import ContentError
from bot.core.place import PlaceMatch
from bot.exchange import Typed
from bot.language.catalogues import CatalogueError
from bot.store.errors import StoreError
from bot.talk import FactError


class CommandError(Exception):
    """Something the person at the keyboard can put right."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # Nothing of what a start builds is garbage; looking for it takes a tenth of the start.
    gc.disable()
    chosen = _parser().parse_args(arguments)
    try:
        settings = app.settings()
        return int(chosen.run(chosen, settings) or 0)
    except (
        SettingsError,
        ContentError,
        CatalogueError,
        StoreError,
        FactError,
        CommandError,
        app.RunError,
    ) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clearing", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="talk on Telegram (needs CLEARING_TOKEN)")
    run.set_defaults(run=_run)

    demo = commands.add_parser("demo", help="try it without an account: a phone in the browser")
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--no-browser", action="store_true", help="only print the address")
    demo.set_defaults(run=_demo)

    chat = commands.add_parser("chat", help="talk in this terminal")
    chat.add_argument("--language", default="de")
    chat.add_argument("--link", default="", help="what a poster's link carries: uk-12067120-work")
    chat.add_argument("--script", action="store_true", help="print the talk as a test")
    chat.set_defaults(run=_chat)

    route = commands.add_parser("route", help="who is responsible: question=option …")
    route.add_argument("facts", nargs="*")
    route.add_argument("--language", default="de")
    _for_programs(route)
    route.set_defaults(run=_route)

    place = commands.add_parser("place", help="which municipality a text means")
    place.add_argument("text", nargs="*")
    _for_programs(place)
    place.set_defaults(run=_place)

    understand = commands.add_parser("understand", help="what a sentence answers")
    understand.add_argument("text", nargs="*")
    understand.add_argument("--language", default="de")
    _for_programs(understand)
    understand.set_defaults(run=_understand)

    check = commands.add_parser("check", help="check the knowledge base")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)
    return parser


def _for_programs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--stdin", action="store_true", help="a line in, a line out")


def _run(_chosen: argparse.Namespace, settings: Settings) -> int:
    app.quiet_logs()
    return asyncio.run(run(settings))


def _demo(chosen: argparse.Namespace, _settings: Settings) -> int:
    # The emulator is for the demonstration alone; the bot itself does without its server.
    from bot.commands.demo import demo  # noqa: PLC0415

    app.quiet_logs()
    return asyncio.run(demo(chosen.port, open_browser=not chosen.no_browser))


def _chat(chosen: argparse.Namespace, settings: Settings) -> None:
    tools = app.kit(settings)
    if chosen.language not in tools.book.region.languages:
        known = ", ".join(tools.book.region.languages)
        raise CommandError(f"--language: There is no language `{chosen.language}`. Take {known}.")
    first = app.started(chosen.link, tools.book)
    terminal = Terminal(
        tools.book, tools.renderer("clearing_bot"), tools.ears, app.clock, script=chosen.script
    )
    terminal.talk(chosen.language, first)


def _route(chosen: argparse.Namespace, settings: Settings) -> None:
    tools = app.kit(settings)
    catalogue = tools.catalogues.get(chosen.language)
    if catalogue is None:
        known = ", ".join(tools.catalogues)
        raise CommandError(f"--language: There is no language `{chosen.language}`. Take {known}.")
    zone = ZoneInfo(tools.book.region.time_zone)
    today: datetime = app.clock().astimezone(zone)

    def answer(line: str) -> Mapping[str, Any]:
        case = routing.parse(line.split(), tools.book)
        return routing.route(case, tools.book, today.date(), catalogue)

    _each(chosen, " ".join(chosen.facts), answer, routing.as_text)


def _place(chosen: argparse.Namespace, settings: Settings) -> None:
    gazetteer = app.gazetteer(settings)

    def answer(line: str) -> Mapping[str, Any]:
        match: PlaceMatch = gazetteer.find(line)
        return {
            "candidates": [
                {
                    "ags": found.ags,
                    "name": found.name,
                    "district": found.district,
                    "district_name": gazetteer.districts[found.district].name,
                }
                for found in match.municipalities
            ],
            "outside": match.outside,
            "exact": match.exact,
            "district": match.district,
        }

    def as_text(result: Mapping[str, Any]) -> str:
        lines = [
            f"{found['ags']}  {found['name']} – {found['district_name']}"
            for found in result["candidates"]
        ]
        if result["district"]:
            lines.append(f"{result['district']}  {gazetteer.districts[result['district']].name}")
        if result["outside"]:
            lines.append(f"not in the region: {result['outside']}")
        return "\n".join(lines) or "not found"

    _each(chosen, " ".join(chosen.text), answer, as_text)


def _understand(chosen: argparse.Namespace, settings: Settings) -> None:
    tools = app.kit(settings)
    if chosen.language not in tools.book.region.languages:
        known = ", ".join(tools.book.region.languages)
        raise CommandError(f"--language: There is no language `{chosen.language}`. Take {known}.")

    def answer(line: str) -> Mapping[str, Any]:
        heard = tools.ears.listener.hear(Typed(line).text, chosen.language, None)
        return {
            "answers": dict(heard.answers),
            "danger": heard.danger,
            "asks_back": list(heard.asks_back),
        }

    def as_text(result: Mapping[str, Any]) -> str:
        lines = [f"{question} = {option}" for question, option in result["answers"].items()]
        lines += ["danger"] if result["danger"] else []
        lines += [f"unsure about {question}" for question in result["asks_back"]]
        return "\n".join(lines) or "nothing understood"

    _each(chosen, " ".join(chosen.text), answer, as_text)


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


def _each(
    chosen: argparse.Namespace,
    one: str,
    answer: Callable[[str], Mapping[str, Any]],
    as_text: Callable[[Mapping[str, Any]], str],
) -> None:
    lines: Iterable[str] = (line.rstrip("\n") for line in sys.stdin) if chosen.stdin else [one]
    for line in lines:
        result = answer(line)
        print(json.dumps(result, ensure_ascii=False) if chosen.json else as_text(result))


if __name__ == "__main__":
    sys.exit(main())
