"""What conditions can speak of: questions with their options; and conditions as bits over them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.content.problems import suggestion
from bot.content.schema_rules import ConditionText
from bot.content.tree import Cursor, Document
from bot.core.case import ELSEWHERE, YES, part
from bot.core.knowledge import QuestionKind
from bot.core.known import HERE
from bot.core.logic import All, Alphabet, AnyOf, Condition, Is, Not
from bot.sentence import Sentence

PLACES: Final = (ELSEWHERE, HERE)
"""What a condition can say about a place."""

_ANY: Final = All(())
"""Stands in for a condition that is wrong, and has been reported."""


@dataclass(frozen=True, slots=True)
class Asked:
    kind: QuestionKind
    options: tuple[str, ...]
    position: int


class Vocabulary:
    """Taken from the plain values, so that one broken question does not make all rules wrong."""

    def __init__(self, questions: Document) -> None:
        self.questions: dict[str, Asked] = {}
        for name, kind, options in _questions(questions):
            self.questions.setdefault(name, Asked(kind, options, len(self.questions)))
        self.alphabet = Alphabet.of(self._facts())

    def condition(self, text: ConditionText, at: Cursor, before: str | None = None) -> Condition:
        """The same condition over bits; `before` is the question that it must not look behind."""
        forms = {
            name
            for name, value in (
                ("question", text.question),
                ("is", text.is_),
                ("all", text.all),
                ("any", text.any),
                ("not", text.not_),
            )
            if value is not None
        }
        if text.all is not None and forms == {"all"}:
            return All(tuple(self._parts(text.all, at / "all", before)))
        if text.any is not None and forms == {"any"}:
            return AnyOf(tuple(self._parts(text.any, at / "any", before)))
        if text.not_ is not None and forms == {"not"}:
            return Not(self.condition(text.not_, at / "not", before))
        if text.question is not None and text.is_ is not None and forms == {"question", "is"}:
            return self._is(text.question, text.is_, at, before)
        cure = Sentence("Write `question` with `is`, or `all`, or `any`, or `not`; one of them.")
        said = Sentence("A condition has exactly one form; here is {forms}.", forms=_both(forms))
        at.report(said, cure)
        return _ANY

    def mentioned(self, condition: Condition | None) -> frozenset[str]:
        """The questions that a condition speaks of."""
        if condition is None:
            return frozenset()
        facts = self.alphabet.facts_in(condition.mentions())
        return frozenset(fact.partition(".")[0] for fact in facts)

    def _parts(
        self, texts: list[ConditionText], at: Cursor, before: str | None
    ) -> Iterator[Condition]:
        for number, text in enumerate(texts):
            yield self.condition(text, at / number, before)

    def _is(self, name: str, options: list[str], at: Cursor, before: str | None) -> Condition:
        asked = self.questions.get(name)
        if asked is None:
            said = Sentence("There is no question `{name}`.", name=name)
            (at / "question").report(said, suggestion(name, self.questions))
            return _ANY
        if before is not None and asked.position >= self.questions[before].position:
            said = Sentence("`{name}` is asked later than `{other}`, or is the same question.")
            said = said.about(name=name, other=before)
            (at / "question").report(said, Sentence("Name an earlier question."))
        bits = 0
        for number, option in enumerate(options):
            if option not in asked.options:
                said = Sentence("`{name}` has no option `{option}`.", name=name, option=option)
                (at / "is" / number).report(said, suggestion(option, asked.options))
            elif asked.kind is QuestionKind.SEVERAL:
                bits |= self.alphabet.bits[part(name, option)][YES]
            else:
                bits |= self.alphabet.bits[name][option]
        whole = asked.kind is not QuestionKind.SEVERAL and set(options) == set(asked.options)
        return Is(bits, whole)

    def _facts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name, asked in self.questions.items():
            if asked.kind is QuestionKind.SEVERAL:
                yield from ((part(name, option), (YES,)) for option in asked.options)
            else:
                yield name, asked.options


def _both(forms: Iterable[str]) -> Sentence | str:
    """One after the other: `all` and `any`."""
    said: Sentence | str = ""
    for form in sorted(forms):
        this = f"`{form}`"
        said = Sentence("{these} and {this}", these=said, this=this) if said else this
    return said or Sentence("nothing")


def _questions(document: Document) -> Iterator[tuple[str, QuestionKind, tuple[str, ...]]]:
    for item in document.value if isinstance(document.value, list) else []:
        if not isinstance(item, dict) or not isinstance(name := item.get("id"), str):
            continue
        kind = item.get("kind", "one")
        known = [str(known) for known in QuestionKind]
        sort = QuestionKind(kind) if isinstance(kind, str) and kind in known else QuestionKind.ONE
        listed = item.get("options")
        options = tuple(
            dict.fromkeys(
                str(option["id"])
                for option in (listed if isinstance(listed, list) else [])
                if isinstance(option, dict) and isinstance(option.get("id"), str)
            )
        )
        yield name, sort, PLACES if sort is QuestionKind.PLACE else options
