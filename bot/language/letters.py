"""Letters in words: which view is told in which way, and what stands there before."""

from bot.core.letters import CardView, DetailsView, FarewellView, StatusView, View
from bot.core.team_views import TeamView
from bot.language import team
from bot.language.details import details
from bot.language.group import card, farewell
from bot.language.keyboards import Row
from bot.language.speaker import Speaker
from bot.language.status import status
from bot.message import Writer


def letter(view: View | TeamView, speaker: Speaker, german: Speaker, out: Writer) -> list[Row]:
    """`speaker` talks to the person; counsellors read German."""
    match view:
        case StatusView():
            return status(view, speaker, german, out)
        case CardView():
            return card(view, german, out)
        case DetailsView():
            return details(view, german, out)
        case FarewellView():
            return farewell(view, german, out)
        case _:
            return team.seen(view, german, out)


def placeholder(view: View | TeamView, speaker: Speaker) -> str:
    """What rings at the phone before the content is there: says nothing to whoever looks on."""
    _ = speaker.say
    match view:
        case StatusView():
            return _("There is news for you. One moment, please.")
        case CardView():
            return _("New request. Details follow.")
        case DetailsView() | FarewellView():
            return _("News about a request. Details follow.")
        case _:
            return _("One moment, please.")
