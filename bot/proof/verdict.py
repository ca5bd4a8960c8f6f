"""What a walk over some conversations shows: broken claims, and how long people are asked."""

from dataclasses import dataclass, field, replace

from bot.core import logic
from bot.core.case import Case
from bot.core.findings import Findings
from bot.core.knowledge import Question, Role
from bot.proof.example import settled
from bot.proof.graph import Point
from bot.proof.law import Claim, Law, broken
from bot.proof.outlook import Outlook
from bot.proof.walk import walk


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that does not hold, with one person as the example."""

    claim: Claim
    about: str
    """The rule or the question that is meant; empty where it is about people."""
    case: Case
    situations: int
    """Sets of answers, without the place, for which it does not hold."""
    places: int
    """Classes of places where it does not hold, as bits."""
    instead: str = ""
    """Of a rule that never shows: the one that shows in its place."""

    def plus(self, other: "Fault") -> "Fault":
        """The same fault, found again elsewhere."""
        situations = self.situations + other.situations
        return replace(self, situations=situations, places=self.places | other.places)


@dataclass(frozen=True, slots=True)
class Group:
    """People whom the same kinds of services lead, for the same reasons."""

    case: Case
    """Of one of them."""
    situations: int
    where: int
    """Classes of places at which they can be, as bits."""


@dataclass(slots=True)
class Verdict:
    """Sums over some conversations; those over others can be added."""

    conversations: int = 0
    """Sets of answers that the bot can be given, place included."""
    situations: int = 0
    """The same without the place."""
    points: int = 0
    faults: dict[tuple[Claim, str], Fault] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    """Ids of the rules that show, or withhold, something for somebody."""
    outdone: dict[str, Fault] = field(default_factory=dict)
    """Rules that hold for somebody while another one shows for the same kind of service."""
    shown: set[str] = field(default_factory=set)
    """Ids of the services and lines that are a door for somebody."""
    asked: set[str] = field(default_factory=set)
    groups: dict[object, Group] = field(default_factory=dict)
    """All who have answered everything, by what decides about their doors."""
    longest: int = 0
    longest_to_door: int = 0
    mean: float = 0.0
    """Questions, where every answer on a screen is equally likely, for who asks for themselves."""
    mean_to_door: float = 0.0
    branches: int = 0
    """Over how many equal parts the means were taken."""

    def add(self, other: "Verdict") -> None:
        self.conversations += other.conversations
        self.situations += other.situations
        self.points += other.points
        for fault in other.faults.values():
            self.report(fault)
        self.applied |= other.applied
        self.outdone = {**other.outdone, **self.outdone}
        self.shown |= other.shown
        for key, group in other.groups.items():
            self.gather(key, group)
        self.asked |= other.asked
        self.longest = max(self.longest, other.longest)
        self.longest_to_door = max(self.longest_to_door, other.longest_to_door)
        whole = self.branches + other.branches
        if whole:
            share = other.branches / whole
            self.mean += (other.mean - self.mean) * share
            self.mean_to_door += (other.mean_to_door - self.mean_to_door) * share
        self.branches = whole

    def gather(self, key: object, group: Group) -> None:
        known = self.groups.get(key)
        if known is not None:
            group = replace(known, situations=known.situations + group.situations)
        self.groups[key] = group

    def report(self, fault: Fault) -> None:
        key = (fault.claim, fault.about)
        known = self.faults.get(key)
        self.faults[key] = known.plus(fault) if known else fault


def judge(outlook: Outlook, begin: tuple[Case, ...]) -> Verdict:
    """Walk all conversations that begin like this, and look at every screen."""
    return _Judge(outlook, begin).verdict()


class _Judge:
    def __init__(self, outlook: Outlook, begin: tuple[Case, ...]) -> None:
        self.book = outlook.book
        self.outlook = outlook
        self.law = Law.of(self.book)
        self.graph = walk(self.book, begin, self.law.conditions())
        self.points = self.graph.points
        self.paths = self.graph.paths()
        self.found = Verdict(points=len(self.points))
        self.seen: set[tuple[int, int]] = set()
        self.outcomes: dict[object, int] = {}
        self.outcome: list[int] = []
        """Of each point; equal where everything that follows is the same."""
        self.local: list[bool] = []
        """Of each point: doors that follow differ from place to place."""

    def verdict(self) -> Verdict:
        for number, point in enumerate(self.points):
            if point.ask is None:
                self._doors(number, point)
            else:
                self._question(number, point, point.ask.question)
        self._lengths()
        return self.found

    def _doors(self, number: int, point: Point) -> None:
        (found,) = point.found
        opened = tuple((finding, self.outlook.of(finding, found)) for finding in found.shown)
        for finding in found.shown:
            if finding.sure:
                self.found.applied.add(finding.rule.id)
        self._withholding(found)
        where = self._where(point)
        # What is seen at the first door is seen again at the end, and counted there.
        situations = 0 if point.ways else self.paths[number]
        for claim, about, places in broken(found, opened, where, self.law, self.outlook):
            # Somebody at a place where it is so; the same fault elsewhere may be another's.
            case = settled(point.case, self.outlook.places, places)
            self.found.report(Fault(claim, about, case, situations, places))
        for _, one in opened:
            if (id(one), where) not in self.seen:
                self.seen.add((id(one), where))
                self.found.shown.update(one.ids(where))
        if not point.ways:
            key = tuple(self.outlook.key(finding, found) for finding, one in opened if one.known)
            group = Group(point.case, situations, where)
            self.found.gather((key, group.where), group)
            self._outdone(number, point, found)
        after = [self.outcome[way.to] for way in point.ways]
        shown = tuple((finding.rule.id, id(one)) for finding, one in opened)
        self._note(("doors", "place" in point.case, shown, *after))
        self.local.append(
            any(one.varies for _, one in opened) or any(self.local[way.to] for way in point.ways)
        )

    def _outdone(self, number: int, point: Point, found: Findings) -> None:
        """Rules that could apply here, and do not show since another one does."""
        shown = {finding.service_type: finding.rule.id for finding in found.shown}
        leads = found.lead.rule.id if found.lead else None
        for rule, then in self.book.referring:
            instead = leads if then.role is Role.LEAD else shown.get(then.service_type)
            known = rule.id in self.found.applied or rule.id in self.found.outdone
            if known or instead in (None, rule.id) or rule.when.look(found.known) == logic.NO:
                continue
            where = self._where(point)
            case = settled(point.case, self.outlook.places, where)
            situations = self.paths[number]
            self.found.outdone[rule.id] = Fault(
                Claim.RULE, rule.id, case, situations, where, instead
            )

    def _where(self, point: Point) -> int:
        """The classes of places at which such people can be."""
        return self.outlook.at(point.case.get("place"), apart=self.graph.tells_places_apart)

    def _withholding(self, found: Findings) -> None:
        for rule, then in self.book.withholding:
            if rule.id in self.found.applied or rule.when.look(found.known) != logic.YES:
                continue
            if any(
                to.service_type in then.types and referring.when.look(found.known) != logic.NO
                for referring, to in self.book.referring
            ):
                self.found.applied.add(rule.id)

    def _question(self, number: int, point: Point, question: Question) -> None:
        self.found.asked.add(question.id)
        after = tuple(self.outcome[to] for to in point.order)
        self.local.append(any(self.local[way.to] for way in point.ways))
        if len(set(after)) == 1 and not (point.asks_for_place and self.local[-1]):
            self.found.report(Fault(Claim.QUESTION, question.id, point.case, self.paths[number], 0))
        self._note(("asks", question.id, point.groups, after))

    def _note(self, what: object) -> None:
        self.outcome.append(self.outcomes.setdefault(what, len(self.outcomes)))

    def _lengths(self) -> None:
        """From the ends of all conversations back to their beginnings."""
        count = len(self.points)
        conversations, situations = [1] * count, [1] * count
        longest, to_door = [0] * count, [0] * count
        mean, mean_to_door = [0.0] * count, [0.0] * count
        for number, point in enumerate(self.points):
            ways = point.ways
            if not ways:
                continue
            answers = sum(way.answers for way in ways)
            conversations[number] = sum(way.answers * conversations[way.to] for way in ways)
            asks = point.ask is not None
            situations[number] = sum(
                (1 if point.asks_for_place else way.answers) * situations[way.to] for way in ways
            )
            longest[number] = asks + max(longest[way.to] for way in ways)
            mean[number] = asks + sum(way.answers * mean[way.to] for way in ways) / answers
            if asks and not point.further:
                to_door[number] = 1 + max(to_door[way.to] for way in ways)
                mean_to_door[number] = (
                    1 + sum(way.answers * mean_to_door[way.to] for way in ways) / answers
                )
        found = self.found
        for start in self.graph.starts:
            found.conversations += conversations[start]
            found.situations += situations[start]
            found.longest = max(found.longest, longest[start])
            found.longest_to_door = max(found.longest_to_door, to_door[start])
            if self.points[start].case.get("for_whom") == "self":
                found.branches += 1
                found.mean += mean[start]
                found.mean_to_door += mean_to_door[start]
        if found.branches:
            found.mean /= found.branches
            found.mean_to_door /= found.branches
