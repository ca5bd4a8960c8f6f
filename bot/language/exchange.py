"""What a counsellor says to a person and how the person answers, in the words of either."""

from collections.abc import Iterator
from typing import Final, assert_never

from bot.core.knowledge import Service, Site
from bot.core.referral import Answer, Forward, Said, Template
from bot.language.cards import address
from bot.language.speaker import Speaker
from bot.language.times import on_day

ANSWERS: Final = {
    Template.APPOINTMENT: (Answer.COME, Answer.OTHER_TIME, Answer.CANNOT, Answer.CALL_ME),
    Template.CALL_US: (Answer.CALL_ME,),
    Template.BRING: (Answer.CALL_ME,),
    Template.LONGER: (Answer.CALL_ME,),
    Template.INTERPRETER: (Answer.CALL_ME,),
}
"""Who needs no answer may still rather be called."""

_ITEMS: Final = 20


def said(message: Said, service: Service | None, speaker: Speaker) -> list[str]:
    """The message, line by line; in every language as many lines."""
    _ = speaker.say
    match message.template:
        case Template.APPOINTMENT:
            return [_appointment(message, speaker)]
        case Template.CALL_US:
            return [_("☎️ Please call us.")]
        case Template.BRING:
            items = [f"• {item}" for item in bring_list(service, speaker)]
            return [_("🎒 Please bring this with you:"), *items] if items else [_papers(speaker)]
        case Template.LONGER:
            return [_("⏳ We need a little longer. We have not forgotten you.")]
        case Template.INTERPRETER:
            return [_("🗣️ Somebody will interpret. You can speak your language.")]
        case _:
            assert_never(message.template)


def _appointment(message: Said, speaker: Speaker) -> str:
    _ = speaker.say
    if message.day is None or message.clock is None:
        return _("📅 Please make an appointment first.")
    when = on_day(message.day, message.clock, speaker)
    return _("📅 Appointment: {when}").format(when=when)


def _papers(speaker: Speaker) -> str:
    _ = speaker.say
    return _("🎒 Please bring your papers and letters with you.")


def title(message: Said, speaker: Speaker) -> str:
    """What was said, in one line."""
    if message.template is Template.APPOINTMENT:
        return _appointment(message, speaker)
    return label(message.template, speaker)


def label(template: Template, speaker: Speaker) -> str:
    """As the counsellors choose it."""
    _ = speaker.say
    match template:
        case Template.APPOINTMENT:
            return _("📅 Offer an appointment")
        case Template.CALL_US:
            return _("☎️ Please call us")
        case Template.BRING:
            return _("🎒 Please bring papers")
        case Template.LONGER:
            return _("⏳ We need longer")
        case Template.INTERPRETER:
            return _("🗣️ Somebody will interpret")
        case _:
            assert_never(template)


def bring_list(service: Service | None, speaker: Speaker) -> list[str]:
    """Of the first kind of advice there that has one."""
    for offered in service.offers if service else ():
        texts = (speaker.text(f"type.{offered}.bring.{number}") for number in range(_ITEMS))
        if items := [text for text in texts if text]:
            return items
    return []


def meeting_place(site: int, service: Service | None) -> str | None:
    """The address of a site; a shelter has none."""
    if service is None or service.shelter or site >= len(service.sites):
        return None
    known = service.sites[site].address
    return None if known is None else address(known)


def site_name(number: int, site: Site, speaker: Speaker) -> str:
    """For a list of sites, of which some have no address."""
    _ = speaker.say
    if site.address is not None:
        return address(site.address)
    return _("Site {number}").format(number=number + 1)


def phones(service: Service | None) -> Iterator[str]:
    """What may be called, each once."""
    sites = (site for site in service.sites if not site.withheld) if service else ()
    yield from dict.fromkeys(phone for site in sites for phone in site.phones)


def answer(given: Answer, speaker: Speaker) -> str:
    _ = speaker.say
    match given:
        case Answer.COME:
            return _("👍 I will come")
        case Answer.OTHER_TIME:
            return _("🔁 Another time, please")
        case Answer.CANNOT:
            return _("👎 I cannot come")
        case Answer.CALL_ME:
            return _("📞 Please call me")
        case _:
            assert_never(given)


def reason(why: Forward, speaker: Speaker) -> str:
    """Why another service is suggested, as the person reads it."""
    _ = speaker.say
    match why:
        case Forward.RESPONSIBLE:
            return _("That office is responsible for you.")
        case Forward.CLOSER:
            return _("That office is closer to you.")
        case Forward.LANGUAGE:
            return _("There they speak your language.")
        case Forward.SPECIAL:
            return _("There they know a lot about your topic.")
        case _:
            assert_never(why)
