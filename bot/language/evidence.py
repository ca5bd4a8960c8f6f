"""Which of the found phrases count: the longest, not denied, in which clause, with which cues."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.language.phrases import Found, Heard

LISTS: Final = ("emergency", "yes", "no", "dont_know")
LIST: Final = "list "
"""Before the name of a list, where other phrases name their question."""
CUE: Final = "cue "

_NEGATION_BEFORE: Final = 2
"""Words before a phrase in which `not` still denies it."""


class Cues:
    def __init__(self, found: Sequence[Found], clauses: Sequence[int]) -> None:
        self._clauses = clauses
        self.spans: dict[str, list[frozenset[int]]] = _Lists()
        self.places: dict[str, set[int]] = _Sets()
        for one in found:
            if one.phrase.meaning[0].startswith(CUE):
                cue = one.phrase.meaning[1]
                self.spans[cue].append(one.places)
                self.places[cue] |= one.places

    def clauses(self, cue: str) -> set[int]:
        return {self._clauses[place] for place in self.places[cue]}

    def has(self, cue: str, clause: int) -> bool:
        return clause in self.clauses(cue)


class _Lists(dict[str, list[frozenset[int]]]):
    def __missing__(self, key: str) -> list[frozenset[int]]:
        return self.setdefault(key, [])


class _Sets(dict[str, set[int]]):
    def __missing__(self, key: str) -> set[int]:
        return self.setdefault(key, set())


def clauses_of(heard: Heard, found: Iterable[Found]) -> tuple[int, ...]:
    """The clause of each word; `and`, `but`, `because` begin a new one."""
    begins = {
        min(one.places) for one in found if one.phrase.meaning[0] == CUE + "and" and one.words == 1
    }
    clauses: list[int] = []
    extra = 0
    for place, token in enumerate(heard.tokens):
        extra += place in begins
        clauses.append(token.clause + extra)
    return tuple(clauses)


def covering(found: Sequence[Found], clauses: Sequence[int]) -> list[Found]:
    """What is left when a longer phrase swallows the words inside it and beside it."""
    kept = []
    for one in found:
        swallowed = any(_swallows(other, one, clauses) for other in found if other is not one)
        if not swallowed:
            kept.append(one)
    return kept


def _swallows(other: Found, one: Found, clauses: Sequence[int]) -> bool:
    if other.phrase.weak != one.phrase.weak:
        return one.phrase.weak
    if one.places < other.places:
        return True
    if one.words == 1 and other.words > 1:
        return {clauses[p] for p in other.places} == {clauses[p] for p in one.places}
    if one.places == other.places and one.phrase.meaning[1] != other.phrase.meaning[1]:
        return other.phrase.length > one.phrase.length
    return False


def strongest(found: Sequence[Found]) -> list[Found]:
    strong = [one for one in found if not one.phrase.weak]
    return strong or list(found)


def negated(one: Found, negations: Iterable[int], clauses: Sequence[int]) -> bool:
    """`not` or `no` stands just before it, inside it, or closes the clause right after it."""
    first, last = min(one.places), max(one.places)
    negations = set(negations)
    if negations & one.places:
        # `no papers`, `do not want to live`: the phrase is itself a denial.
        return False
    for place in negations:
        if clauses[place] not in (clauses[first], clauses[last]):
            continue
        ends_clause = place + 1 >= len(clauses) or clauses[place + 1] != clauses[place]
        if first - _NEGATION_BEFORE <= place < last or (place == last + 1 and ends_clause):
            return True
    return False
