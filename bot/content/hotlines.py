"""From hotlines.yaml to numbers and online advice for everybody."""

from bot.content.rules import Ids
from bot.content.schema import HotlineText
from bot.content.services import Known, confirmed, evidence, hours, phone
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.core.knowledge import Hotline


def hotlines(cursor: Cursor, known: Known, ids: Ids) -> dict[str, Hotline]:
    built: dict[str, Hotline] = {}
    for text, at in entries(cursor, HotlineText):
        ids.take(text.id, at)
        known.kinds.check(text.type, at / "type")
        built[text.id] = _hotline(text, at, known)
    if built and not any(hotline.emergency and hotline.phone for hotline in built.values()):
        problem = "No number is for emergencies."
        cursor.report(problem, "Mark those of the emergency page with `emergency: true`.")
    return built


def _hotline(text: HotlineText, at: Cursor, known: Known) -> Hotline:
    if text.phone is None and text.website is None:
        at.report(f"`{text.id}` has neither phone nor website.", "Add one of them.")
    if (text.caution is None) != (text.caution_when is None):
        cure = "Write both, or neither."
        at.report(f"`{text.id}` has only one of `caution` and `caution_when`.", cure)
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
        evidence(text.evidence),
        confirmed(text.confirmed),
    )
