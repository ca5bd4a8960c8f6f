"""Plant generated faults into the shipped knowledge base, and print which of them are found."""

import argparse
import gc
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Final

from bot.proof.law import Law
from bot.proof.parallel import each
from bot.proof.walk import starts, walk
from tools.mutants.campaign import Campaign, Outcome
from tools.mutants.kinds import mutants, sample
from tools.mutants.text import Base

KNOWLEDGE: Final = Path("knowledge")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default: 1)")
    parser.add_argument("--people", type=int, default=1500, help="random people for each")
    parser.add_argument("--parts", type=int, default=3, help="concerns to compare, of 17")
    parser.add_argument("--prove", action="store_true", help="prove where `diff` says nothing")
    parser.add_argument("--only", default="", help="kinds that begin like this")
    chosen = parser.parse_args()
    base = Base.read(KNOWLEDGE)
    book = base.book()
    # Nothing of what a walk builds is garbage until it ends.
    gc.disable()
    graph = walk(book, starts(book), Law.of(book).conditions())
    gc.freeze()
    gc.enable()
    campaign = Campaign(base, graph, chosen.people, chosen.parts, chosen.seed, proves=chosen.prove)
    every = tuple(one for one in mutants(base) if one.kind.startswith(chosen.only))
    drawn = sample(every, chosen.size, chosen.seed)
    print(f"{len(drawn)} of {len(every)} mutations, seed {chosen.seed}", flush=True)
    begun = perf_counter()
    outcomes = []
    for outcome in each(campaign.run, drawn, os.cpu_count() or 1):
        outcomes.append(outcome)
        said = "refused" if outcome.refused else "found" if outcome.compared else "no change"
        print(f"{outcome.seconds:6.1f} s  {said:9}  {outcome.mutant}", file=sys.stderr, flush=True)
        for wrong in outcome.wrong[:2]:
            print(f"✗ {outcome.mutant}\n    {wrong}", file=sys.stderr, flush=True)
    print("\n".join(table(outcomes)))
    print(f"\n{perf_counter() - begun:.0f} seconds")
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


def table(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """A row for each kind, and one for all."""
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(outcome.mutant.kind, []).append(outcome)
    yield "| kind | planted | refused by check | change somebody | found by diff | only by prove "
    yield "| missed | disagree | seconds |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for kind in sorted(kinds):
        yield _row(kind, kinds[kind])
    yield _row("all", [one for some in kinds.values() for one in some])


def _row(kind: str, some: list[Outcome]) -> str:
    figures = (
        len(some),
        sum(one.refused for one in some),
        sum(one.changes_somebody for one in some),
        sum(one.compared for one in some),
        sum(bool(one.broken) for one in some),
        sum(one.missed for one in some),
        sum(bool(one.wrong) for one in some),
        f"{sum(one.seconds for one in some):.1f}",
    )
    return f"| {kind} | {' | '.join(map(str, figures))} |"


if __name__ == "__main__":
    sys.exit(main())
