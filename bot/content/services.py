"""From services/*.yaml to the doors that we know, with their addresses, phones and hours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.content import deputies
from bot.content.absences import absences
from bot.content.keys import Keys
from bot.content.notation import lint
from bot.content.opening import OsmHours, PublicHolidays
from bot.content.phones import phone
from bot.content.rules import Ids, Kinds
from bot.content.schema import ConfirmedText, EvidenceText, ServesText, ServiceText, SiteText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.content.vocabulary import Vocabulary
from bot.core.knowledge import Address, Confirmed, Evidence, Service, Site
from bot.sentence import Sentence

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_LIKE_AN_ADDRESS: Final = re.compile(r"\w+:/|www\.")
_ADDRESS: Final = re.compile(r"^https?://[^\s/]+\.[^\s/]+")
_WORD: Final = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a service may refer to."""

    vocabulary: Vocabulary
    kinds: Kinds
    keys: Keys
    holidays: PublicHolidays


def services(cursors: Iterable[Cursor], known: Known, ids: Ids) -> dict[str, Service]:
    written = [one for cursor in cursors for one in entries(cursor, ServiceText)]
    built: dict[str, Service] = {}
    for text, at in written:
        ids.take(text.id, at)
        built[text.id] = _service(text, at, known)
    deputies.check(written, known.kinds)
    return built


def _service(text: ServiceText, at: Cursor, known: Known) -> Service:
    for number, name in enumerate(text.offers):
        known.kinds.check(name, at / "offers" / number)
    _serves(text.serves, at / "serves", known)
    if text.shelter:
        _shelter(text, at)
    sites = tuple(
        _site(site, at / "sites" / number, known) for number, site in enumerate(text.sites)
    )
    who = None
    if text.serves.who is not None:
        who = known.vocabulary.condition(text.serves.who, at / "serves" / "who")
    begin, end = (text.valid.from_, text.valid.to) if text.valid else (None, None)
    if begin and end and begin > end:
        said = Sentence("The service ends on {end} before it begins on {begin}.")
        cure = Sentence("Put the earlier date under `from`.")
        (at / "valid" / "to").report(said.about(begin=begin, end=end), cure)
    return Service(
        text.id,
        text.name,
        text.provider,
        text.carrier == "public",
        tuple(text.offers),
        text.serves.statewide,
        frozenset(text.serves.districts),
        frozenset(text.serves.municipalities),
        who,
        tuple(text.languages),
        text.shelter,
        sites,
        begin,
        end,
        absences(text.absences, at / "absences"),
        text.deputy,
    )


def _serves(text: ServesText, at: Cursor, known: Known) -> None:
    if not (text.statewide or text.districts or text.municipalities):
        said = Sentence("It is not said where this service helps.")
        cure = Sentence("Write `districts:`, `municipalities:` or `statewide: true`.")
        at.report_key(said, cure)
    for number, key in enumerate(text.districts):
        known.keys.check_district(key, at / "districts" / number)
    for number, key in enumerate(text.municipalities):
        known.keys.check_municipality(key, at / "municipalities" / number)


def _shelter(text: ServiceText, at: Cursor) -> None:
    for number, site in enumerate(text.sites):
        here = at / "sites" / number
        if site.address is not None:
            said = Sentence("`{name}` is a shelter: its address must stay secret.", name=text.id)
            cure = Sentence("Delete the address, here and in the history.")
            (here / "address").report_key(said, cure)
        if not site.phone:
            said = Sentence("The shelter `{name}` has no phone.", name=text.id)
            here.report(said, Sentence("Add `phone:`."))


def _site(text: SiteText, at: Cursor, known: Known) -> Site:
    phones = (phone(number, at / "phone" / n) for n, number in enumerate(text.phone))
    if text.email is not None and not _EMAIL.fullmatch(text.email):
        (at / "email").report(
            Sentence("`{email}` is not an e-mail address.", email=text.email),
            Sentence("Write name@example.org."),
        )
    address = None
    if text.address is not None:
        address = Address(
            text.address.name, text.address.street, text.address.postcode, text.address.town
        )
    return Site(
        address,
        tuple(phones),
        text.email,
        text.website,
        hours(text.hours, at / "hours", known.holidays) if text.hours else None,
        text.by_appointment,
        evidence(text.evidence, at / "evidence"),
        confirmed(text.confirmed),
    )


def hours(text: str, at: Cursor, holidays: PublicHolidays) -> OsmHours:
    found = list(dict.fromkeys(lint(text)))
    for problem, cure in found:
        at.report(problem, cure)
    return OsmHours("off" if found else text, holidays)


def evidence(text: EvidenceText, at: Cursor) -> Evidence:
    known = _ADDRESS if _LIKE_AN_ADDRESS.match(text.source) else _WORD
    if not known.search(text.source):
        said = Sentence("`{source}` is neither an address nor words.", source=text.source)
        cure = Sentence("Say where this is from: `https://www.example.org`, or who said it.")
        (at / "source").report(said, cure)
    return Evidence(text.source, text.date, text.confidence)


def confirmed(text: ConfirmedText | None) -> Confirmed | None:
    return Confirmed(text.date, text.by) if text else None
