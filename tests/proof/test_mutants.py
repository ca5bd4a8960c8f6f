"""Generated faults: whatever changes what somebody is shown is found, and nothing else is said.

The whole campaign is `make mutants`; here are some of its mutations, for people of one concern.
"""

from pathlib import Path

import pytest

from bot.core.knowledge import Book
from bot.proof.walk import branches, walk
from tools.mutants.campaign import Campaign
from tools.mutants.kinds import mutants, sample
from tools.mutants.text import Base

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="module")
def campaign(book: Book) -> Campaign:
    (part,) = (one for one in branches(book) if one[0]["concern"] == "wellbeing")
    return Campaign(
        Base.read(KNOWLEDGE), walk(book, part), 40, 1, 1, proves=False, concern="wellbeing"
    )


def test_every_planted_fault_that_changes_somebody_is_found(campaign: Campaign) -> None:
    every = tuple(mutants(campaign.base))
    outcomes = [campaign.run(one) for one in sample(every, SIZE, seed=3)]
    assert not [(outcome.mutant, outcome.wrong) for outcome in outcomes if outcome.wrong]
    assert not [outcome.mutant for outcome in outcomes if outcome.missed]
    assert sum(outcome.compared or outcome.refused for outcome in outcomes) >= FOUND


SIZE = 14
FOUND = 3
