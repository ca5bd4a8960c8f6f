"""The knowledge folder as it was at a revision of git, or as it lies in another folder."""

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import app
from bot.config import Settings
from bot.content.loader import load
from bot.core.knowledge import Book


def book_in(folder: Path, settings: Settings) -> Book:
    """The knowledge base of a folder; the tables of places are the present ones if it has none.

    Raises:
        ContentError: it cannot be used; names every problem.
    """
    with_places = folder if (folder / "places").is_dir() else settings.knowledge
    places = app.gazetteer(replace(settings, knowledge=with_places))
    return load(folder, places.districts, places.municipalities)


@contextmanager
def folder_at(revision: str, knowledge: Path) -> Iterator[Path]:
    """What `knowledge` held at a revision, in a folder that goes away afterwards.

    Raises:
        RunError: no git, no repository, no such revision, or the folder was not in it.
    """
    if revision.startswith("-"):
        raise app.RunError(f"`{revision}` is no revision. Name one, as in HEAD~1 or main.")
    above = Path(_git(knowledge, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(knowledge, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    inside = knowledge.resolve().relative_to(above.resolve()).as_posix()
    tree = commit.decode().strip() + ("" if inside == "." else f":{inside}")
    packed = _git(above, "archive", "--format=tar", tree)
    with TemporaryDirectory(prefix="clearing-diff-") as name:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(name, filter="data")
        yield Path(name)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the revision is one argument
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git is installed
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        raise app.RunError("git cannot be run. Install it, or name two folders.") from problem
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        name = arguments[-1].partition("^")[0]
        reason = said[-1] if said else f"there is no revision `{name}`"
        raise app.RunError(
            f"{folder}: git says: {reason}. Name a revision of this folder, or two folders."
        )
    return done.stdout
