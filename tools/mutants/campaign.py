"""For each mutation: is anybody's result changed, and is it found?

Two ways that share no code are held against each other: talks of random people, and the
comparison of all conversations. Whatever chance finds, the comparison must say; whatever the
comparison says, its example must show in a real talk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from time import perf_counter
from typing import Final

from bot.content.problems import ContentError
from bot.core.case import DONT_KNOW, NO, YES
from bot.core.knowledge import Book, QuestionKind
from bot.proof.difference import Change, Difference, Touched, compare_doors, compare_part
from bot.proof.example import settled
from bot.proof.graph import Graph
from bot.proof.proof import prove
from bot.proof.touched import only_doors_differ, same_findings
from bot.proof.walk import branches
from tools.mutants.persons import Person, Shown, anybody, somebody_near, told
from tools.mutants.text import Base, Mutant

NOW: Final = datetime.fromisoformat("2026-11-24T10:00:00+01:00")


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    refused: bool = False
    """The loader did not take it: found by `check`."""
    changed: int = 0
    """Random people who are shown something else."""
    compared: bool = False
    """The comparison touches somebody: found by `diff`."""
    broken: tuple[str, ...] = ()
    """Claims that do not hold any more, where `diff` says nothing: found by `prove` alone."""
    wrong: tuple[str, ...] = ()
    """Where the two ways disagree."""
    seconds: float = 0.0

    @property
    def changes_somebody(self) -> bool:
        return bool(self.changed or self.compared)

    @property
    def missed(self) -> bool:
        return bool(self.changed and not self.compared)


class Campaign:
    """`people` are drawn for each mutation, half of them near it.

    Where more than doors differs, the comparison looks at `parts` of the conversations: those of
    as many concerns, drawn from people near the mutation. Nobody else is drawn then.
    With a `concern` all people have that one, and the graph is walked for it alone.
    """

    def __init__(  # noqa: PLR0913 - how large a campaign is
        self,
        base: Base,
        graph: Graph,
        people: int,
        parts: int,
        seed: int,
        *,
        proves: bool,
        concern: str | None = None,
    ) -> None:
        self.base = base
        self.book = base.book()
        self.graph = graph
        self.people = people
        self.parts = parts
        self.proves = proves
        self.seed = seed
        chance = Random(seed)
        self.concern = {"concern": concern} if concern else {}
        drawn = [{**anybody((self.book,), chance), **self.concern} for _ in range(people // 2)]
        self.pool = [(one, told(one, self.book, NOW)) for one in drawn]
        self.rules = tuple(
            rule
            for document in base.sources.listed("rules")
            for rule in document.value  # type: ignore[union-attr]  # loaded, so a list
        )

    def run(self, mutant: Mutant) -> Outcome:
        begun = perf_counter()
        try:
            new = self.base.mutated(mutant)
        except ContentError:
            return Outcome(mutant, refused=True, seconds=perf_counter() - begun)
        chance = Random(f"{self.seed} {mutant}")
        near = [
            {**somebody_near(mutant, self.rules, (self.book, new), chance), **self.concern}
            for _ in range(self.people - len(self.pool))
        ]
        only_doors = only_doors_differ(self.book, new)
        concerns = tuple(dict.fromkeys(one["concern"] for one in near))
        if only_doors:
            found = compare_doors(self.book, new, NOW.date(), self.graph)
        else:
            concerns = concerns[: self.parts]
            found = self._compared(new, concerns)
        changed = list(self._changed(near, new, frozenset(() if only_doors else concerns)))
        wrong = (*self._unsaid(changed, found), *self._unreal(found, new))
        broken: tuple[str, ...] = ()
        if self.proves and not found.touched and not same_findings(self.book, new):
            broken = tuple(fault.claim for fault in prove(new, NOW.date()).faults)
        seconds = perf_counter() - begun
        return Outcome(
            mutant,
            changed=len(changed),
            compared=bool(found.touched),
            broken=broken,
            wrong=wrong,
            seconds=seconds,
        )

    def _compared(self, new: Book, concerns: tuple[str, ...]) -> Difference:
        begin = [
            case for part in branches(self.book) for case in part if case.get("concern") in concerns
        ]
        return compare_part(self.book, new, NOW.date(), tuple(begin))

    def _changed(
        self, near: list[Person], new: Book, concerns: frozenset[str]
    ) -> Iterator[tuple[Person, Shown, Shown]]:
        pooled = (one for one in self.pool if not concerns or one[0]["concern"] in concerns)
        drawn = (one for one in near if not concerns or one["concern"] in concerns)
        for person, before in pooled:
            if (after := told(person, new, NOW)) != before:
                yield person, before, after
        for person in drawn:
            before, after = told(person, self.book, NOW), told(person, new, NOW)
            if after != before:
                yield person, before, after

    def _unsaid(
        self, changed: list[tuple[Person, Shown, Shown]], found: Difference
    ) -> Iterator[str]:
        """People whom chance found, and of whom the comparison does not speak."""
        for person, before, after in changed:
            said = [one for one in found.touched if _speaks_of(one, before, after)]
            if not said:
                yield f"unsaid: {_apart(before, after)} for {person}"

    def _unreal(self, found: Difference, new: Book) -> Iterator[str]:
        """Of whom the comparison speaks although a talk shows something else."""
        for one in found.touched:
            person = self._person(one, found)
            before, after = told(person, self.book, NOW), told(person, new, NOW)
            if not _speaks_of(one, before, after) or before == after:
                yield f"unreal: {one} but {_apart(before, after)} for {person}"

    def _person(self, one: Touched, found: Difference) -> Person:
        """Who answers as the example does, and `?` to what it leaves open."""
        case = settled(one.case, found.places, one.places)
        person: dict[str, str] = {}
        for question in self.book.questions.values():
            if question.kind is not QuestionKind.SEVERAL:
                person[question.id] = case.get(question.id, DONT_KNOW)
                continue
            answers = [case.get(fact, NO) for fact in question.facts]
            person[question.id] = DONT_KNOW if DONT_KNOW in answers else YES
            person |= dict(zip(question.facts, answers, strict=True))
        return person


def _speaks_of(one: Touched, before: Shown, after: Shown) -> bool:
    match one.change:
        case Change.OTHERS | Change.REASON:
            return _name(before) == _name(after)
        case _:
            return (one.before, one.after) == (_name(before), _name(after))


def _name(shown: Shown) -> str:
    return shown.lead.id if shown.lead else ""


def _apart(before: Shown, after: Shown) -> str:
    differing = (
        f"{name}: {getattr(before, name)} → {getattr(after, name)}"
        for name in Shown.__slots__
        if getattr(before, name) != getattr(after, name)
    )
    return "; ".join(differing) or "no difference"
