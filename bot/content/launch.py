"""What is still missing before real people use the bot: what must be done, and what should.

Must: nobody would answer for the data; a rule, a number for emergencies or every single door of the
Migrationsfachdienst rests on nobody's word. All else the bot says honestly on the screen ("not
confirmed, please call first"), so it should be done but stops nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.content.files import Sources
from bot.content.problems import Problem
from bot.content.schema import HotlineText, OperatorText, RegionText, ServiceText, SiteText
from bot.content.schema_rules import RuleText, ServiceTypeText
from bot.content.tasks import Group, Level, Task
from bot.content.tree import Cursor
from bot.content.validation import entries, one
from bot.core.place import District
from bot.sentence import Sentence


@dataclass(frozen=True, slots=True)
class _Door:
    service: ServiceText
    site: SiteText
    at: Cursor

    @property
    def reachable(self) -> bool:
        return bool(self.site.address or self.site.phone or self.site.website)

    @property
    def withheld(self) -> bool:
        return self.site.confirmed is None and self.site.evidence.confidence == "low"

    def problem(self, said: Sentence, cure: Sentence) -> Problem:
        return self.at.document.problem(self.at.path, said.about(service=self.service.id), cure)


def launch(sources: Sources, districts: Mapping[str, District], today: date) -> tuple[Group, ...]:
    """Every group, also those in which nothing is left to do."""
    doors = tuple(_doors(sources, today))
    members = _members(sources)
    must, should = Level.MUST, Level.SHOULD
    return (
        Group("operator", must, Sentence("Who answers for the data"), tuple(_operator(sources))),
        Group(
            "emergency",
            must,
            Sentence("Numbers of the emergency page that nobody has confirmed"),
            tuple(_hotlines(sources, emergency=True)),
        ),
        Group(
            "rules",
            must,
            Sentence("Rules that somebody who knows the law has to confirm"),
            tuple(_rules(sources)),
        ),
        Group(
            "members",
            must,
            Sentence("A first confirmed door of the Migrationsfachdienst"),
            tuple(_first(doors, members)),
        ),
        Group(
            "unreachable",
            should,
            Sentence("Services that nobody can reach, so they are not shown"),
            tuple(_unreachable(doors, districts)),
        ),
        Group(
            "withheld",
            should,
            Sentence("Services that are withheld until somebody confirms them"),
            tuple(_unconfirmed((door for door in doors if door.withheld), districts)),
        ),
        Group(
            "unconfirmed",
            should,
            Sentence("Services that are shown and that nobody has confirmed"),
            tuple(_unconfirmed((door for door in doors if not door.withheld), districts)),
        ),
        Group(
            "hotlines",
            should,
            Sentence("Other numbers and online advice that nobody has confirmed"),
            tuple(_hotlines(sources, emergency=False)),
        ),
        Group(
            "review",
            should,
            Sentence("Services that wait for somebody who knows them"),
            tuple(_review(doors, districts)),
        ),
        Group(
            "districts",
            should,
            Sentence("Districts where we know no door of the Migrationsfachdienst"),
            tuple(_white_spots(doors, members, districts)),
        ),
    )


def _operator(sources: Sources) -> Iterator[Task]:
    document = sources.documents["region.yaml"]
    region = one(document.value, Cursor(document, []), RegionText)
    for name in OperatorText.model_fields if region else ():
        if region and not getattr(region.operator, name):
            said = Sentence("`{name}` of `operator` is empty.", name=name)
            cure = Sentence("Fill it in: people are told who keeps their answers.")
            yield Task(document.problem(("operator", name), said, cure))


def _hotlines(sources: Sources, *, emergency: bool) -> Iterator[Task]:
    document = sources.documents["hotlines.yaml"]
    for hotline, at in entries(Cursor(document, []), HotlineText):
        if hotline.emergency is not emergency or hotline.confirmed is not None:
            continue
        said = Sentence("`{hotline}`: nobody has confirmed {phone}.")
        said = said.about(hotline=hotline.id, phone=hotline.phone or hotline.website)
        cure = Sentence("Call there; then fill in `confirmed`.")
        if hotline.phone is None:
            cure = Sentence("Look at the page; then fill in `confirmed`.")
        if emergency:
            cure = Sentence("Look it up on its official page; then fill in `confirmed`.")
        yield Task(document.problem(at.path, said, cure))


def _rules(sources: Sources) -> Iterator[Task]:
    for document in sources.listed("rules"):
        for rule, at in entries(Cursor(document, []), RuleText):
            if rule.review:
                said = Sentence("`{rule}`: {because} ({source}).", rule=rule.id)
                said = said.about(because=rule.because, source=rule.source)
                cure = Sentence("Once it is confirmed, take `review` out and set `checked`.")
                yield Task(document.key_problem((*at.path, "review"), said, cure))


def _first(doors: tuple[_Door, ...], members: frozenset[str]) -> Iterator[Task]:
    offered = (door for door in doors if members & set(door.service.offers))
    if not any(door.site.confirmed and door.reachable for door in offered):
        said = Sentence("Nobody has confirmed a single service of the Migrationsfachdienst.")
        cure = Sentence("Call one, and type `clearing confirm SERVICE --by ROLE`.")
        yield Task(Problem("services", 0, 0, said, cure))


def _unreachable(doors: tuple[_Door, ...], districts: Mapping[str, District]) -> Iterator[Task]:
    for door in doors:
        if not door.reachable:
            said = Sentence("`{service}`: no address, phone or website.")
            cure = Sentence("Add one of them.")
            if door.site.email:
                cure = Sentence("Write to {email}, and add one of them.", email=door.site.email)
            yield Task(door.problem(said, cure), _area(door.service, districts))


def _unconfirmed(doors: Iterator[_Door], districts: Mapping[str, District]) -> Iterator[Task]:
    for door in doors:
        if door.site.confirmed is None and door.reachable:
            said = Sentence("`{service}`: {name}.", name=door.service.name)
            yield Task(door.problem(said, _call(door)), _area(door.service, districts))


def _call(door: _Door) -> Sentence:
    site = door.site
    if site.phone:
        said = Sentence("Call {phone}; then `clearing confirm {service} --by ROLE`.")
    elif site.email:
        said = Sentence("Write to {email}; then `clearing confirm {service} --by ROLE`.")
    elif site.website:
        said = Sentence(
            "Look for a number on {website} and call; then `clearing confirm {service} --by ROLE`."
        )
    else:
        said = Sentence("Look for a number and call; then `clearing confirm {service} --by ROLE`.")
    return said.about(
        phone=next(iter(site.phone), ""),
        email=site.email or "",
        website=site.website or "",
        service=door.service.id,
    )


def _review(doors: tuple[_Door, ...], districts: Mapping[str, District]) -> Iterator[Task]:
    seen: set[str] = set()
    for door in doors:
        service = door.service.id
        if door.service.review and service not in seen:
            seen.add(service)
            path = (*door.at.path[:1], "review")
            said = Sentence("`{service}`: {name}.", service=service, name=door.service.name)
            cure = Sentence("Once it is confirmed, take `review` out.")
            problem = door.at.document.key_problem(path, said, cure)
            yield Task(problem, _area(door.service, districts))


def _white_spots(
    doors: tuple[_Door, ...], members: frozenset[str], districts: Mapping[str, District]
) -> Iterator[Task]:
    known = {
        key
        for door in doors
        if members & set(door.service.offers) and door.reachable and not door.withheld
        for key in _served(door.service)
    }
    for key, district in districts.items():
        if key not in known:
            said = Sentence(
                "{district} ({key}): no door is shown.", district=district.name, key=key
            )
            cure = Sentence("Ask its integration officer who advises there, and add a service.")
            yield Task(Problem("services", 0, 0, said, cure))


def _doors(sources: Sources, today: date) -> Iterator[_Door]:
    """Those that have not ended."""
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            if service.valid and service.valid.to and service.valid.to < today:
                continue
            for number, site in enumerate(service.sites):
                yield _Door(service, site, at / "sites" / number)


def _members(sources: Sources) -> frozenset[str]:
    """Kinds of the Migrationsfachdienst that every district should have."""
    kinds = entries(Cursor(sources.documents["types.yaml"], []), ServiceTypeText)
    return frozenset(kind.id for kind, _ in kinds if kind.member and kind.reach == "regional")


def _area(service: ServiceText, districts: Mapping[str, District]) -> str | Sentence:
    if service.serves.statewide:
        return Sentence("the whole state")
    return " · ".join(districts[key].name for key in _served(service) if key in districts)


def _served(service: ServiceText) -> tuple[str, ...]:
    serves = service.serves
    keys = (*serves.districts, *(key[:5] for key in serves.municipalities))
    return tuple(dict.fromkeys(keys))
