"""What people can work through: tasks in groups, each at its place in the files."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.content.problems import Problem
from bot.sentence import Sentence, Translate, said


class Level(StrEnum):
    MUST = "must"
    """Before real people use the bot."""
    SHOULD = "should"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Task:
    problem: Problem
    area: str | Sentence = ""
    """The district, where a group is sorted by districts."""


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    """For programs."""
    level: Level
    title: Sentence
    tasks: tuple[Task, ...]

    def rows(self, translate: Translate) -> Iterator[dict[str, str | int]]:
        """For programs, a row for each task."""
        for task in self.tasks:
            yield {
                **task.problem.as_dict(translate),
                "level": self.level.value,
                "group": self.id,
                "area": said(task.area, translate),
            }
