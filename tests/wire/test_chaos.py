"""The short form of `make chaos`: the same programs, with fewer people."""

from pathlib import Path

import pytest

from bot.app import Kit
from tests.postgres import Schemas
from tools.chaos import claims, handover, interleaving, rush


async def test_nothing_is_lost_or_doubled_while_the_bot_dies_and_the_network_fails(kit: Kit):
    """F01–F04, I2, I3: 300 cases, 10 kills, a fault in every eighth call meanwhile."""
    plan = handover.Plan(cases=300, kills=10, seed=4, at_once=25, within=280)
    found = await handover.measure(kit, plan)
    assert (found.consented, found.kills) == (300, 10)
    assert found.faults > found.calls * 0.1
    assert found.filled == 300
    assert (found.placeholders, found.covers) == (0, 0), found.examples
    assert (found.lost, found.doubled, found.letters_lost, found.letters_doubled) == (0, 0, 0, 0)


def test_of_eight_who_claim_the_same_card_one_gets_it(kit: Kit):
    """F57, I4: one process on SQLite."""
    assert claims.in_batches(kit, 40, seed=1).by_one == 40


def test_of_eight_workers_on_postgres_one_gives_the_card_away(
    kit: Kit, postgres: Schemas, tmp_path: Path
):
    """F57, I4: read-then-write alone would give some of them away twice."""
    found = claims.at_once(postgres.new(), tmp_path / "keys.db", kit, 40, 1)
    assert found.by_one == 40
    assert found.collisions > 0


async def test_eight_tap_in_the_same_instant_and_one_reads_the_details(kit: Kit):
    """F57 through Telegram."""
    found = await rush.measure(kit, 10, lambda _: None)
    assert found.by_one == 10


@pytest.mark.parametrize("part", range(4))
def test_taken_back_while_it_is_claimed_is_one_story_for_both(kit: Kit, part: int):
    """F58, F59, I5: in any order of turns, calls and their answers."""
    found = interleaving.measure(kit, range(20 * part, 20 * part + 20), lambda _: None)
    assert found.problems == ()
    assert found.different == 20
    assert found.claimed
    assert found.taken_back
