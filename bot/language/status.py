"""The person's letter: where the case is, in their language, with an honest clock.

A phone shows how it begins while somebody else looks on: the first lines say nothing.
"""

from typing import assert_never

from bot.core import events
from bot.core.letters import StatusView
from bot.core.referral import Back, Contact, Said, Suggestion, Template
from bot.language import exchange
from bot.language.endings import GOES_ON, ended
from bot.language.facts import beneath
from bot.language.keyboards import Row, columns
from bot.language.speaker import Speaker
from bot.language.times import instant
from bot.message import Style, Writer


def status(view: StatusView, speaker: Speaker, german: Speaker, out: Writer) -> list[Row]:
    _neutral(view, speaker, out)
    _offices(view, speaker, out)
    out.line()
    _stage(view, speaker, out)
    if view.said is not None:
        _said(view.said, view, speaker, german, out)
    if view.suggestion is not None:
        _suggestion(view.suggestion, speaker, german, out)
    return [*_rows(view, speaker), _ways_out(speaker)]


def _neutral(view: StatusView, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(_("📬 There is news for you. Please read it when nobody else looks at your phone."))
    out.line(_("Number: {code}").format(code=speaker.isolate(view.code)))
    out.line()


def _offices(view: StatusView, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line(speaker.office(view.service), Style.BOLD)
    if view.deputy is not None:
        text = _("As you agreed, I have asked this office too: {office}")
        out.line(text.format(office=speaker.office(view.deputy)))


def _stage(view: StatusView, speaker: Speaker, out: Writer) -> None:
    if view.ended is not None:
        ended(view.ended, speaker, out)
        if view.ended.how in GOES_ON:
            _ = speaker.say
            _call(_("You can call there:"), view, speaker, out)
    elif view.contact is not None:
        _taken(view, view.contact, speaker, out)
    else:
        _waiting(view, speaker, out)


def _waiting(view: StatusView, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    if view.back is not None:
        out.line(_back(view.back, speaker))
    if view.is_late:
        out.line(_("🔴 Nobody has answered in time. I am sorry."), Style.BOLD)
        _told_by(view, speaker, out)
        out.line()
        out.line(_("What you can do:"))
        _call(_("• Call there:"), view, speaker, out)
        out.line(_("• Ask another office. I send it nothing without a new yes."))
        out.line(_("• Wait. I tell you as soon as somebody takes your request."))
        return
    out.line(_("⏳ Your request is there. Nobody has taken it yet."))
    _told_by(view, speaker, out)


def _told_by(view: StatusView, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    if view.told_by is not None:
        when = instant(view.told_by, speaker)
        out.line(_("By {when} you hear from them. If not, I tell you.").format(when=when))


def _back(why: Back, speaker: Speaker) -> str:
    _ = speaker.say
    match why:
        case Back.GIVEN_BACK:
            return _("🔁 The person who had it has given it back. Now colleagues can take it.")
        case Back.LEFT:
            return _("🔁 The person who had it is not there any more. Now colleagues can take it.")
        case Back.SILENT:
            return _("🔁 The person who had it did not get in touch. Now colleagues can take it.")
        case _:
            assert_never(why)


def _taken(view: StatusView, contact: Contact, speaker: Speaker, out: Writer) -> None:
    _ = speaker.say
    match contact:
        case Contact.NONE:
            out.line(_("✅ Somebody there has taken your request."), Style.BOLD)
            if view.said is None:
                out.line(_("They get in touch with you here. You need not do anything."))
        case Contact.REACHED:
            out.line(_("✅ The counsellor and you have talked."), Style.BOLD)
        case Contact.UNREACHED:
            out.line(_("📵 The counsellor could not reach you."), Style.BOLD)
            _call(_("You can call there:"), view, speaker, out)
        case _:
            assert_never(contact)


def _call(sentence: str, view: StatusView, speaker: Speaker, out: Writer) -> None:
    """The numbers, where there are any that we trust."""
    numbers = list(exchange.phones(speaker.book.services.get(view.service)))
    if numbers:
        out.line(sentence)
    for number in numbers:
        out.line(f"☎️ {speaker.isolate(number)}")


def _said(message: Said, view: StatusView, speaker: Speaker, german: Speaker, out: Writer) -> None:
    _ = speaker.say
    service = speaker.book.services.get(view.service)
    out.line()
    out.line(_("💬 Message from the counsellor:"), Style.BOLD)
    lines = exchange.said(message, service, speaker)
    for line, in_german in zip(lines, exchange.said(message, service, german), strict=True):
        out.line(line)
        beneath(in_german, speaker, out)
    where = exchange.meeting_place(message.site, service) if message.day else None
    if where is not None:
        out.line(f"📍 {speaker.isolate(where)}")
    if message.template is Template.CALL_US:
        for number in exchange.phones(service):
            out.line(f"☎️ {speaker.isolate(number)}")
    if message.answer is not None:
        answered = exchange.answer(message.answer, speaker)
        out.line(_("Your answer: {answer}").format(answer=answered))


def _suggestion(suggestion: Suggestion, speaker: Speaker, german: Speaker, out: Writer) -> None:
    _ = speaker.say
    out.line()
    out.line(_("💡 The counsellor thinks that another office fits better:"), Style.BOLD)
    out.line(speaker.office(suggestion.service))
    out.line(exchange.reason(suggestion.reason, speaker))
    beneath(exchange.reason(suggestion.reason, german), speaker, out)
    out.line(_("You decide. If you say no or nothing, everything stays as it is."))


def _rows(view: StatusView, speaker: Speaker) -> list[Row]:
    _ = speaker.say
    rows: list[Row] = []
    if view.said is not None and view.said.answer is None:
        rows += columns(
            speaker.button(exchange.answer(one, speaker), events.Replied(view.code, one))
            for one in exchange.ANSWERS[view.said.template]
        )
    if view.suggestion is not None:
        service = view.suggestion.service
        show = _("📨 Yes, show me what is sent")
        rows.append((speaker.button(show, events.AskedToHandOver(service)),))
        rows.append((speaker.button(_("❌ No, it stays here"), events.Refused(service)),))
    if view.is_late or (view.ended is not None and view.ended.how in GOES_ON):
        desk = _("🪧 Show this at the desk")
        rows.append((speaker.button(desk, events.OpenedDesk(view.service)),))
        # Shows where the person stands: the result, or the beginning where it is forgotten.
        find = events.ChoseLanguage(view.language)
        rows.append((speaker.button(_("🔎 Find another office"), find),))
    if view.ended is None:
        rows.append((speaker.button(_("↩️ Take my request back"), events.TookBack(view.code)),))
    return rows


def _ways_out(speaker: Speaker) -> Row:
    _ = speaker.say
    return (
        speaker.button(_("🆘 Help now"), events.AskedForHuman()),
        speaker.button(_("✖️ Leave quickly"), events.QuitNow()),
    )
