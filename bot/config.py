"""Settings from the environment and `.env`; everything wrong is named at once, at start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
"""The folder with `knowledge/` and `locales/`, where no setting names another."""

PREFIX: Final = "CLEARING_"

NAMES: Final = frozenset(
    PREFIX + name
    for name in ("TOKEN", "TOKEN_FILE", "API_URL", "DATABASE_URL", "DATA", "KNOWLEDGE", "LOCALES")
)

_TOKEN: Final = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")


class SettingsError(Exception):
    """All wrong settings, a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    token: str | None
    """None where only commands without Telegram are used."""
    api_url: str
    database_url: str
    data: Path
    knowledge: Path
    locales: Path

    def __repr__(self) -> str:
        return "Settings(token hidden)"


def read(environment: Mapping[str, str], dotenv: Path | None = None) -> Settings:
    """Settings from `environment`, which wins over the file `dotenv`.

    Raises:
        SettingsError: naming every wrong setting and what to do.
    """
    values = {**_dotenv(dotenv), **environment}
    mine = {name: value.strip() for name, value in values.items() if name.startswith(PREFIX)}
    problems = [
        f"{name}: There is no such setting. Remove it, or see the README for the names."
        for name in sorted(mine.keys() - NAMES)
    ]
    data = Path(mine.get("CLEARING_DATA") or ROOT / "data")
    api_url = mine.get("CLEARING_API_URL") or "https://api.telegram.org"
    if urlsplit(api_url).scheme not in ("http", "https") or not urlsplit(api_url).netloc:
        problems.append(
            "CLEARING_API_URL: This is not a web address. Write it like http://127.0.0.1:8081."
        )
    database_url = mine.get("CLEARING_DATABASE_URL") or f"sqlite:///{data / 'clearing.db'}"
    if not database_url.startswith("sqlite:///"):
        problems.append(
            "CLEARING_DATABASE_URL: Only SQLite is supported yet. "
            "Write it like sqlite:////var/lib/clearing/clearing.db."
        )
    settings = Settings(
        _token(mine, problems),
        api_url.rstrip("/"),
        database_url,
        data,
        _folder(mine, "CLEARING_KNOWLEDGE", ROOT / "knowledge", problems),
        _folder(mine, "CLEARING_LOCALES", ROOT / "locales", problems),
    )
    if problems:
        raise SettingsError(problems)
    return settings


def _token(mine: Mapping[str, str], problems: list[str]) -> str | None:
    token = mine.get("CLEARING_TOKEN")
    place = mine.get("CLEARING_TOKEN_FILE")
    if token and place:
        problems.append("CLEARING_TOKEN: CLEARING_TOKEN_FILE is set too. Keep one of them.")
    if place and not token:
        try:
            token = Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            problems.append(
                f"CLEARING_TOKEN_FILE: {place} cannot be read ({type(problem).__name__}). "
                "Give the path of a text file with the token."
            )
            return None
    if token and not _TOKEN.fullmatch(token):
        problems.append(
            "CLEARING_TOKEN: This is not a bot token. Copy it whole from @BotFather; "
            "it looks like 123456789:AA…"
        )
    return token or None


def _folder(mine: Mapping[str, str], name: str, default: Path, problems: list[str]) -> Path:
    folder = Path(mine.get(name) or default)
    if not folder.is_dir():
        problems.append(f"{name}: There is no folder {folder}. Give the path of an existing one.")
    return folder


def _dotenv(path: Path | None) -> dict[str, str]:
    """Lines `NAME=value`; quotes around the value and lines that start with # are left out."""
    if path is None or not path.is_file():
        return {}
    pairs = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            pairs[name.strip()] = value.strip().strip("\"'")
    return pairs
