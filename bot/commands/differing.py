"""What a comparison says: to people, change by change, and to programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.commands.proving import Reader, conversation, grouped, names
from bot.core.knowledge import Book
from bot.proof.difference import Change, Difference, Touched
from bot.proof.example import Example, example
from bot.sentence import Sentence, Translate

_TITLES: Final[Mapping[Change, Sentence]] = {
    Change.NOTHING_LEFT: Sentence("✗ Nothing is left that they can reach:"),
    Change.LOST: Sentence(
        "✗ No service that we know is responsible for them any more; others at most stand beside:"
    ),
    Change.GAINED: Sentence("✓ A service that we know becomes responsible for them:"),
    Change.FIRST: Sentence("→ They get another first door:"),
    Change.OTHERS: Sentence("· The first door stays; other doors change:"),
    Change.REASON: Sentence("· The same doors, for another reason:"),
}

_SHOWN: Final = 8
"""Lines of one kind; `--json` has all."""


@dataclass(frozen=True, slots=True)
class Edit:
    old: Book
    new: Book
    found: Difference


def as_text(edit: Edit, reader: Reader) -> Iterator[str]:
    """The entries that differ; then each kind of change with those whom it touches most."""
    translate = reader.translate
    entries = list(edited(edit.old, edit.new))
    yield Sentence("Entries that differ: {entries}.", entries=", ".join(entries) or "–").in_(
        translate
    )
    if not edit.found.touched:
        yield Sentence("✓ Nobody is shown another door.").in_(translate)
    for change, title in _TITLES.items():
        touched = [one for one in edit.found.touched if one.change is change]
        if touched:
            yield ""
            yield title.in_(translate)
            for one in touched[:_SHOWN]:
                yield from _touched(one, edit, translate)
            if len(touched) > _SHOWN:
                yield "  " + Sentence("… and {count} more.", count=len(touched) - _SHOWN).in_(
                    translate
                )
            yield from (f"  {line}" for line in conversation(_example(touched[0], edit), reader))
    yield ""
    yield Sentence("Only today was looked at; `clearing prove --until 12m` looks ahead.").in_(
        translate
    )


def _touched(one: Touched, edit: Edit, translate: Translate) -> Iterator[str]:
    what = _name(one.before, edit.old)
    if one.before != one.after:
        what = f"{what} → {_name(one.after, edit.new)}"
    yield f"  {what}"
    said = Sentence(
        "Sets of answers: {situations}; municipalities: {municipalities}; in {places}.",
        situations=grouped(one.situations),
        municipalities=_municipalities(one, edit),
        places=names(one.places, edit.found.places, edit.new, translate),
    )
    yield f"      {said.in_(translate)}"


def _example(one: Touched, edit: Edit) -> Example:
    return example(one.asked, edit.found.places, one.places, edit.new)


def _municipalities(one: Touched, edit: Edit) -> int:
    return sum(
        place.municipalities(edit.new)
        for number, place in enumerate(edit.found.places)
        if one.places >> number & 1
    )


def _name(name: str, book: Book) -> str:
    for kind in ("service", "hotline", "type", "rule"):
        field = "because" if kind == "rule" else "name"
        if text := book.texts.get(f"{kind}.{name}.{field}"):
            return f"{text} ({name})"
    return name or "–"


def edited(old: Book, new: Book) -> Iterator[str]:
    """Ids of entries that are new, gone or different, as people who edit know them."""
    for kind in ("questions", "types", "services", "hotlines"):
        yield from _edited(kind[:-1], getattr(old, kind), getattr(new, kind), old, new)
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    yield from _edited("rule", before, after, old, new)
    if old.region != new.region:
        yield "region"


def _edited(
    kind: str, before: Mapping[str, object], after: Mapping[str, object], old: Book, new: Book
) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if name not in before:
            yield f"+{name}"
        elif name not in after:
            yield f"-{name}"
        elif before[name] != after[name] or _texts(kind, name, old) != _texts(kind, name, new):
            yield name


def _texts(kind: str, name: str, book: Book) -> Mapping[str, str]:
    starts = (f"{kind}.{name}.", f"option.{name}.")
    return {key: text for key, text in book.texts.items() if key.startswith(starts)}


def as_dict(edit: Edit) -> dict[str, Any]:
    """The same for programs.

    `{"loses": bool, "entries": [ids, with + or -], "touched": [{"change", "before", "after",
    "situations", "municipalities", "places": [keys], "answers": {question: option}, "link"}]}`.
    """
    return {
        "loses": edit.found.loses,
        "entries": list(edited(edit.old, edit.new)),
        "touched": [_as_dict(one, edit) for one in edit.found.touched],
    }


def _as_dict(one: Touched, edit: Edit) -> dict[str, Any]:
    shown = _example(one, edit)
    return {
        "change": str(one.change),
        "before": one.before,
        "after": one.after,
        "situations": one.situations,
        "municipalities": _municipalities(one, edit),
        "places": [
            answer
            for number, place in enumerate(edit.found.places)
            if one.places >> number & 1
            for answer in place.answers
        ],
        "answers": {answer.question: answer.option for answer in shown.answers},
        "link": shown.payload,
    }
