"""What the bot knows: questions, kinds of services, rules, doors. `content` makes these values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.core.case import DONT_KNOW, ELSEWHERE, NO, YES
from bot.core.hours import Hours
from bot.core.logic import Alphabet, Condition, required
from bot.core.place import District, Municipality


@dataclass(frozen=True, slots=True)
class Later:
    """What an answer becomes one day, if nothing else changes."""

    option: str
    """Of the same question."""
    event: bool
    """Comes when something happens, and perhaps never; otherwise time alone brings it."""


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    fact: str
    """The fact that this option sets: the question's, or its own if several may hold."""
    ask: Condition | None = None
    alone: Condition | None = None
    """When this holds, the option is asked on a screen of its own, before everything else."""
    later: Later | None = None


class QuestionKind(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    kind: QuestionKind
    options: tuple[Option, ...]
    ask: Condition | None = None
    depends: frozenset[str] = frozenset()
    """Questions whose change makes an earlier answer to this one void."""

    facts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        several = self.kind is QuestionKind.SEVERAL
        facts = tuple(option.fact for option in self.options) if several else (self.id,)
        object.__setattr__(self, "facts", facts)


class Reach(StrEnum):
    REGIONAL = "regional"
    STATEWIDE = "statewide"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Finder:
    """The official directory to use where we know no door."""

    url: str


@dataclass(frozen=True, slots=True)
class ServiceType:
    id: str
    member: bool
    """Belongs to the Migrationsfachdienst."""
    authority: bool
    public: bool
    """Has to report people without papers, or may have to (§ 87 AufenthG)."""
    reach: Reach
    finder: Finder
    shown: int
    """Its place in the order of the file, which is the order in which partners are shown."""


class Role(StrEnum):
    LEAD = "lead"
    ALSO = "also"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Refer:
    """The conclusion of a rule: go there."""

    service_type: str
    role: Role
    before_lead: bool = False


@dataclass(frozen=True, slots=True)
class Withhold:
    """The conclusion of a rule: never show these."""

    types: frozenset[str]
    public_carriers: bool
    """Also no service of any other type that a public body runs."""


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    then: Refer | Withhold
    when: Condition
    because: str
    """The German text, which is the key of its translations."""
    source: str
    checked: date
    required: int = field(init=False)
    """Bits of which one must be possible: most rules need no closer look."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "required", required(self.when))


@dataclass(frozen=True, slots=True)
class Evidence:
    source: str
    date: str
    """As precise as the source is: year, month or day, ISO; or `unknown`."""
    confidence: str
    """high, medium or low: how likely the fact is still true."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    date: date
    by: str


@dataclass(frozen=True, slots=True)
class Address:
    name: str | None
    street: str
    postcode: str | None
    town: str


@dataclass(frozen=True, slots=True)
class Site:
    address: Address | None
    phones: tuple[str, ...]
    """International format, as in +49 3546 1234."""
    email: str | None
    website: str | None
    hours: Hours | None
    by_appointment: bool
    evidence: Evidence
    confirmed: Confirmed | None

    @property
    def reachable(self) -> bool:
        return bool(self.address or self.phones or self.website)

    @property
    def withheld(self) -> bool:
        """Nobody should act on this before somebody has confirmed it."""
        return self.confirmed is None and self.evidence.confidence == "low"


@dataclass(frozen=True, slots=True)
class Absence:
    """Days in a row on which nobody is there: holidays of the house, a move."""

    begin: date
    end: date
    """The last day, itself included."""

    def __contains__(self, day: date) -> bool:
        return self.begin <= day <= self.end


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    name: str
    provider: str
    public: bool
    offers: tuple[str, ...]
    statewide: bool
    districts: frozenset[str]
    municipalities: frozenset[str]
    who: Condition | None
    languages: tuple[str, ...]
    shelter: bool
    sites: tuple[Site, ...]
    valid_from: date | None
    valid_to: date | None
    absences: tuple[Absence, ...] = ()
    """In the order of days; no two overlap."""
    deputy: str | None = None
    """The service that is asked when this one does not answer, if the person has agreed."""

    def is_valid(self, day: date) -> bool:
        """Exists on this day, as far as we know."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def is_absent(self, day: date) -> bool:
        """Exists, but nobody is there on this day."""
        return any(day in absence for absence in self.absences)

    def absent_until(self, day: date) -> date | None:
        """The last of the days without a break, this one among them, on which nobody is there."""
        last = None
        for absence in self.absences:
            if (day if last is None else last + timedelta(days=1)) in absence:
                last = absence.end
        return last


@dataclass(frozen=True, slots=True)
class Hotline:
    id: str
    phone: str | None
    website: str | None
    hours: Hours
    languages: tuple[str, ...]
    emergency: bool
    service_type: str
    when: Condition
    caution_when: Condition | None
    evidence: Evidence
    confirmed: Confirmed | None


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the data."""

    name: str
    address: str
    email: str
    phone: str
    privacy_officer: str
    supervisor: str


@dataclass(frozen=True, slots=True)
class Region:
    id: str
    time_zone: str
    operator: Operator
    languages: tuple[str, ...]
    complete: frozenset[str]
    holidays: str
    """The state whose public holidays hold, as in BB."""


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One consistent edition of the knowledge base. Never changed; a newer one replaces it."""

    region: Region
    questions: Mapping[str, Question]
    types: Mapping[str, ServiceType]
    rules: tuple[Rule, ...]
    services: Mapping[str, Service]
    hotlines: Mapping[str, Hotline]
    districts: Mapping[str, District]
    municipalities: Mapping[str, Municipality]
    alphabet: Alphabet
    texts: Mapping[str, str]
    """`kind.id.field` -> the German text, which is the key of its translations."""
    edition: str
    """A hash of the files."""
    usual_hours: Hours
    """Of an office whose hours nobody knows."""
    offering: Mapping[tuple[str, str], tuple[Service, ...]] = field(init=False)
    """Kind of service and district -> the services that can be reached and serve some of it.

    The district is empty for those that serve the whole state.
    """
    referring: tuple[tuple[Rule, Refer], ...] = field(init=False)
    withholding: tuple[tuple[Rule, Withhold], ...] = field(init=False)
    accepted: Mapping[str, frozenset[str]] = field(init=False)
    """Fact -> the answers that it takes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "offering", self._offering())
        conclusions = [(rule, rule.then) for rule in self.rules]
        referring = tuple((r, then) for r, then in conclusions if isinstance(then, Refer))
        withholding = tuple((r, then) for r, then in conclusions if isinstance(then, Withhold))
        object.__setattr__(self, "referring", referring)
        object.__setattr__(self, "withholding", withholding)
        object.__setattr__(self, "accepted", dict(self._accepted()))

    def _offering(self) -> Mapping[tuple[str, str], tuple[Service, ...]]:
        offering: dict[tuple[str, str], list[Service]] = {}
        for service in self.services.values():
            if not any(site.reachable and not site.withheld for site in service.sites):
                continue
            served = {*service.districts, *(ags[:5] for ags in service.municipalities)}
            for district in ("",) if service.statewide else served:
                for service_type in service.offers:
                    offering.setdefault((service_type, district), []).append(service)
        return {key: tuple(services) for key, services in offering.items()}

    def _accepted(self) -> Iterator[tuple[str, frozenset[str]]]:
        for question in self.questions.values():
            match question.kind:
                case QuestionKind.ONE:
                    answers = frozenset(option.id for option in question.options)
                case QuestionKind.SEVERAL:
                    answers = frozenset((YES, NO))
                case QuestionKind.PLACE:
                    answers = frozenset((ELSEWHERE, *self.districts, *self.municipalities))
            for fact in question.facts:
                yield fact, answers | {DONT_KNOW}
