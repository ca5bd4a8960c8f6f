"""What is wrong in the knowledge folder, said to the person who can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: str
    """Below the knowledge folder, or the folder itself."""
    line: int
    """From 1; 0 where the whole file or folder is meant."""
    column: int
    problem: str
    cure: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.problem} {self.cure}".rstrip()

    def as_dict(self) -> dict[str, str | int]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "problem": self.problem,
            "cure": self.cure,
        }


class ContentError(Exception):
    """The knowledge base cannot be used; names every problem, one to a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggestion(word: str, known: Iterable[str]) -> str:
    """The cure for a word that does not exist."""
    choices = list(known)
    near = get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    if not choices:
        return "Take it out."
    listed = ", ".join(f"`{choice}`" for choice in choices[:_LISTED])
    more = ", …" if len(choices) > _LISTED else ""
    return f"There are {listed}{more}."


_LISTED = 24
"""More choices than this are no help in one line."""
