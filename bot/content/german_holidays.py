"""Public holidays of a German state, without loading those of 250 other countries."""

import sys
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import holidays

_PACKAGE: Final = "holidays.countries"


def german_holidays(state: str, years: Iterable[int]) -> tuple[date, ...]:
    """In order; `state` is the abbreviation, as in BB for Brandenburg.

    Raises:
        NotImplementedError: for a state that does not exist.
    """
    return tuple(sorted(_germany()(subdiv=state, years=years)))


def _germany() -> Any:  # noqa: ANN401 - the library makes the class at run time
    """The class for Germany.

    The package of countries imports all of them: 0.2 s and 17 MB at every start, for one. Its
    modules do not need it, so it is an empty shell while this one is imported.
    """
    name = f"{_PACKAGE}.germany"
    if name in sys.modules or _PACKAGE in sys.modules:
        return import_module(name).Germany
    shell = ModuleType(_PACKAGE)
    shell.__path__ = [str(Path(holidays.__file__).parent / "countries")]
    sys.modules[_PACKAGE] = shell
    try:
        return import_module(name).Germany
    finally:
        del sys.modules[_PACKAGE]
