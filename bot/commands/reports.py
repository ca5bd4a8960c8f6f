"""Groups of tasks as a table that people can work through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.content.tasks import Group, Level, Task
from bot.sentence import NOTHING, Sentence, Translate, said

_HEADS: Final[Mapping[Level, tuple[Sentence, Sentence]]] = {
    Level.MUST: (
        Sentence("This must be done before real people use the bot: {count}."),
        Sentence("All is done that must be before real people use the bot."),
    ),
    Level.SHOULD: (
        Sentence(
            "This should be done; until then the bot says on the screen what is unsure: {count}."
        ),
        Sentence("All is done that should be."),
    ),
    Level.REPORT: (
        Sentence("This has grown old or is missing; nothing of it is an error: {count}."),
        Sentence("Nothing is old, and nothing is missing."),
    ),
}


def as_text(groups: Sequence[Group], translate: Translate) -> str:
    return "\n".join(_lines(groups, translate))


def _lines(groups: Sequence[Group], translate: Translate) -> Iterator[str]:
    for number, level in enumerate(level for level in Level if _of(groups, level)):
        here = _of(groups, level)
        count = sum(len(group.tasks) for group in here)
        head, done = _HEADS[level]
        if number:
            yield ""
        yield (head.about(count=count) if count else done).in_(translate)
        for group in here:
            if group.tasks:
                yield ""
                yield f"## {group.title.in_(translate)} ({len(group.tasks)})"
                cure = _shared_cure(group)
                if cure is not None:
                    yield f"   {cure.in_(translate)}"
                for area, tasks in groupby(group.tasks, lambda task: said(task.area, translate)):
                    yield from _area(area, list(tasks), cure, translate)


def _of(groups: Sequence[Group], level: Level) -> list[Group]:
    return [group for group in groups if group.level is level]


def _shared_cure(group: Group) -> Sentence | None:
    """What is to be done for all alike is said once."""
    cures = {task.problem.cure for task in group.tasks}
    return cures.pop() if len(group.tasks) > 1 and len(cures) == 1 else None


def _area(
    area: str, tasks: Sequence[Task], said_before: Sentence | None, translate: Translate
) -> Iterator[str]:
    if area:
        yield f"   {area} ({len(tasks)})"
    for task in tasks:
        problem = task.problem if said_before is None else replace(task.problem, cure=NOTHING)
        yield f"   [ ] {problem.in_(translate)}"
