"""Entries that look like one door written twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.content.files import Sources
from bot.content.problems import Problem
from bot.content.schema import HotlineText, ServiceText, SiteText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.sentence import Sentence


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    place: str
    """File and line."""


def duplicates(sources: Sources) -> Iterator[Problem]:
    """Each pair once, where the second of the two stands."""
    yield from _services(sources)
    yield from _hotlines(sources)


def _services(sources: Sources) -> Iterator[Problem]:
    first: dict[tuple[str, str], _Entry] = {}
    for document in sources.listed("services"):
        for service, at in entries(Cursor(document, []), ServiceText):
            here = _Entry(service.id, f"{document.file}:{document.line(at.path)}")
            named: set[str] = set()
            for offer, shared, alike in _traits(service):
                other = first.setdefault((offer, shared), here)
                if other.id not in {service.id, *named}:
                    named.add(other.id)
                    said = alike.about(
                        service=service.id, offer=offer, other=other.id, place=other.place
                    )
                    yield document.problem((*at.path, "id"), said, _one_or_two())


def _traits(service: ServiceText) -> Iterator[tuple[str, str, Sentence]]:
    """What no two doors have in common as a rule: an offer, with a number or an address."""
    for offer in service.offers:
        for site in service.sites:
            for phone in site.phone:
                yield offer, _digits(phone), _SAME_PHONE
            if address := _address(site):
                yield offer, address, _SAME_ADDRESS


_SAME_PHONE: Final = Sentence(
    "`{service}` has the same offer `{offer}` and the same phone number as `{other}` in {place}."
)
_SAME_ADDRESS: Final = Sentence(
    "`{service}` has the same offer `{offer}` and the same address as `{other}` in {place}."
)


def _hotlines(sources: Sources) -> Iterator[Problem]:
    document = sources.documents.get("hotlines.yaml")
    first: dict[str, _Entry] = {}
    for hotline, at in entries(Cursor(document, []), HotlineText) if document else ():
        if document is None or hotline.phone is None:
            continue
        here = _Entry(hotline.id, f"{document.file}:{document.line(at.path)}")
        other = first.setdefault(_digits(hotline.phone), here)
        if other != here:
            said = Sentence("`{hotline}` has the same number as `{other}` in {place}.")
            said = said.about(hotline=hotline.id, other=other.id, place=other.place)
            yield document.problem((*at.path, "phone"), said, _one_or_two())


def _one_or_two() -> Sentence:
    return Sentence("If it is one door, make one entry of the two; if it is not, leave them.")


def _digits(phone: str) -> str:
    """The same for +49 3546 1234, 0049 3546 1234 and 03546 1234."""
    digits = re.sub(r"[^0-9+]", "", phone.replace("(0)", ""))
    return re.sub(r"^(\+49|0049)", "0", digits)


def _address(site: SiteText) -> str:
    """Empty where no house is named: a street is shared by many."""
    if site.address is None or not re.search(r"\d", site.address.street):
        return ""
    address = (site.address.name, site.address.street, site.address.town)
    return "|".join(re.sub(r"\W", "", part or "").casefold() for part in address)
