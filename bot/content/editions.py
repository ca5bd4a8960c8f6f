"""Editions of the knowledge folder: whole copies, so that there is always a good one to go back to.

A copy is written beside the others under a hidden name and renamed when it is whole; its name holds
a hash of its files. So a copy that is half written, or was altered since, is none.
"""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

MOST: Final = 30
"""Editions that are kept; then the oldest goes."""

_FOLDERS: Final = ("", "rules", "services", "places")
_SUFFIXES: Final = (".yaml", ".yml", ".csv", ".json")
_NAME: Final = re.compile(
    r"(?P<number>\d{4,})-(?P<when>\d{8}T\d{6}Z)-(?P<digest>[0-9a-f]{16})(?P<faulty>-faulty)?"
)
_WHEN: Final = "%Y%m%dT%H%M%SZ"
_HIDDEN: Final = ".new-"


@dataclass(frozen=True, slots=True)
class Edition:
    number: int
    """Counts up and is never given again while the newest edition is there."""
    kept: datetime
    """UTC, to the second."""
    digest: str
    good: bool
    """False for one that was kept before going back and had problems."""
    folder: Path
    """Can be read like the knowledge folder."""

    def files(self) -> Mapping[str, Path]:
        return found(self.folder)

    def holds(self, knowledge: Path) -> bool:
        """Whether the folder is as this edition."""
        return _digest(found(knowledge)) == self.digest


@dataclass(frozen=True, slots=True)
class Editions:
    folder: Path

    def newest_first(self) -> tuple[Edition, ...]:
        """Only whole and unaltered ones."""
        return tuple(one for one in self._named() if _digest(one.files()) == one.digest)

    def keep(self, knowledge: Path, now: datetime, *, good: bool) -> Edition:
        """A copy of the folder as it is now, or the newest edition where it is the same.

        Raises:
            OSError: the copy cannot be written; nothing of it stays.
        """
        edition = self._kept(knowledge, now, good=good)
        self._tidy()
        return edition

    def go_back(
        self, wanted: Edition, knowledge: Path, now: datetime, *, good: bool
    ) -> tuple[Edition, tuple[str, ...]]:
        """Give the folder the bytes of `wanted`, after keeping it as it is.

        Args:
            wanted: one of `newest_first`.
            knowledge: the folder.
            now: aware.
            good: whether the folder can be used as it is.

        Returns:
            The edition that undoes this, and the names of the files that were not so already.

        Raises:
            JustSavedError: names a file that is not as it was kept; those before it are restored.
            OSError: a file cannot be written; likewise.
        """
        present = self._kept(knowledge, now, good=good)
        names = restore(wanted, present, knowledge)
        self._tidy()
        return present, names

    def _kept(self, knowledge: Path, now: datetime, *, good: bool) -> Edition:
        self.folder.mkdir(parents=True, exist_ok=True)
        named = self._named()
        newest = named[0] if named else None
        partial = self.folder / f"{_HIDDEN}{os.getpid()}"
        try:
            shutil.rmtree(partial, ignore_errors=True)
            digest = _copy(knowledge, partial, newest)
            if newest and newest.digest == digest and _digest(newest.files()) == digest:
                return newest
            number = newest.number + 1 if newest else 1
            edition = self._edition(number, now.astimezone(UTC), digest, good=good)
            partial.rename(edition.folder)
            _settle(self.folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return edition

    def _tidy(self) -> None:
        for old in self._named()[MOST:]:
            shutil.rmtree(old.folder, ignore_errors=True)

    def _edition(self, number: int, now: datetime, digest: str, *, good: bool) -> Edition:
        name = f"{number:04}-{now:{_WHEN}}-{digest}{'' if good else '-faulty'}"
        return Edition(number, now.replace(microsecond=0), digest, good, self.folder / name)

    def _named(self) -> list[Edition]:
        """As their names say, newest first."""
        editions = []
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if match := _NAME.fullmatch(path.name):
                with suppress(ValueError):
                    when = datetime.strptime(match["when"], _WHEN).replace(tzinfo=UTC)
                    number, good = int(match["number"]), not match["faulty"]
                    editions.append(Edition(number, when, match["digest"], good, path))
        return sorted(editions, key=lambda one: (one.number, one.kept), reverse=True)


def found(folder: Path) -> Mapping[str, Path]:
    """The files of a knowledge folder, by their names below it, in order."""
    files = {}
    for below in _FOLDERS:
        with suppress(OSError):
            for path in (folder / below).iterdir():
                if path.suffix in _SUFFIXES and not path.name.startswith(".") and path.is_file():
                    files[f"{below}/{path.name}" if below else path.name] = path
    return dict(sorted(files.items()))


class JustSavedError(Exception):
    """Somebody has saved a file while an earlier edition was put in its place."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def restore(wanted: Edition, present: Edition, knowledge: Path) -> tuple[str, ...]:
    """What `go_back` does once `present` is kept; a file that differs from it is not touched."""
    target, kept, there = _contents(wanted.files()), _contents(present.files()), found(knowledge)
    if not target or _digest(wanted.files()) != wanted.digest:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(wanted.folder))
    changed = []
    for name in sorted({*target, *there}):
        new = target.get(name)
        old = there[name].read_bytes() if name in there else None
        if new == old:
            continue
        if old != kept.get(name):
            raise JustSavedError(name)
        if new is None:
            there[name].unlink()
        else:
            put(new, knowledge / name)
        changed.append(name)
    return tuple(changed)


def _contents(files: Mapping[str, Path]) -> Mapping[str, bytes]:
    return {name: path.read_bytes() for name, path in files.items()}


def put(content: bytes, path: Path) -> None:
    """In one step, with the rights that the file had."""
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{path.name}.new")
    try:
        _write(content, partial)
        if path.exists():
            before = path.stat()
            partial.chmod(before.st_mode & 0o7777)
            with suppress(PermissionError):
                os.chown(partial, before.st_uid, before.st_gid)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _copy(knowledge: Path, target: Path, earlier: Edition | None) -> str:
    """The hash of what was copied. What is the same as in the earlier edition takes no room."""
    same = earlier.files() if earlier else {}
    target.mkdir()
    for name, path in found(knowledge).items():
        content = path.read_bytes()
        copy = target / name
        copy.parent.mkdir(exist_ok=True)
        if name in same and same[name].read_bytes() == content and _linked(same[name], copy):
            continue
        _write(content, copy)
    for below in _FOLDERS:
        if (target / below).is_dir():
            _settle(target / below)
    return _digest(found(target))


def _linked(existing: Path, copy: Path) -> bool:
    try:
        os.link(existing, copy)
    except OSError:
        # Not every file system knows two names for one file.
        return False
    return True


def _write(content: bytes, path: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Its names survive a power cut."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _digest(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for part in _parts(files):
        digest.update(part)
    return digest.hexdigest()[:16]


def _parts(files: Mapping[str, Path]) -> Iterator[bytes]:
    for name, path in files.items():
        try:
            content = path.read_bytes()
        except OSError:
            # Gone or unreadable: then the hash is another one.
            content = b""
        yield f"{name}\0{len(content)}\0".encode() + content
