"""How a case has ended: kindly for the person, in one line for the counsellors."""

from typing import Final, assert_never

from bot.core.desk import Verb
from bot.core.referral import OPEN_FOR, TAKEN_FOR, Decline, Ended, Ending
from bot.language.keyboards import Row, tap
from bot.language.speaker import Speaker
from bot.language.times import short_instant
from bot.message import Style, Writer

GOES_ON: Final = frozenset(
    {Ending.DECLINED, Ending.EXPIRED, Ending.FORGOTTEN, Ending.NOT_DELIVERED}
)
"""After these the person still needs somebody."""


def ended(stage: Ended, speaker: Speaker, out: Writer) -> None:
    """What it means for the person."""
    _ = speaker.say
    match stage.how:
        case Ending.DONE:
            out.line(_("✅ Your request is finished there."), Style.BOLD)
            out.line(_("Do you need more? You can ask me again at any time."))
        case Ending.DECLINED:
            out.line(_("This office cannot take your request."), Style.BOLD)
            out.line(_declined(stage.reason, speaker))
        case Ending.TAKEN_BACK:
            out.line(_("✅ You have taken your request back."), Style.BOLD)
            out.line(_("I delete it at the office, too."))
        case Ending.EXPIRED:
            out.line(_("🔴 Nobody has taken your request. I am sorry."), Style.BOLD)
            text = _("{days} days have passed. I have deleted what I kept of it.")
            out.line(text.format(days=speaker.isolate(str(OPEN_FOR.days))))
        case Ending.FORGOTTEN:
            out.line(_("Your request ends here now."), Style.BOLD)
            text = _("{days} days have passed. I have deleted what I kept of it.")
            out.line(text.format(days=speaker.isolate(str(TAKEN_FOR.days))))
            out.line(_("The counsellor may still be working on it."))
        case Ending.FORWARDED:
            out.line(_("✅ You have handed it over to another office."), Style.BOLD)
            out.line(_("Here it has ended."))
        case Ending.NOT_DELIVERED:
            out.line(_("🔴 I could not deliver your request. I am sorry."), Style.BOLD)
            out.line(_("The fault is not yours."))
        case _:
            assert_never(stage.how)


def _declined(why: Decline | None, speaker: Speaker) -> str:
    _ = speaker.say
    match why:
        case Decline.NOT_RESPONSIBLE:
            return _("They say that another office is responsible for you. It is not your fault.")
        case Decline.NO_CAPACITY:
            return _("They have no free time at the moment. It is not your fault.")
        case Decline.NO_LANGUAGE:
            return _("Nobody there speaks your language at the moment. It is not your fault.")
        case Decline.ELSEWHERE:
            return _("They say that somebody else is already helping you. Please ask there.")
        case None:
            return _("It is not your fault.")
        case _:
            assert_never(why)


def reasons(code: str, speaker: Speaker, out: Writer) -> list[Row]:
    """The question why, for a counsellor who does not take it or cannot go on."""
    _ = speaker.say
    out.line()
    text = _("Why does it not fit? The person reads the reason in kind words, and it ends here.")
    out.line(text, Style.BOLD)
    return [(tap(_reason(why, speaker), code, Verb.DECLINE, why),) for why in Decline]


def _reason(why: Decline, speaker: Speaker) -> str:
    """As the counsellors choose it."""
    _ = speaker.say
    match why:
        case Decline.NOT_RESPONSIBLE:
            return _("We are not responsible")
        case Decline.NO_CAPACITY:
            return _("We have no room at the moment")
        case Decline.NO_LANGUAGE:
            return _("Nobody here speaks the language")
        case Decline.ELSEWHERE:
            return _("Somebody else is advising already")
        case _:
            assert_never(why)


def in_one_line(code: str, stage: Ended, speaker: Speaker) -> str:
    """For the counsellors; nothing of the person."""
    return _sentence(stage, speaker).format(code=code, when=short_instant(stage.at, speaker))


def _sentence(stage: Ended, speaker: Speaker) -> str:
    _ = speaker.say
    match stage.how:
        case Ending.DONE:
            return _("{code}: finished on {when}")
        case Ending.DECLINED:
            return _("{code}: declined on {when}")
        case Ending.TAKEN_BACK:
            return _("{code}: taken back by the person on {when}")
        case Ending.EXPIRED:
            return _("{code}: expired on {when}, nobody took it")
        case Ending.FORGOTTEN:
            return _("{code}: deleted on {when}, its time was over")
        case Ending.FORWARDED:
            return _("{code}: handed over to another office by the person on {when}")
        case Ending.NOT_DELIVERED:
            return _("{code}: not delivered, ended on {when}")
        case _:
            assert_never(stage.how)
