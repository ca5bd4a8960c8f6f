"""Print every figure that we promise, as a table, with machine and versions."""

import asyncio
import os
import platform
import sys
from importlib.metadata import version

from bot.core.knowledge import Book
from tools.bench import inside, knowledge, proof, taps, wire

STORED = (10, 1_000, 100_000)


def main() -> int:
    rounds = 40
    ours = asyncio.run(wire.measure("bot", starts=True, rounds=rounds, one_round=wire.talk))
    peer = asyncio.run(
        wire.measure("tools.bench.echo", starts=False, rounds=rounds, one_round=wire.chatter)
    )
    again = asyncio.run(wire.measure("bot", starts=True, rounds=rounds, one_round=wire.talk))
    cpu = min(ours.cpu, again.cpu)
    tools = inside.kit()
    spins = asyncio.run(taps.measure(tools))
    median, p99 = inside.place_p99(tools)
    decision, with_doors = inside.routing(tools, 1)
    halfway, _ = inside.routing(tools, 0.85)
    costs = {stored: inside.turn_cost(tools, stored) for stored in STORED}
    checks = (("the shipped base", knowledge.shipped(), 2), ("2 MB", knowledge.large(), 10))
    names = ("python-telegram-bot", "aiohttp", "sqlalchemy", "rapidfuzz")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ",
        end="",
    )
    print(", ".join(f"{name} {version(name)}" for name in names))
    print()
    print("| what | figure | aim |")
    print("|---|---|---|")
    row("CPU per update, whole questionnaire turn", f"{cpu:.2f} ms ({ours.updates} updates)", "")
    row("CPU per update, bare echo bot", f"{peer.cpu:.2f} ms ({peer.updates} updates)", "")
    row("ratio to the echo bot", f"{cpu / peer.cpu:.2f}", "≤ 1.0")
    row("memory, at most", f"{max(ours.memory, again.memory):.0f} MB", "≤ 120 MB")
    row("memory of the echo bot", f"{peer.memory:.0f} MB", "")
    row("start to first getUpdates", f"{min(ours.start, again.start):.2f} s", "≤ 1.5 s")
    load = f"{taps.A_SECOND} taps a second, {spins.cases} cases on their way"
    row(f"tap to its answer, p99, {load}", f"{spins.p99:.0f} ms", "≤ 100 ms")
    row("the same, median, longest", f"{spins.median:.0f}, {spins.longest:.0f} ms", "")
    row("taps that were not answered", f"{spins.unanswered} of {spins.taps:,}", "0")
    row("place look-up, median", f"{median:.2f} ms", "")
    row("place look-up, p99", f"{p99:.2f} ms", "≤ 3 ms")
    row("routing decision of a complete case, nothing remembered", f"{decision:.0f} µs", "≤ 50 µs")
    row("the same in the middle of the talk, some answers `?`", f"{halfway:.0f} µs", "")
    row("a decision with all doors", f"{with_doors:.0f} µs", "")
    for stored, cost in costs.items():
        ratio = cost / costs[STORED[0]]
        row(f"turn among {stored:,} conversations", f"{cost:.2f} ms, ratio {ratio:.2f}", "flat")
    for what, check, most in checks:
        row(f"clearing check, {what}", f"{check.seconds:.2f} s", f"≤ {most} s")
        row("ratio to yaml.safe_load of the same bytes", f"{check.seconds / check.peer:.2f}", "")
    _proof(tools.book)
    return 0


def _proof(book: Book) -> None:
    shipped = proof.cost(book)
    talks = proof.talks_per_second(book)
    row(f"proof of {shipped.conversations:,} conversations", f"{shipped.seconds:.1f} s", "≤ 10 s")
    walked = shipped.conversations / talks
    row("talk by talk, one after another (from 300)", f"{walked / 3600:.0f} h", "")
    row("ratio to that", f"1 : {walked / shipped.seconds:,.0f}", "")
    some = ("housing", "work")
    for what, larger in (
        ("every rule twice", proof.with_rules(book, 2)),
        ("every rule four times", proof.with_rules(book, 4)),
        ("a further question, for two concerns", proof.with_questions(book, 1, some)),
        ("two further questions, for two concerns", proof.with_questions(book, 2, some)),
        ("a further question, for everybody", proof.with_questions(book, 1)),
    ):
        grown = proof.cost(larger)
        ratio = grown.seconds / shipped.seconds
        points = grown.points / shipped.points
        row(f"proof with {what}", f"{ratio:.1f} times as long, {points:.1f} times the points", "")


def row(what: str, figure: str, aim: str) -> None:
    print(f"| {what} | {figure} | {aim} |")


if __name__ == "__main__":
    sys.exit(main())
