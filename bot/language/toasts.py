"""One sentence at once, after a counsellor's button or command; Telegram shows 200 characters."""

from typing import Literal, assert_never

from bot.core.desk import Refusal
from bot.core.move import Reply
from bot.core.team_views import Word
from bot.sentence import Translate

_Joining = Literal[
    Word.JOINED,
    Word.JOINED_OPEN_PRIVATE,
    Word.PRIVATE_OPEN,
    Word.LINKED,
    Word.WRONG_CODE,
    Word.NOT_ADMINISTRATOR,
    Word.LINKED_ELSEWHERE,
]


def said(what: Reply | Refusal | Word, say: Translate) -> str:
    match what:
        case Reply():
            return _reply(what, say)
        case Refusal():
            return _refusal(what, say)
        case Word():
            return _word(what, say)
        case _:
            assert_never(what)


def _reply(reply: Reply, say: Translate) -> str:
    _ = say
    match reply:
        case Reply.DONE:
            return _("Done.")
        case Reply.YOURS:
            return _("You have taken it. The details are in your private chat with me.")
        case Reply.OPEN_PRIVATE:
            return _(
                "It is yours for 15 minutes. Please open the private chat with me and tap “Start”: "
                "the details come there."
            )
        case Reply.ALREADY_YOURS:
            return _("You have taken it already. The details are in your private chat with me.")
        case Reply.SOMEBODY_ELSE:
            return _("A colleague was faster. Thank you!")
        case Reply.NOT_YOURS:
            return _("Only the one who has taken the request can do this.")
        case Reply.ENDED:
            return _("This request has ended already. Thank you!")
        case Reply.TAKEN_BACK:
            return _("The person has just taken the request back. Thank you anyway!")
        case _:
            assert_never(reply)


def _refusal(refusal: Refusal, say: Translate) -> str:
    _ = say
    match refusal:
        case Refusal.NOT_A_COLLEAGUE:
            return _("I do not know you yet. Please tap “I work here” in the group first.")
        case Refusal.UNKNOWN_CASE:
            return _("I do not know this request (any more).")
        case Refusal.TOO_MANY:
            return _(
                "You have many open requests already. Please finish one or give it back first, so "
                "that nobody has to wait."
            )
        case Refusal.NOT_POSSIBLE:
            return _("This does not fit any more: something has changed in the meantime.")
        case Refusal.ANONYMOUS:
            return _(
                "You write as an anonymous administrator. Please turn that off, and try again."
            )
        case _:
            assert_never(refusal)


def _word(word: Word, say: Translate) -> str:
    _ = say
    match word:
        case Word.NO_COLLEAGUE:
            return _(
                "This is for the colleagues of a linked group. Please tap “I work here” there."
            )
        case Word.UNKNOWN_CASE:
            return _("I do not know this request (any more).")
        case Word.WRITE_DATE:
            return _("Please write the last day of your absence, for example: /away 24.12.")
        case Word.BACK_AGAIN:
            return _("Welcome back! You count as present again.")
        case Word.STANDS_IN:
            return _("Thank you for standing in!")
        case Word.IN_GROUP_ONLY:
            return _("Please do this in the group of the counsellors.")
        case _:
            return _joining(word, say)


def _joining(word: _Joining, say: Translate) -> str:
    """On the way to being a group that receives, and a colleague in it."""
    _ = say
    match word:
        case Word.JOINED:
            return _("Welcome! From now on you can take requests.")
        case Word.JOINED_OPEN_PRIVATE:
            return _(
                "Welcome! Please open the private chat with me now and tap “Start”: details come "
                "only there."
            )
        case Word.PRIVATE_OPEN:
            return _("The private chat is open. Here you get the details of what you take.")
        case Word.LINKED:
            return _("This group is linked now. You are the first colleague.")
        case Word.WRONG_CODE:
            return _("This code does not work: unknown, used, or older than a day.")
        case Word.NOT_ADMINISTRATOR:
            return _("Only an administrator of the group can do this.")
        case Word.LINKED_ELSEWHERE:
            return _("Another group already receives the requests for this service.")
        case _:
            assert_never(word)
