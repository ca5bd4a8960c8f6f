"""What is wrong in the knowledge folder, said to the person who can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.sentence import Sentence, Translate, english


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    """Below the knowledge folder, or the folder itself."""
    line: int
    """From 1; 0 where the whole file or folder is meant."""
    column: int
    problem: Sentence
    cure: Sentence

    def __str__(self) -> str:
        return self.in_(english)

    def in_(self, translate: Translate) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.problem.in_(translate)} {self.cure.in_(translate)}".rstrip()

    def as_dict(self, translate: Translate = english) -> dict[str, str | int]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "problem": self.problem.in_(translate),
            "cure": self.cure.in_(translate),
        }


class ContentError(Exception):
    """The knowledge base cannot be used; names every problem, one to a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.in_(english))

    def in_(self, translate: Translate) -> str:
        return "\n".join(problem.in_(translate) for problem in self.problems)


def suggestion(word: str, known: Iterable[str]) -> Sentence:
    """The cure for a word that does not exist."""
    choices = list(known)
    near = nearest(word, choices)
    if near is not None:
        return Sentence("Did you mean `{word}`?", word=near)
    if not choices:
        return Sentence("Take it out.")
    listed = ", ".join(f"`{choice}`" for choice in choices[:_LISTED])
    more = ", …" if len(choices) > _LISTED else ""
    return Sentence("There are {words}.", words=listed + more)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What somebody meant who slipped, as far as one can guess."""
    folded = {choice.casefold(): choice for choice in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


_LISTED: Final = 24
"""More choices than this are no help in one line."""
