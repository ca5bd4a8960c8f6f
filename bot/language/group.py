"""What stands in the counsellors' group of one case: a card, and one line once it is settled."""

from typing import Final, assert_never

from bot.core.case import YES
from bot.core.desk import BACK, Verb
from bot.core.letters import CardView, FarewellView
from bot.core.referral import Ended, Ending, Taken, Waiting
from bot.language import endings
from bot.language.facts import fact
from bot.language.keyboards import Row, tap
from bot.language.speaker import Speaker
from bot.language.times import short_instant
from bot.message import Style, Writer


def card(view: CardView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    match view.stage:
        case Waiting():
            return _waiting(view, german, out)
        case Taken(since=since):
            when = short_instant(since, german)
            out.line(_("{code}: taken on {when}").format(code=view.code, when=when))
            return []
        case Ended():
            out.line(endings.in_one_line(view.code, view.stage, german))
            return []
        case _:
            assert_never(view.stage)


def _waiting(view: CardView, german: Speaker, out: Writer) -> list[Row]:
    _ = german.say
    out.line(_("📨 New request {code}").format(code=view.code), Style.BOLD)
    # Whoever cannot wait comes first: a group reads the first lines of many cards.
    for name, option in view.facts:
        if is_urgent(option):
            out.line(f"🔴 {fact(name, option, german)}", Style.BOLD)
    for name, option in view.facts:
        if not is_urgent(option):
            out.line(fact(name, option, german))
    out.line(_("For: {office}").format(office=german.office(view.service)))
    if view.waits_since is not None:
        when = short_instant(view.waits_since, german)
        out.line(_("waiting since {when}").format(when=when))
    if isinstance(view.stage, Waiting) and view.stage.back is not None:
        out.line(_("🔁 A colleague had it. Now it is free again."))
    if isinstance(view.stage, Waiting) and view.stage.declining:
        return _declining(view, german, out)
    return [
        (tap(_("✋ I take it"), view.code, Verb.CLAIM),),
        (tap(_("Does not fit us"), view.code, Verb.DECLINE),),
    ]


def _declining(view: CardView, german: Speaker, out: Writer) -> list[Row]:
    """One tap alone ends nothing."""
    _ = german.say
    return [
        *endings.reasons(view.code, german, out),
        (tap(_("⬅️ Back"), view.code, Verb.DECLINE, BACK),),
    ]


def is_urgent(option: str) -> bool:
    """Of the facts for the group only those that say that somebody should not wait are a yes."""
    return option == YES


def farewell(view: FarewellView, german: Speaker, out: Writer) -> list[Row]:
    """Instead of the details: how it ended, and why there is nothing left to read."""
    _ = german.say
    out.line(endings.in_one_line(view.code, view.stage, german))
    if view.stage.how in _WITHOUT_US:
        out.line(_("Please do not get in touch with the person any more because of this."))
    out.line(_("I have deleted the details here."))
    return []


_WITHOUT_US: Final = frozenset({Ending.TAKEN_BACK, Ending.FORWARDED})
