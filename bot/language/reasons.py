"""Why this first door, in words: the answers that led here, and who helps when one changes."""

from collections.abc import Iterator

from bot.core import events
from bot.core.knowledge import Question
from bot.core.screens import ReasonsBody
from bot.core.why import Change
from bot.language.cards import kind_name
from bot.language.keyboards import Row
from bot.language.speaker import Speaker
from bot.message import Style, Writer


def reasons(body: ReasonsBody, speaker: Speaker, out: Writer) -> list[Row]:
    _ = speaker.say
    why = body.explanation
    out.line(_("Why this office?"), Style.BOLD)
    pictogram = speaker.german(f"type.{why.lead.service_type}.pictogram")
    out.line(f"{pictogram} {kind_name(why.lead.service_type, speaker)}")
    if why.reasons:
        out.line()
        out.line(_("These answers led here:"))
    for asked, option in body.reasons:
        out.line(f"• {speaker.answer(asked, option)}")
    for asked in body.unknown:
        out.line(_("• {question}: not known").format(question=_short(asked, speaker)))
    remarks = list(_remarks(body, speaker))
    if remarks:
        out.line()
    for remark in remarks:
        out.line(remark)
    if why.changes:
        out.line()
        _later(why.changes, speaker, out)
    return [(speaker.button(_("📋 My answers"), events.AskedForAnswers()),)]


def _remarks(body: ReasonsBody, speaker: Speaker) -> Iterator[str]:
    _ = speaker.say
    why = body.explanation
    if not why.lead.sure:
        yield _("I am not quite sure. If you want to tell me more, tap “My answers”.")
    if why.rest and not why.rest_matters:
        yield _("Your other answers do not change this.")
    if body.place is not None:
        place = speaker.isolated_place(body.place)
        yield _("Your place decides which address it is: {place}").format(place=place)


def _short(asked: Question, speaker: Speaker) -> str:
    return speaker.text(f"question.{asked.id}.short") or speaker.text(f"question.{asked.id}.text")


def _later(changes: tuple[Change, ...], speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(_("🔜 Later another office may help:"), Style.BOLD)
    for one in changes:
        when = speaker.text(f"option.{one.question.id}.{one.after.id}.later")
        office = kind_name(one.lead.service_type, speaker)
        sentence = _("• {when}: {office}") if one.lead.sure else _("• {when}, perhaps: {office}")
        out.line(sentence.format(when=when, office=office))
    out.line(_("Ask me again then. Until then this office is there for you."))
