"""From hotlines.yaml to numbers and online advice for everybody."""

from bot.content.phones import phone
from bot.content.rules import Ids
from bot.content.schema import HotlineText
from bot.content.services import Known, confirmed, evidence, hours
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.core.knowledge import Hotline
from bot.sentence import Sentence


def hotlines(cursor: Cursor, known: Known, ids: Ids) -> dict[str, Hotline]:
    built: dict[str, Hotline] = {}
    for text, at in entries(cursor, HotlineText):
        ids.take(text.id, at)
        known.kinds.check(text.type, at / "type")
        built[text.id] = _hotline(text, at, known)
    if built and not any(hotline.emergency and hotline.phone for hotline in built.values()):
        said = Sentence("No number is for emergencies.")
        cure = Sentence("Mark those of the emergency page with `emergency: true`.")
        cursor.report(said, cure)
    return built


def _hotline(text: HotlineText, at: Cursor, known: Known) -> Hotline:
    if text.phone is None and text.website is None:
        said = Sentence("`{name}` has neither phone nor website.", name=text.id)
        at.report(said, Sentence("Add one of them."))
    if (text.caution is None) != (text.caution_when is None):
        said = Sentence("`{name}` has only one of `caution` and `caution_when`.", name=text.id)
        at.report(said, Sentence("Write both, or neither."))
    caution_when = None
    if text.caution_when is not None:
        caution_when = known.vocabulary.condition(text.caution_when, at / "caution_when")
    return Hotline(
        text.id,
        phone(text.phone, at / "phone") if text.phone else None,
        text.website,
        hours(text.hours, at / "hours", known.holidays),
        tuple(text.languages),
        text.emergency,
        text.type,
        known.vocabulary.condition(text.when, at / "when"),
        caution_when,
        evidence(text.evidence, at / "evidence"),
        confirmed(text.confirmed),
    )
