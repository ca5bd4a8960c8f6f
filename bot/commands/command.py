"""What a command is, and what several of them take."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot import app
from bot.config import Settings
from bot.facts import FactError
from bot.sentence import Sentence, Translate


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    short: str
    """One line in the list of commands."""
    long: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]
    """Returns the exit code. Imports what only it needs: `check` needs no Telegram."""
    examples: str = ""


def no_options(_parser: argparse.ArgumentParser) -> None:
    pass


def language_option(parser: argparse.ArgumentParser, whose: str) -> None:
    parser.add_argument(
        "--language", metavar="CODE", help=f"{whose}: de, en, uk, ar … (default: de)"
    )


def told_in(chosen: argparse.Namespace) -> str | None:
    """The language in which whoever types wants to be told; None where they have not said it."""
    language: str | None = getattr(chosen, "language", None)
    return language if language in _TOLD else None


_TOLD: Final = ("de", "en")


def editing_option(parser: argparse.ArgumentParser) -> None:
    """For what is told to those who edit the knowledge base."""
    parser.add_argument(
        "--language",
        choices=_TOLD,
        metavar="CODE",
        help="say it in German or English: de, en (default: as the machine speaks)",
    )


def processes_option(parser: argparse.ArgumentParser) -> None:
    """For what walks all conversations."""
    parser.add_argument(
        "--processes",
        type=_processes,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many processors share the work (default: all)",
    )


def _processes(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of processors")
    return int(text)


def program_options(parser: argparse.ArgumentParser, what: str) -> None:
    """`--json` and `--stdin`; `what` stands on each line of the input."""
    parser.add_argument("--json", action="store_true", help="print an object on one line")
    parser.add_argument(
        "--stdin",
        action="store_true",
        help=f"read {what} from each line of the input; with --json, an object for each line",
    )


def known(language: str | None, languages: Iterable[str]) -> str:
    """The language that was asked for, or German.

    Raises:
        RunError: there is no such language.
    """
    language = language or "de"
    if language not in languages:
        raise app.RunError(
            Sentence(
                "--language: There is no language `{language}`. Take {languages}.",
                language=language,
                languages=", ".join(languages),
            )
        )
    return language


def each(
    chosen: argparse.Namespace,
    translate: Translate,
    answer: Callable[[str], Mapping[str, Any]],
    as_text: Callable[[Mapping[str, Any], Translate], str],
) -> int:
    """Answer what was typed, or each line of the input: a wrong one does not stop the others."""
    if not chosen.stdin:
        result = answer(" ".join(chosen.words))
        print(as_json(result) if chosen.json else as_text(result, translate))
        return 0
    code = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            result = answer(line.rstrip("\n"))
        except FactError as problem:
            code = 1
            told = problem.in_(translate)
            where = Sentence("line {number}: {problem}", number=number, problem=told)
            print(where.in_(translate), file=sys.stderr, flush=True)
            # In its place, so that the lines out still belong to the lines in.
            result = {"error": told}
        # At once: whoever talks with this command waits for the answer.
        if chosen.json:
            print(as_json(result), flush=True)
        elif "error" not in result:
            print(f"{as_text(result, translate)}\n", flush=True)
    return code


def as_json(result: object) -> str:
    return json.dumps(result, ensure_ascii=False)
