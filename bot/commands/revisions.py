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
from bot.sentence import Sentence


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
        said = Sentence(
            "`{revision}` is no revision of git. Name one, as in HEAD~1 or main.",
            revision=revision,
        )
        raise app.RunError(said)
    if _is_path(revision):
        raise no_folder(Path(revision))
    above = Path(_git(knowledge, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(knowledge, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    inside = knowledge.resolve().relative_to(above.resolve()).as_posix()
    tree = commit.decode().strip() + ("" if inside == "." else f":{inside}")
    packed = _git(above, "archive", "--format=tar", tree)
    with TemporaryDirectory(prefix="clearing-diff-") as name:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(name, filter="data")
        yield Path(name)


def no_folder(folder: Path) -> app.RunError:
    return app.RunError(
        Sentence("There is no folder {folder}. Give an existing one.", folder=folder)
    )


def _is_path(name: str) -> bool:
    """No revision is written like this, so nobody who writes it means one."""
    return Path(name).is_absolute() or name.startswith(("./", "../", "~"))


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the revision is one argument
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git is installed
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        said = Sentence("git cannot be run. Install it, or name two folders.")
        raise app.RunError(said) from problem
    if done.returncode:
        raise app.RunError(_refused(folder, arguments[-1], done.stderr))
    return done.stdout


def _refused(folder: Path, asked: str, told: bytes) -> Sentence:
    reasons = told.decode("utf-8", "replace").strip().splitlines()
    if reasons:
        return Sentence(
            "{folder}: git says: {reason}. Name a revision of this folder, or two folders.",
            folder=folder,
            reason=reasons[-1],
        )
    return Sentence(
        "`{name}`: There is no such folder, and git knows no such revision. Name a revision of "
        "{folder}, or two folders.",
        name=asked.partition("^")[0],
        folder=folder,
    )
