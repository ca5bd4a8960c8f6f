"""Killed, or failing, at every single call to the database in a series of turns."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bot.store.errors import StoreError
from bot.store.transaction import Kept

CALLS = {"execute", "executemany", "commit", "rollback"}
"""Between two of these nothing changes on the disk."""

ANNA, BORYS = 7, 8


def begin(turn, house):
    assert turn.unseen(1)
    with turn.savepoint():
        turn.keep(ANNA, b"a1", 0, house.tomorrow)


def go_on(turn, house):
    assert turn.unseen(2)
    with turn.savepoint():
        turn.keep(ANNA, b"a2", turn.conversation(ANNA).version, house.tomorrow)
        turn.keep(BORYS, b"b1", 0, house.tomorrow)


def start_anew(turn, house):
    assert turn.unseen(3)
    turn.forget(ANNA)
    turn.keep(ANNA, b"a3", 0, house.tomorrow)


def forget(turn, _house):
    assert turn.unseen(4)
    turn.forget(BORYS)


STEPS = (begin, go_on, start_anew, forget)
STATES = (
    (None, None),
    (Kept(b"a1", 1), None),
    (Kept(b"a2", 2), Kept(b"b1", 1)),
    (Kept(b"a3", 1), Kept(b"b1", 1)),
    (Kept(b"a3", 1), None),
)


def state(house) -> tuple[int, tuple[Kept | None, Kept | None]]:
    """How many steps are stored, and what is kept; every key has its row and every row its key."""
    with house.open().turn(house.now) as turn:
        kept = turn.conversation(ANNA), turn.conversation(BORYS)
        stored = sum(not turn.unseen(step) for step in range(1, len(STEPS) + 1))
    assert house.key_count() == sum(one is not None for one in kept)
    return stored, kept


def row_count(house) -> int:
    with closing(sqlite3.connect(house.database)) as database:
        (number,) = database.execute("SELECT count(*) FROM conversation").fetchone()
    return int(number)


CHILD = """
import importlib.util, os, pathlib, signal, sys

folder, tests = sys.argv[1], pathlib.Path(sys.argv[2])

def load(name):
    spec = importlib.util.spec_from_file_location(name, tests / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

House, crashes = load("conftest").House, load("test_crashes")

def live(number):
    house = House(pathlib.Path(folder) / str(number), f"sqlite:///{folder}/{number}/clearing.db")
    left = number

    def count(frame, kind, argument):
        nonlocal left
        if kind == "c_call" and argument.__name__ in crashes.CALLS:
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.setprofile(count)
    store = house.open()
    for number, step in enumerate(crashes.STEPS, start=1):
        with store.turn(house.now) as turn:
            step(turn, house)
        (house.folder / "acknowledged").write_text(str(number))
    store.close()
    sys.setprofile(None)
    os._exit(0)

number = 0
while True:
    (pathlib.Path(folder) / str(number)).mkdir()
    child = os.fork()
    if not child:
        try:
            live(number)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    number += 1
"""


def test_killed_at_any_call_nothing_acknowledged_is_lost(house):
    """F01, F03, I1."""
    here = Path(__file__).parent
    subprocess.run(
        [sys.executable, "-c", CHILD, str(house.folder), str(here)],
        check=True,
        cwd=here.parents[1],
        env={"PYTHONPATH": str(here.parents[1]), "PATH": os.environ["PATH"]},
    )
    folders = sorted(house.folder.iterdir(), key=lambda folder: int(folder.name))
    assert len(folders) > 60
    orphans = 0
    for folder in folders:
        crashed = type(house)(folder, f"sqlite:///{folder}/clearing.db")
        # Random bytes other than those before the crash.
        crashed.drawn += [b""] * 1000
        note = folder / "acknowledged"
        acknowledged = int(note.read_text()) if note.exists() else 0
        orphans += acknowledged > 0 and crashed.key_count() > row_count(crashed)
        stored, kept = state(crashed)
        crashed.close()
        assert stored in {acknowledged, acknowledged + 1}
        assert kept == STATES[stored]
    assert acknowledged == len(STEPS)
    # Between a new key and its row, and between a row's end and its key's: the cases that the
    # order of writes is for did happen.
    assert orphans >= 3


class Breaks:
    """The nth call fails as on a bad disk, once."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, _frame, kind, argument) -> None:
        if kind == "c_call" and argument.__name__ in CALLS:
            self.left -= 1
            if self.left < 0:
                sys.setprofile(None)
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorname = "SQLITE_IOERR_WRITE"
                raise error


def persist(house) -> int:
    """Take all steps, each again until it is stored; how often it had to be tried again."""
    again, store = 0, None
    todo = list(STEPS)
    while todo:
        try:
            store = store or house.open()
            with store.turn(house.now) as turn:
                todo[0](turn, house)
        except StoreError:
            again += 1
        else:
            del todo[0]
    return again


def test_failing_at_any_call_every_step_is_stored_once(new_house):
    after, failed = 0, 0
    while True:
        house = new_house()
        breaks = Breaks(after)
        sys.setprofile(breaks)
        try:
            again = persist(house)
        finally:
            sys.setprofile(None)
        assert again <= 1
        failed += again
        assert state(house) == (len(STEPS), STATES[-1])
        house.close()
        if breaks.left >= 0:
            break
        after += 1
    assert failed > 10
