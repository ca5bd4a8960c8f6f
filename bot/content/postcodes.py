"""Whether the postcode of a site fits its town, and what the service says it serves."""

from collections.abc import Iterator
from typing import Final, Protocol

from bot.content.problems import Problem
from bot.content.schema import ServesText, ServiceText, SiteText
from bot.content.tree import Cursor
from bot.core.place import District
from bot.sentence import Sentence

_LISTED: Final = 3


class Postcodes(Protocol):
    """What is known of postcodes: much, but not everything."""

    def districts_of(self, postcode: str) -> tuple[District, ...]:
        """Those in which it lies; none where it is not of the region."""

    def towns_of(self, postcode: str) -> tuple[str, ...]:
        """Those that it belongs to; none where nobody knows it."""

    def is_elsewhere(self, town: str, postcode: str) -> bool:
        """Whether it certainly belongs to other towns than this one."""


def postcode_warnings(
    service: ServiceText, site: SiteText, at: Cursor, postcodes: Postcodes
) -> Iterator[Problem]:
    """At most one: a postcode of another town mostly lies in another district as well."""
    postcode = site.address.postcode if site.address else None
    if site.address is None or postcode is None:
        return
    said = _town(site.address.town, postcode, postcodes) or _district(service, postcode, postcodes)
    if said is not None:
        problem, cure = said
        problem = problem.about(service=service.id, postcode=postcode)
        yield at.document.problem(at.path, problem, cure)


def _town(town: str, postcode: str, postcodes: Postcodes) -> tuple[Sentence, Sentence] | None:
    towns = postcodes.towns_of(postcode)
    if not towns:
        said = Sentence("`{service}`: nobody knows the postcode {postcode}.")
        cure = Sentence("Look it up; only one that belongs to a single large office may be right.")
        return said, cure
    if postcodes.is_elsewhere(town, postcode):
        more = [] if len(towns) <= _LISTED else ["…"]
        said = Sentence("`{service}`: the postcode {postcode} belongs to {towns}, not to {town}.")
        said = said.about(towns=", ".join([*towns[:_LISTED], *more]), town=town)
        return said, Sentence("Correct the postcode or the town.")
    return None


def _district(
    service: ServiceText, postcode: str, postcodes: Postcodes
) -> tuple[Sentence, Sentence] | None:
    lies = () if service.serves.statewide else postcodes.districts_of(postcode)
    if not lies or _served(service.serves) & {district.key for district in lies}:
        return None
    said = Sentence("`{service}`: {postcode} lies in {district}, which it does not serve.")
    names = " / ".join(district.name for district in lies)
    cure = Sentence("Correct the postcode or `serves`; a door in a neighbouring town may be right.")
    return said.about(district=names), cure


def _served(serves: ServesText) -> set[str]:
    return {*serves.districts, *(key[:5] for key in serves.municipalities)}
