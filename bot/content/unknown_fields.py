"""A field that does not exist where it stands: in German, in the wrong place, or misspelt."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel

from bot.content.problems import suggestion
from bot.sentence import Sentence

Step = str | int
Fields = type[BaseModel]

_OTHER_WORDS: Final = {
    "closed": "absences",
    "betriebsferien": "absences",
    "schließzeit": "absences",
    "schließzeiten": "absences",
    "ferien": "absences",
    "urlaub": "absences",
    "oeffnungszeiten": "hours",
    "opening_hours": "hours",
    "zeiten": "hours",
    "tel": "phone",
    "telefonnummer": "phone",
    "mail": "email",
    "adresse": "address",
    "strasse": "street",
    "plz": "postcode",
    "stadt": "town",
    "homepage": "website",
    "webseite": "website",
    "url": "website",
    "angebot": "offers",
    "angebote": "offers",
}
"""What people write beside the German titles of the fields."""


def cure(name: str, model: Fields, steps: Sequence[Step]) -> Sentence:
    """Where the field belongs that was written at the end of these steps into an entry."""
    chain = list(_chain(model, steps))
    here = chain[-1]
    if any(_meant(name, model) == "absences" for model in chain):
        return _ABSENCES
    if meant := _meant(name, here):
        return Sentence("Did you mean `{word}`?", word=meant)
    for path in _below(here):
        if meant := _meant(name, path[-1][1]):
            return _under(meant, [step for step, _ in path])
    for above in reversed(chain[:-1]):
        if meant := _meant(name, above):
            first = _names(above)[0]
            return Sentence("Write `{field}` beside `{other}`.", field=meant, other=first)
    return suggestion(name, _names(here))


_ABSENCES: Final = Sentence(
    "For days on which nobody is there write "
    "`absences: [{{from: 2026-12-21, to: 2027-01-02}}]` beside `id`; "
    "for the week write `hours` beside `address`."
)
"""Whoever writes `closed` may mean either."""


def has_lost(name: str, model: Fields, steps: Sequence[Step], beside: Sequence[str]) -> bool:
    """Whether a group is empty because its fields stand beside it, not deeper."""
    here = list(_chain(model, steps))[-1]
    inside = _model_of(here, name)
    return inside is not None and bool(set(beside) & set(_names(inside)) - set(_names(here)))


def _under(field: str, groups: Sequence[str]) -> Sentence:
    if len(groups) == 1:
        return Sentence("Write `{field}` under `{group}`.", field=field, group=groups[0])
    return Sentence(
        "Write `{field}` under `{outer}`, there under `{group}`.",
        field=field,
        outer=groups[-2],
        group=groups[-1],
    )


def _meant(written: str, model: Fields) -> str | None:
    """The field of this model that is called so, in German or in other words."""
    word = written.casefold()
    word = _OTHER_WORDS.get(word, word)
    for name, info in model.model_fields.items():
        own = info.alias or name
        if word in (own, (info.title or "").casefold()):
            return own
    return None


def _chain(model: Fields, steps: Sequence[Step]) -> Iterator[Fields]:
    """The models on the way, from the entry to the group in which the field stands."""
    yield model
    for step in steps:
        inner = _model_of(model, step) if isinstance(step, str) else None
        if inner is not None:
            model = inner
            yield model


def _below(model: Fields, depth: int = 2) -> Iterator[list[tuple[str, Fields]]]:
    """Every group inside, the nearest first, with the names that lead there."""
    if not depth:
        return
    inside = [(name, inner) for name in _names(model) if (inner := _model_of(model, name))]
    yield from ([one] for one in inside)
    for name, inner in inside:
        if inner is not model:
            yield from ([(name, inner), *rest] for rest in _below(inner, depth - 1))


def _names(model: Fields) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_of(model: Fields, step: str) -> Fields | None:
    for name, info in model.model_fields.items():
        if step in (name, info.alias):
            return _model_in(info.annotation)
    return None


def _model_in(annotation: Any) -> Fields | None:  # noqa: ANN401 - annotations have no type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
