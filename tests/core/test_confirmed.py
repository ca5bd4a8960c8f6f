"""A door counts as confirmed when all that is shown of it is."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.knowledge import Book, Confirmed
from bot.core.responsibility import confirmed_of

OLD, NEW = Confirmed(date(2026, 3, 1), "Leitung"), Confirmed(date(2026, 9, 1), "Leitung")


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([(NEW, "high"), (OLD, "high")], OLD.date),
        ([(NEW, "high"), (None, "medium")], None),
        # The second site is withheld: nobody sees it, so it makes the first no less sure.
        ([(NEW, "high"), (None, "low")], NEW.date),
        ([(None, "low")], None),
    ],
)
def test_only_what_is_shown_counts(
    book: Book, sites: list[tuple[Confirmed | None, str]], expected: date | None
) -> None:
    service = book.services["jmd_niederlausitz"]
    (site,) = service.sites
    made = tuple(
        replace(site, confirmed=confirmed, evidence=replace(site.evidence, confidence=confidence))
        for confirmed, confidence in sites
    )
    assert confirmed_of(replace(service, sites=made)) == expected
