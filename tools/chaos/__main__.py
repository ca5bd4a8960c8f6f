"""Print what held and what did not, as a table; ends with 1 where something did not.

make chaos                                            everything, for about an hour
python -m tools.chaos handover --cases 300 --kills 10 --seed 7
python -m tools.chaos claims rush interleavings
"""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.app import Kit
from tools.chaos import claims, handover, interleaving, rush
from tools.chaos.postgres import empty_database
from tools.chaos.town import CREW, kit

PARTS: Final = ("handover", "claims", "rush", "interleavings")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.chaos", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="; ".join(PARTS))
    parser.add_argument("--cases", type=int, default=10_000, help="of the handover")
    parser.add_argument("--kills", type=int, default=150, help="of the handover")
    parser.add_argument("--cards", type=int, default=10_000, help="of the claims")
    parser.add_argument("--rushes", type=int, default=500, help="through the emulator")
    parser.add_argument("--orders", type=int, default=10_000, help="of the interleavings")
    parser.add_argument("--seed", type=int, default=1, help="draws the same instants again")
    parser.add_argument("--log", type=Path, help="keep the log of the handover's bot there")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"There is no part {unknown.pop()}; there are {', '.join(PARTS)}.")
    tools = kit()
    load = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {load:.1f} when it began, seed {chosen.seed}\n"
    )
    print("| what | figure | aim |")
    print("|---|---|---|")
    measures: dict[str, Callable[[Kit, argparse.Namespace], bool]] = {
        "handover": _handover,
        "claims": _claims,
        "rush": _rush,
        "interleavings": _interleavings,
    }
    holds = [measures[part](tools, chosen) for part in PARTS if part in (chosen.parts or PARTS)]
    row("everything holds", "yes" if all(holds) else "NO", "yes")
    return 0 if all(holds) else 1


def _handover(tools: Kit, chosen: argparse.Namespace) -> bool:
    plan = handover.Plan(chosen.cases, chosen.kills, chosen.seed, log=chosen.log)
    found = asyncio.run(handover.measure(tools, plan))
    row("cases that people handed over", f"{found.consented:,}", f"{chosen.cases:,}")
    row("kill -9 meanwhile", f"{found.kills}", f"{chosen.kills}")
    share = found.faults / found.calls if found.calls else 0
    row("calls, and those that met a fault", f"{found.calls:,}, {share:.0%}", "12%")
    row("starts that Telegram did not answer", f"{found.gave_up}", "")
    row("cards: exactly one, filled", f"{found.filled:,}", f"{found.consented:,}")
    row("cards lost, doubled", f"{found.lost}, {found.doubled}", "0, 0")
    letters = f"{found.letters_lost}, {found.letters_doubled}"
    row("letters to people lost, doubled", letters, "0, 0")
    row("placeholders left after 60 s", f"{found.placeholders + found.covers}", "0")
    row("all stands as it should, after the last fault", f"{found.settled:.0f} s", "≤ 60 s")
    row("screens that stand twice", f"{found.screens_doubled}", "")
    row("the whole of it", f"{found.seconds:.0f} s", "")
    for example in found.examples:
        print(f"  {example}", file=sys.stderr)
    return found.holds and found.consented == chosen.cases


def _claims(tools: Kit, chosen: argparse.Namespace) -> bool:
    found = claims.in_batches(tools, chosen.cards, chosen.seed)
    aim = f"{chosen.cards:,}"
    row("8 claim a card, SQLite: one winner, 7 told kindly", f"{found.by_one:,}", aim)
    row("the same, time", f"{found.seconds:.0f} s", "")
    with (
        empty_database() as url,
        tempfile.TemporaryDirectory(prefix="clearing-claims-") as folder,
    ):
        if url is None:
            row("8 claim a card, PostgreSQL", "did not run; cure: make setup", aim)
            return False
        workers = max(1, (os.cpu_count() or 1))
        raced = claims.at_once(url, Path(folder) / "keys.db", tools, chosen.cards, workers)
    what = f"8 claim a card, PostgreSQL, {workers * CREW} workers"
    row(f"{what}: one winner", f"{raced.by_one:,}", aim)
    row("turns that met another one, and were done again", f"{raced.collisions:,}", "")
    row("the same, time", f"{raced.seconds:.0f} s", "")
    return found.holds and raced.holds


def _rush(tools: Kit, chosen: argparse.Namespace) -> bool:
    found = asyncio.run(rush.measure(tools, chosen.rushes, _bar("cards", chosen.rushes)))
    what = "8 tap at once, through the emulator: one winner, details once"
    row(what, f"{found.by_one:,}", f"{chosen.rushes:,}")
    row("the same, time", f"{found.seconds:.0f} s", "")
    return found.holds


def _interleavings(tools: Kit, chosen: argparse.Namespace) -> bool:
    began = time.monotonic()
    seeds = range(chosen.seed, chosen.seed + chosen.orders)
    bar = _bar("orders", chosen.orders)
    found = interleaving.measure(tools, seeds, lambda seed: bar(seed - chosen.seed + 1))
    row("taken back while claimed: orders of steps", f"{found.runs:,}", f"{chosen.orders:,}")
    row("of these different", f"{found.different:,}", "")
    row("claimed first; taken back first", f"{found.claimed:,}; {found.taken_back:,}", "")
    row("not one story for both", f"{len({seed for seed, _ in found.problems})}", "0")
    row("the same, time", f"{time.monotonic() - began:.0f} s", "")
    for seed, problem in found.problems[:20]:
        print(f"  seed {seed}: {problem}", file=sys.stderr)
    return not found.problems


def _bar(what: str, whole: int) -> Callable[[int], None]:
    def show(done: int) -> None:
        if done % max(1, whole // 100) == 0 and sys.stderr.isatty():
            mark = "#" * (30 * done // whole)
            print(f"\r[{mark:30}] {done:,} of {whole:,} {what}", end="", file=sys.stderr)
            if done == whole:
                print(file=sys.stderr)

    return show


def row(what: str, figure: str, aim: str) -> None:
    print(f"| {what} | {figure} | {aim} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
