"""A page lies over the questionnaire or the result; what the footer opens lies over a page, too."""

from dataclasses import replace

from bot.core.events import Menu
from bot.core.state import Conversation, HumanPage, MenuPage, Page


def opened(talk: Conversation, page: Page) -> Conversation:
    """A page takes the place of the one before; languages and help now leave it beneath."""
    beneath = tuple(one for one in talk.pages if not _from_footer(one))
    return replace(talk, pages=(*beneath, page) if _from_footer(page) else (page,))


def closed(talk: Conversation) -> Conversation:
    """What lay beneath the page."""
    return replace(talk, pages=talk.pages[:-1])


def with_language(talk: Conversation, language: str) -> Conversation:
    """The same in another language; the list of languages has done its work."""
    pages = tuple(page for page in talk.pages if page != MenuPage(Menu.LANGUAGES))
    return replace(talk, language=language, pages=pages)


def _from_footer(page: Page) -> bool:
    """Stands on every screen, and leads back to that very screen."""
    return isinstance(page, HumanPage) or page == MenuPage(Menu.LANGUAGES)
