"""What somebody should look at in services and hotlines."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.content import language_codes
from bot.content.absences import over
from bot.content.files import Sources
from bot.content.notation import names_holidays
from bot.content.phones import doubt
from bot.content.postcodes import Postcodes, postcode_warnings
from bot.content.problems import Problem
from bot.content.schema import EvidenceText, HotlineText, ServiceText, SiteText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.sentence import Sentence

STALE: Final = timedelta(days=365)
"""Law and opening hours change; what nobody has looked at for a year is doubtful."""


def door_warnings(sources: Sources, today: date, postcodes: Postcodes) -> Iterator[Problem]:
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            yield from _service(service, at, today, postcodes)
    helping = sources.documents.get("hotlines.yaml")
    for hotline, at in entries(Cursor(helping, []), HotlineText) if helping else ():
        yield from _languages(hotline.id, hotline.languages, at)
        yield from _evidence(hotline.id, hotline.evidence, at / "evidence", today)


def _service(
    service: ServiceText, at: Cursor, today: date, postcodes: Postcodes
) -> Iterator[Problem]:
    document = at.document
    if service.review:
        said = Sentence("The service `{service}` waits for somebody who knows it.")
        cure = Sentence("Once it is confirmed, take `review` out.")
        yield document.key_problem((*at.path, "review"), said.about(service=service.id), cure)
    if service.valid and service.valid.to and service.valid.to < today:
        said = Sentence("`{service}` ended on {date} and is no longer shown.")
        said = said.about(service=service.id, date=service.valid.to)
        yield document.problem((*at.path, "valid", "to"), said, Sentence("Take it out."))
    if service.valid and service.valid.from_ and service.valid.from_ > today:
        said = Sentence("`{service}` begins on {date} and is not shown before.")
        said = said.about(service=service.id, date=service.valid.from_)
        cure = Sentence("There is nothing to do if that is meant.")
        yield document.problem((*at.path, "valid", "from"), said, cure)
    yield from over(service.absences, at / "absences", today)
    yield from _languages(service.id, service.languages, at)
    for number, site in enumerate(service.sites):
        here = at / "sites" / number
        for said, cure in _site(site, today):
            yield document.problem(here.path, said.about(service=service.id), cure)
        yield from _evidence(service.id, site.evidence, here / "evidence", today)
        yield from _phones(service.id, site, here / "phone")
        yield from postcode_warnings(service, site, here / "address" / "postcode", postcodes)


def _site(site: SiteText, today: date) -> Iterator[tuple[Sentence, Sentence]]:
    if not (site.address or site.phone or site.website):
        yield (
            Sentence("`{service}`: no address, phone or website, so it is not shown."),
            Sentence("Add one of them."),
        )
        return
    if site.hours not in (None, "24/7") and not names_holidays(site.hours or ""):
        yield (
            Sentence("`{service}`: the hours do not say what holds on public holidays."),
            Sentence("Add `; PH off`."),
        )
    if site.confirmed is None:
        if site.evidence.confidence == "low":
            yield (
                Sentence(
                    "`{service}`: withheld until somebody confirms it, since the evidence is weak."
                ),
                Sentence("Call there and fill in `confirmed`."),
            )
    elif today - site.confirmed.date > STALE:
        said = Sentence("`{service}`: confirmed on {date}, over a year ago.")
        yield said.about(date=site.confirmed.date), Sentence("Call there and confirm it.")
    elif site.confirmed.date > today:
        said = Sentence("`{service}`: confirmed on {date}, in the future.")
        yield said.about(date=site.confirmed.date), Sentence("Correct the date.")


def _phones(name: str, site: SiteText, at: Cursor) -> Iterator[Problem]:
    for number, phone in enumerate(site.phone):
        if said := doubt(phone):
            cure = Sentence("Check that none is missing; in small places it may be right.")
            yield at.document.problem((*at.path, number), said.about(service=name), cure)


def _evidence(name: str, evidence: EvidenceText, at: Cursor, today: date) -> Iterator[Problem]:
    if evidence.date != "unknown" and evidence.date > today.isoformat():
        said = Sentence("`{service}`: the evidence is of {date}, in the future.")
        said = said.about(service=name, date=evidence.date)
        yield at.document.problem((*at.path, "date"), said, Sentence("Correct the date."))


def _languages(name: str, languages: list[str], at: Cursor) -> Iterator[Problem]:
    for number, code in enumerate(languages):
        if not language_codes.is_known(code):
            said = Sentence("`{service}`: nobody knows a language `{code}`.")
            path = (*at.path, "languages", number)
            cure = language_codes.cure(code)
            yield at.document.problem(path, said.about(service=name, code=code), cure)
