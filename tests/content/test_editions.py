"""Editions of the knowledge folder: whole or not there at all; back and forth loses no byte."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.content import editions
from bot.content.editions import Edition, Editions, JustSavedError, found

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FILES = {
    "region.yaml": b"id: bb\r\nname: Brandenburg\r\n",
    "hotlines.yaml": "\ufeff- id: a # ä\n".encode(),
    "rules/base.yaml": b"",
    "services/cottbus.yaml": b"- id: one\n",
    "places/districts.csv": b"12052;Cottbus\n",
}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "knowledge"


@pytest.fixture
def kept(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "data" / "editions")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in found(folder).items()}


def keep(kept: Editions, knowledge: Path, now: datetime = NOW) -> Edition:
    return kept.keep(knowledge, now, good=True)


def test_an_edition_is_a_copy_with_its_time_in_the_name(kept, knowledge):
    edition = keep(kept, knowledge)
    assert edition.folder.name.startswith("0001-20261124T093000Z-")
    assert bytes_of(edition.folder) == FILES
    assert kept.newest_first() == (edition,)


def test_the_time_is_in_utc_wherever_the_bot_runs(kept, knowledge):
    here = datetime.fromisoformat("2026-11-24T10:30:00.5+01:00")
    assert keep(kept, knowledge, here).kept == NOW


def test_what_has_not_changed_is_kept_once(kept, knowledge):
    first = keep(kept, knowledge)
    assert keep(kept, knowledge, NOW + timedelta(days=1)) == first
    (knowledge / "region.yaml").write_bytes(b"id: bb\n")
    second = keep(kept, knowledge, NOW + timedelta(days=2))
    assert second.number == 2
    districts = "places/districts.csv"
    assert (first.folder / districts).samefile(second.folder / districts)
    assert bytes_of(first.folder) == FILES


def test_only_what_belongs_to_the_knowledge_is_kept(kept, knowledge):
    for name in (".region.yaml.swp", "notes.txt", "schema/region.json", "services/.hidden.yaml"):
        (knowledge / name).parent.mkdir(exist_ok=True)
        (knowledge / name).write_bytes(b"x")
    assert bytes_of(keep(kept, knowledge).folder) == FILES


@pytest.mark.parametrize("crash", ["before it got its name", "a file missing", "a file cut off"])
def test_a_half_written_edition_is_none(kept, knowledge, crash):
    first = keep(kept, knowledge)
    for path in found(knowledge).values():
        path.write_bytes(path.read_bytes() + b"# more\n")
    second = keep(kept, knowledge)
    match crash:
        case "before it got its name":
            second.folder.rename(kept.folder / f".new-{os.getpid()}")
        case "a file missing":
            (second.folder / "services" / "cottbus.yaml").unlink()
        case "a file cut off":
            (second.folder / "services" / "cottbus.yaml").write_bytes(b"")
    assert kept.newest_first() == (first,)
    again = keep(kept, knowledge)
    assert kept.newest_first() == (again, first)
    assert again.digest == second.digest
    assert not list(kept.folder.glob(".new*"))


def test_an_edition_that_was_altered_is_none(kept, knowledge):
    first = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"id: bb\n")
    second = keep(kept, knowledge)
    (second.folder / "region.yaml").write_bytes(b"id: xx\n")
    assert kept.newest_first() == (first,)
    assert keep(kept, knowledge).number == 3


def test_thirty_editions_are_kept(kept, knowledge):
    for number in range(editions.MOST + 3):
        (knowledge / "region.yaml").write_bytes(b"%d" % number)
        keep(kept, knowledge, NOW - timedelta(days=number))
    numbers = [edition.number for edition in kept.newest_first()]
    assert numbers == list(range(editions.MOST + 3, 3, -1))


def test_back_and_forth_restores_every_byte(kept, knowledge):
    first = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"\xff\x00 not even text")
    (knowledge / "rules" / "base.yaml").unlink()
    (knowledge / "services" / "new.yaml").write_bytes(b"- id: two\n")
    (knowledge / "services" / "notes.txt").write_bytes(b"not ours")
    edited = bytes_of(knowledge)

    second, names = kept.go_back(first, knowledge, NOW, good=False)
    assert names == ("region.yaml", "rules/base.yaml", "services/new.yaml")
    assert bytes_of(knowledge) == FILES
    assert not second.good

    kept.go_back(second, knowledge, NOW, good=True)
    assert bytes_of(knowledge) == edited
    assert (knowledge / "services" / "notes.txt").read_bytes() == b"not ours"
    assert not list(knowledge.rglob("*.new"))


def test_the_oldest_edition_is_there_until_it_is_restored(kept, knowledge):
    """Keeping the present one makes it the thirty-first."""
    for number in range(editions.MOST):
        (knowledge / "region.yaml").write_bytes(b"%d" % number)
        keep(kept, knowledge)
    oldest = kept.newest_first()[-1]
    (knowledge / "region.yaml").write_bytes(b"now")
    present, _ = kept.go_back(oldest, knowledge, NOW, good=True)
    assert bytes_of(knowledge) == {**FILES, "region.yaml": b"0"}
    assert len(kept.newest_first()) == editions.MOST
    assert kept.newest_first()[0] == present


def test_an_edition_that_went_meanwhile_takes_nothing_with_it(kept, knowledge):
    first = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"id: bb\n")
    now = bytes_of(knowledge)
    shutil.rmtree(first.folder)
    with pytest.raises(FileNotFoundError):
        kept.go_back(first, knowledge, NOW, good=True)
    assert bytes_of(knowledge) == now


def test_what_somebody_has_just_saved_is_not_lost(kept, knowledge):
    """The kept copy is of before: only then could it be lost."""
    first = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"id: bb\n")
    second = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"saved meanwhile")
    with pytest.raises(JustSavedError, match=r"region\.yaml"):
        editions.restore(first, second, knowledge)
    assert (knowledge / "region.yaml").read_bytes() == b"saved meanwhile"


def test_a_file_keeps_its_rights(kept, knowledge):
    (knowledge / "region.yaml").chmod(0o664)
    first = keep(kept, knowledge)
    (knowledge / "region.yaml").write_bytes(b"id: bb\n")
    kept.go_back(first, knowledge, NOW, good=True)
    assert (knowledge / "region.yaml").stat().st_mode & 0o777 == 0o664
