"""White spots as one page that needs nothing else: for the state, on a screen and on paper."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.core.knowledge import Book, ServiceType, Site
from bot.language import formats
from bot.places.outlines import Outlines
from bot.proof import coverage_map as maps
from bot.proof import coverage_words as words
from bot.proof.coverage import Coverage
from bot.proof.half_days import Half, HalfDay, Opening
from bot.proof.next_steps import Step, next_steps
from bot.proof.spots import ANY, REACHED, Entry, Standing, Wish
from bot.sentence import Sentence, Translate

_DAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr")
_HALVES: Final[Mapping[Half, str]] = {Half.MORNING: "vormittags", Half.AFTERNOON: "nachmittags"}
_GROUPS: Final = ("Migrationsfachdienst", "Weitere Beratung und Hilfe", "Ämter")
_LEAST_RUN: Final = 3
"""Days in a row that are written with a dash."""


def page(
    covered: Coverage,
    book: Book,
    wish: Wish,
    outlines: Outlines | None,
    german: Translate,
) -> str:
    """The whole page, in German; the map begins with this wish."""
    steps = next_steps(covered, book)
    drawn = maps.drawn(covered, outlines)
    environment = Environment(
        loader=PackageLoader("bot.proof", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "say": lambda sentence: sentence.in_(german),
        "spoken": _spoken,
        "times": _times,
        "language": _language,
        "day": lambda day: formats.short_date(day, "de"),
    }
    environment.globals |= {"Standing": Standing, "Half": Half, "Wish": Wish, "ANY": ANY}
    return environment.get_template("coverage.html").render(
        covered=covered,
        book=book,
        wish=wish,
        steps=steps,
        drawn=drawn,
        areas=maps.areas(covered, book, drawn),
        words=words,
        groups=_groups(covered, book),
        figures=_figures(covered, steps),
        region=book.texts.get(f"region.{book.region.id}.name", book.region.id),
        reached=REACHED,
        contact=lambda service: _contact(book.services[service].sites),
        statewide=_statewide(covered, book),
        data=_data(covered, book, german),
    )


def _groups(covered: Coverage, book: Book) -> Sequence[tuple[str, list[ServiceType]]]:
    """The regional kinds, by who runs them."""
    kinds: dict[str, list[ServiceType]] = {name: [] for name in _GROUPS}
    for kind in (book.types[key] for key in covered.types):
        number = 0 if kind.member else 2 if kind.authority else 1
        kinds[_GROUPS[number]].append(kind)
    return [(name, found) for name, found in kinds.items() if found]


def _figures(covered: Coverage, steps: tuple[Step, ...]) -> Mapping[str, int]:
    standings = [spot.standing() for spot in covered.spots.values()]
    spots = (*covered.spots.values(), *covered.statewide.values())
    entries = {entry.service: entry for spot in spots for entry in spot.entries}
    return {
        "spots": len(standings),
        "missing": standings.count(Standing.MISSING),
        "barred": standings.count(Standing.OUT_OF_REACH),
        "entries": len(entries),
        "confirmed": sum(entry.confirmed is not None for entry in entries.values()),
        "calls": sum(bool(step.fills) for step in steps),
        "fills": len({where for step in steps for where in step.fills}),
    }


def _data(covered: Coverage, book: Book, german: Translate) -> Markup:
    """What the script of the page reads."""

    def template(sentence: Sentence) -> str:
        return german(sentence.template)

    text = json.dumps(
        {
            "districts": list(covered.districts),
            "standings": [
                {"id": one, "words": words.STANDINGS[one].in_(german), "reached": one in REACHED}
                for one in Standing
            ],
            "views": maps.views(covered),
            "parts": maps.parts(covered),
            "entries": {
                f"{district}|{kind}": [_named(entry, book) for entry in spot.entries]
                for (district, kind), spot in covered.spots.items()
                if spot.entries
            },
            "statewide": _statewide(covered, book),
            "found": template(words.FOUND),
            "found_like_this": template(words.FOUND_LIKE_THIS),
            "found_in_part": template(words.FOUND_IN_PART),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # So that no name can end the script.
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing but JSON, and no tag in it


def _statewide(covered: Coverage, book: Book) -> Mapping[str, Sequence[str]]:
    """Kind -> whom one can be sent to from everywhere."""
    reached = {
        kind: [_named(entry, book) for entry in spot.entries if not entry.barrier]
        for kind, spot in covered.statewide.items()
    }
    return {kind: names for kind, names in reached.items() if names}


def _named(entry: Entry, book: Book) -> str:
    return book.texts[f"service.{entry.service}.name"]


def _contact(sites: Sequence[Site]) -> Sequence[str]:
    """How to reach those who can confirm an entry: every number, or else what there is."""
    phones = [phone for site in sites for phone in site.phones]
    if phones:
        return list(dict.fromkeys(phones))
    others = [other for site in sites for other in (site.email, site.website) if other]
    if others:
        return list(dict.fromkeys(others))
    return [f"{site.address.street}, {site.address.town}" for site in sites if site.address]


def _spoken(languages: frozenset[str] | None) -> str:
    if languages is None:
        return "nicht bekannt"
    return formats.language_names(sorted(languages), "de") if languages else "nur Deutsch"


def _language(code: str) -> str:
    return formats.language_names([code], "de")


def _times(opening: Opening) -> Sequence[str]:
    """The half days, one line each; and what else is known of the hours."""
    lines = []
    for half, name in _HALVES.items():
        days = [day for day in range(len(_DAYS)) if HalfDay(day, half) in opening.half_days]
        if days:
            lines.append(f"{name} {_run(days)}")
    if opening.by_appointment:
        lines.append("nach Vereinbarung")
    if opening.unsaid:
        lines.append("nicht bekannt")
    return lines or ["nicht an Werktagen"]


def _run(days: Sequence[int]) -> str:
    if len(days) >= _LEAST_RUN and days[-1] - days[0] == len(days) - 1:
        return f"{_DAYS[days[0]]}–{_DAYS[days[-1]]}"
    return ", ".join(_DAYS[day] for day in days)
