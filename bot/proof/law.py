"""What must hold for everybody, written down apart from the rules that bring it about.

A slip in the YAML (a status taken out of a rule, a body no longer marked as public) must not
silence the very claim that it breaks; so bodies that report are named here too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.case import YES, part
from bot.core.findings import Finding, Findings
from bot.core.knowledge import Book, Role
from bot.core.logic import NO, PERHAPS, All, AnyOf, Condition, Is
from bot.core.logic import YES as HOLDS
from bot.proof.outlook import Opened, Outlook


class Claim(StrEnum):
    DOOR = "door"
    """Always at least one first door that can be reached."""
    LEAD = "lead"
    """Exactly one kind of service leads."""
    AUTHORITY = "authority"
    """No authority and no hotline leads."""
    REPORTING = "reporting"
    """Nobody without papers is shown a body that must report."""
    WARNING = "warning"
    """Whose papers are unknown sees public bodies behind a button only."""
    HELP = "help"
    """Danger shows somebody to call first."""
    RULE = "rule"
    """Every rule applies to somebody."""
    SERVICE = "service"
    """Every service and every line that can be reached is shown to somebody."""
    QUESTION = "question"
    """Every question can change something."""


AUTHORITIES: Final = frozenset(
    {
        "foreigners_office",
        "jobcentre",
        "employment_agency",
        "social_office",
        "youth_office",
        "school_office",
        "hotline",
    }
)
"""Never lead; design, section 4."""

REPORTING: Final = frozenset(
    {
        "foreigners_office",
        "jobcentre",
        "employment_agency",
        "social_office",
        "school_office",
        "integration_officer",
        "youth_office",
    }
)
"""Must report people without papers, or may have to (§ 87 AufenthG)."""

PROTECTS: Final = "youth_office"
"""Must take in a child without parents here, whatever its papers (§ 42a SGB VIII)."""


@dataclass(frozen=True, slots=True)
class Law:
    """The people of whom the claims speak. A base that does not know them is not held to them."""

    no_papers: Condition
    danger: Condition
    without_parents: Condition
    child_alone: Condition

    @classmethod
    def of(cls, book: Book) -> "Law":
        young = _is(book, "age", "under_12", "12_to_17")
        without_parents = All((young, _is(book, part("needs", "unaccompanied"), YES)))
        child = All((_is(book, "age", "under_12"), _is(book, "for_whom", "self")))
        return cls(
            _is(book, "status", "none"),
            _is(book, part("needs", "violence"), YES),
            without_parents,
            AnyOf((child, without_parents)),
        )

    def conditions(self) -> tuple[Condition, ...]:
        """People between whom the claims distinguish must not be taken for one another."""
        return (self.no_papers, self.danger, self.without_parents, self.child_alone)


def broken(
    found: Findings,
    opened: tuple[tuple[Finding, Opened], ...],
    where: int,
    law: Law,
    outlook: Outlook,
) -> Iterator[tuple[Claim, str, int]]:
    """Claims that a result breaks, by which kind of service, at which of the places `where`."""
    leads = [finding for finding in found.shown if finding.role is Role.LEAD]
    if len(leads) != 1:
        yield Claim.LEAD, "", where
    for finding in leads:
        if _authority(finding, outlook.book):
            yield Claim.AUTHORITY, finding.service_type, where
    reached = 0
    for finding, one in opened:
        if finding.role is Role.LEAD:
            reached |= one.leads
    if nowhere := where & ~reached:
        yield Claim.DOOR, leads[0].service_type if leads else "", nowhere
    yield from _papers(found, opened, where, law)
    in_danger = law.danger.look(found.known) == HOLDS or law.child_alone.look(found.known) == HOLDS
    if in_danger and not any(one.emergency for _, one in opened):
        yield Claim.HELP, "", where


def _papers(
    found: Findings, opened: tuple[tuple[Finding, Opened], ...], where: int, law: Law
) -> Iterator[tuple[Claim, str, int]]:
    papers = law.no_papers.look(found.known)
    if papers == NO:
        return
    unknown = papers == PERHAPS
    for finding, one in opened:
        spares = law.child_alone if unknown else law.without_parents
        if finding.service_type == PROTECTS and spares.look(found.known) in (HOLDS, PERHAPS):
            continue
        reports = finding.service_type in REPORTING
        if unknown:
            seen = where if reports and not stands_behind(finding) else where & one.shown_public
            if seen:
                yield Claim.WARNING, finding.service_type, seen
        elif seen := where if reports else where & one.public:
            yield Claim.REPORTING, finding.service_type, seen


def stands_behind(finding: Finding) -> bool:
    """`doors` puts it behind a button."""
    return finding.may_report or (finding.role is Role.PARTNER and not finding.sure)


def _authority(finding: Finding, book: Book) -> bool:
    kind = finding.service_type
    return kind in AUTHORITIES or book.types[kind].authority


def _is(book: Book, fact: str, *options: str) -> Condition:
    bits = book.alphabet.bits.get(fact, {})
    return Is(sum(bits[option] for option in options if option in bits))
