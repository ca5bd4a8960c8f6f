"""From questions.yaml to the questions of the core."""

from collections.abc import Iterator
from typing import Final

from bot.content.problems import suggestion
from bot.content.schema_rules import OptionText, QuestionText
from bot.content.tree import Cursor
from bot.content.validation import entries
from bot.content.vocabulary import Vocabulary
from bot.core.case import part
from bot.core.knowledge import Later, Option, Question, QuestionKind
from bot.sentence import Sentence

NEEDED: Final = {
    "concern": (),
    "place": (),
    "for_whom": ("self", "child", "helper"),
}
"""Questions and options that the conversation itself speaks of."""

FREE: Final = frozenset({"concern", "place", "for_whom"})
"""All other questions are about the person concerned, so a change of that voids their answers."""


def questions(cursor: Cursor, vocabulary: Vocabulary) -> dict[str, Question]:
    built: dict[str, Question] = {}
    for text, at in entries(cursor, QuestionText):
        if text.id in built:
            said = Sentence("There are two questions `{name}`.", name=text.id)
            (at / "id").report(said, Sentence("Give one another id."))
        built[text.id] = _question(text, at, vocabulary)
    _needed(cursor, vocabulary)
    return built


def _question(text: QuestionText, at: Cursor, vocabulary: Vocabulary) -> Question:
    kind = QuestionKind(text.kind)
    if (kind is QuestionKind.PLACE) != (text.id == "place"):
        said = Sentence("`{name}` has `kind: {kind}`.", name=text.id, kind=kind)
        cure = Sentence("Exactly one question has `kind: place`, and its id is `place`.")
        (at / "id").report(said, cure)
    if kind is QuestionKind.PLACE and text.options:
        said = Sentence("A place has no options.")
        cure = Sentence("Take `options` out: the municipalities are its options.")
        (at / "options").report_key(said, cure)
    if kind is not QuestionKind.PLACE and not text.options:
        said = Sentence("`{name}` has no options.", name=text.id)
        at.report(said, Sentence("Add `options:`."))
    for number, name in enumerate(text.depends):
        if name not in vocabulary.questions or name == text.id:
            cure = suggestion(name, [known for known in vocabulary.questions if known != text.id])
            said = Sentence("There is no other question `{name}`.", name=name)
            (at / "depends" / number).report(said, cure)
    options = tuple(_options(text, at, vocabulary))
    _circles(text, at)
    ask = None
    if text.ask is not None:
        ask = vocabulary.condition(text.ask, at / "ask", before=text.id)
    depends = frozenset(text.depends) | vocabulary.mentioned(ask)
    for option in options:
        depends |= vocabulary.mentioned(option.ask)
    if text.id not in FREE:
        depends |= {"for_whom"}
    return Question(text.id, kind, options, ask, depends - {text.id})


def _options(text: QuestionText, at: Cursor, vocabulary: Vocabulary) -> Iterator[Option]:
    several = text.kind == "several"
    seen: set[str] = set()
    for number, option in enumerate(text.options):
        here = at / "options" / number
        if option.id in seen:
            said = Sentence("There are two options `{name}`.", name=option.id)
            (here / "id").report(said, Sentence("Give one another id."))
        seen.add(option.id)
        _alone(option, here, several=several)
        yield Option(
            option.id,
            part(text.id, option.id) if several else text.id,
            vocabulary.condition(option.ask, here / "ask", text.id) if option.ask else None,
            vocabulary.condition(option.alone, here / "alone", text.id) if option.alone else None,
            _later(option, here / "later", text, several=several),
        )


def _later(option: OptionText, at: Cursor, text: QuestionText, *, several: bool) -> Later | None:
    if option.later is None:
        return None
    if several:
        said = Sentence("Of several answers none follows another.")
        at.report_key(said, Sentence("Take `later` out."))
    others = [other.id for other in text.options if other.id != option.id]
    if option.later.option not in others:
        said = Sentence("`{name}` has no other option `{option}`.")
        said = said.about(name=text.id, option=option.later.option)
        (at / "option").report(said, suggestion(option.later.option, others))
    return Later(option.later.option, option.later.event)


def _circles(text: QuestionText, at: Cursor) -> None:
    """Each once, at the answer that stands first."""
    later = {option.id: option.later.option for option in text.options if option.later}
    known: set[str] = set()
    for number, option in enumerate(text.options):
        way = [option.id]
        while (then := later.get(way[-1])) is not None and then not in way:
            way.append(then)
        if then == option.id and len(way) > 1 and not known & set(way):
            known.update(way)
            said = Sentence("`{option}` would come back to itself: {way}.")
            said = said.about(option=option.id, way=" → ".join(f"`{one}`" for one in (*way, then)))
            cure = Sentence("Leave `later` out where nothing follows.")
            (at / "options" / number / "later" / "option").report(said, cure)


def _alone(option: OptionText, at: Cursor, *, several: bool) -> None:
    if option.alone is None:
        return
    if not several:
        said = Sentence("Only one of several can be asked alone.")
        cure = Sentence("Take `alone` out, or make the question `kind: several`.")
        (at / "alone").report_key(said, cure)
    for field in ("text_alone", "yes_alone", "no_alone"):
        if getattr(option, field) is None:
            said = Sentence(
                "`{option}` is asked alone but has no `{name}`.", option=option.id, name=field
            )
            (at / "alone").report_key(said, Sentence("Add `{name}:`.", name=field))


def _needed(cursor: Cursor, vocabulary: Vocabulary) -> None:
    for name, options in NEEDED.items():
        asked = vocabulary.questions.get(name)
        if asked is None:
            said = Sentence("The question `{name}` is missing.", name=name)
            cursor.report(said, Sentence("The conversation needs it."))
            continue
        for option in options:
            if option not in asked.options:
                said = Sentence("The option `{option}` of `{name}` is missing.")
                said = said.about(option=option, name=name)
                cursor.report(said, Sentence("The conversation needs it."))
