"""From the knowledge folder to one consistent edition of the knowledge base, or to all problems."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.content import files
from bot.content.files import Sources
from bot.content.hotlines import hotlines
from bot.content.keys import Keys
from bot.content.opening import OsmHours, PublicHolidays
from bot.content.problems import ContentError
from bot.content.questions import questions
from bot.content.rules import Ids, Kinds, rules, types
from bot.content.schema import OperatorText, RegionText
from bot.content.services import Known, services
from bot.content.texts import texts
from bot.content.tree import Cursor, Document
from bot.content.validation import one
from bot.content.vocabulary import Vocabulary
from bot.core.knowledge import Book, Operator, Region
from bot.core.place import District, Municipality
from bot.sentence import Sentence

_USUAL: Final = "Mo-Fr 09:00-17:00; PH off"
"""Until when an office answers whose hours nobody knows."""

_FALLBACK: Final = RegionText(
    id="region",
    name="-",
    time_zone="Europe/Berlin",
    holidays="BB",
    operator=OperatorText(),
    languages=[],
    rules=[],
    services=[],
)
"""Stands in for a broken region.yaml, so that the other files are checked all the same."""


def load(
    folder: Path,
    districts: Mapping[str, District],
    municipalities: Mapping[str, Municipality],
) -> Book:
    """Read and cross-check all files under `folder`.

    Raises:
        ContentError: naming file, line, the problem and, where we can, the cure; all at once.
    """
    return built(files.read(folder), districts, municipalities)


def built(
    sources: Sources,
    districts: Mapping[str, District],
    municipalities: Mapping[str, Municipality],
) -> Book:
    """The same from files that have been read.

    Raises:
        ContentError: as `load`.
    """
    book = _book(sources, districts, municipalities)
    if book is None:
        raise ContentError(sources.problems)
    return book


def _book(
    sources: Sources,
    districts: Mapping[str, District],
    municipalities: Mapping[str, Municipality],
) -> Book | None:
    """None where there are problems; they are noted."""

    def cursor(document: Document) -> Cursor:
        return Cursor(document, sources.problems)

    keys = Keys(districts, municipalities)
    region, holidays = _region(sources, keys)
    if not {"questions.yaml", "types.yaml", "hotlines.yaml"} <= sources.documents.keys():
        return None
    ids = Ids()
    asked = sources.documents["questions.yaml"]
    vocabulary = Vocabulary(asked)
    offered = sources.documents["types.yaml"]
    sound = types(cursor(offered), ids)
    kinds = Kinds(sound, frozenset(_ids(offered)))
    known = Known(vocabulary, kinds, keys, holidays)
    asking = questions(cursor(asked), vocabulary)
    ruling = rules(map(cursor, sources.listed("rules")), vocabulary, kinds)
    serving = services(map(cursor, sources.listed("services")), known, ids)
    helping = hotlines(cursor(sources.documents["hotlines.yaml"]), known, ids)
    if sources.problems:
        return None
    return Book(
        Region(
            region.id,
            region.time_zone,
            Operator(**region.operator.model_dump()),
            tuple(region.languages),
            frozenset(region.complete),
            holidays.state,
        ),
        asking,
        sound,
        ruling,
        serving,
        helping,
        districts,
        municipalities,
        vocabulary.alphabet,
        {text.key: text.german for file in sources.documents.values() for text in texts(file)},
        sources.edition,
        OsmHours(_USUAL, holidays),
    )


def _region(sources: Sources, keys: Keys) -> tuple[RegionText, PublicHolidays]:
    """What region.yaml says, and the calendar of the region."""
    document = sources.documents.get("region.yaml")
    text = None
    if document is not None:
        text = one(document.value, Cursor(document, sources.problems), RegionText)
    if document is None or text is None:
        return _FALLBACK, PublicHolidays(_FALLBACK.holidays, ZoneInfo(_FALLBACK.time_zone))
    at = Cursor(document, sources.problems)
    for number, key in enumerate(text.complete):
        keys.check_district(key, at / "complete" / number)
    if not text.languages:
        said = Sentence("No language is listed.")
        (at / "languages").report_key(said, Sentence("Write `languages: [de, en]`."))
    zone = ZoneInfo("Europe/Berlin")
    try:
        zone = ZoneInfo(text.time_zone)
    except (KeyError, ValueError, OSError):
        said = Sentence("There is no time zone `{zone}`.", zone=text.time_zone)
        (at / "time_zone").report(said, Sentence("Write `Europe/Berlin`."))
    try:
        holidays = PublicHolidays(text.holidays, zone)
    except NotImplementedError:
        said = Sentence("There is no German state `{state}`.", state=text.holidays)
        cure = Sentence("Write two letters, as in `BB` for Brandenburg.")
        (at / "holidays").report(said, cure)
        holidays = PublicHolidays(_FALLBACK.holidays, zone)
    return text, holidays


def _ids(document: Document) -> Iterator[str]:
    for item in document.value if isinstance(document.value, list) else []:
        if isinstance(item, dict) and isinstance(name := item.get("id"), str):
            yield name
