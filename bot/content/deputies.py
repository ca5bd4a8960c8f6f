"""Which service is asked when another one does not answer, and whether it can help at all."""

from collections.abc import Iterable, Mapping

from bot.content.problems import suggestion
from bot.content.rules import Kinds
from bot.content.schema import ServiceText
from bot.content.tree import Cursor
from bot.sentence import Sentence

Written = tuple[ServiceText, Cursor]


def check(written: Iterable[Written], kinds: Kinds) -> None:
    """Note every deputy that does not exist, or that could not do the other's work."""
    every = list(written)
    offers = {text.id: text.offers for text, _ in every}
    for text, at in every:
        if text.deputy is not None:
            _one(text, text.deputy, at / "deputy", offers, kinds)


def _one(
    text: ServiceText, deputy: str, at: Cursor, offers: Mapping[str, list[str]], kinds: Kinds
) -> None:
    if deputy == text.id:
        said = Sentence("`{name}` cannot stand in for itself.", name=deputy)
        at.report(said, Sentence("Name another service, or take the line out."))
    elif deputy not in offers:
        said = Sentence("There is no service `{name}`.", name=deputy)
        at.report(said, suggestion(deputy, sorted(offers.keys() - {text.id})))
    elif not set(offers[deputy]) & set(text.offers) and not _is_member(offers[deputy], kinds):
        said = Sentence("`{name}` offers nothing that `{service}` offers.")
        cure = Sentence("Name a service with one of these kinds: {kinds}; or advice on migration.")
        words = ", ".join(f"`{kind}`" for kind in text.offers)
        at.report(said.about(name=deputy, service=text.id), cure.about(kinds=words))


def _is_member(offered: Iterable[str], kinds: Kinds) -> bool:
    """Of the Migrationsfachdienst: whoever works there knows who is responsible."""
    return any(kind in kinds.sound and kinds.sound[kind].member for kind in offered)
