"""Settings from the environment and `.env`; everything wrong is named at once, at start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
"""The folder with `knowledge/` and `locales/`, where no setting names another."""

KNOWLEDGE: Final = ROOT / "knowledge"
"""The usual knowledge folder."""

PREFIX: Final = "CLEARING_"

NAMES: Final = frozenset(
    PREFIX + name
    for name in (
        *("TOKEN", "TOKEN_FILE", "API_URL", "DATABASE_URL"),
        *("DATA", "KNOWLEDGE", "LOCALES", "PROBLEMS", "ALARM", "HANDOVER"),
    )
)

LATER: Final = frozenset(PREFIX + name for name in ("WEBHOOK_URL",))
"""Settings that are known already, so that one file serves several versions of the bot."""

_CHAT: Final = re.compile(r"-?[0-9]{1,15}")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TOKEN: Final = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")


class Handover(StrEnum):
    """How services that have linked a channel receive; all others are shown, and no more."""

    GROUP_CARD = "group_card"
    CLIENT_CONTACTS = "client_contacts"
    """Nothing is handed over: whoever may not use Telegram, or not yet."""


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
    without_effect: tuple[str, ...] = ()
    """Names of settings that are set, but are for a later version."""
    language: str = "en"
    """Of whoever types commands, `de` or `en`, as far as the machine knows."""
    problems: Path = Path("problems.txt")
    """Where those who edit read what is wrong."""
    alarm: int | None = None
    """The chat of whoever runs the bot."""
    handover: Handover = Handover.GROUP_CARD

    def __repr__(self) -> str:
        return "Settings(token hidden)"


def read(environment: Mapping[str, str], dotenv: Path | None = None) -> Settings:
    """Settings from `environment`, which wins over the file `dotenv`.

    Raises:
        SettingsError: naming every wrong setting and what to do.
    """
    problems: list[str] = []
    values = {**_dotenv(dotenv, problems), **environment}
    mine = {name: value.strip() for name, value in values.items() if name.startswith(PREFIX)}
    problems += [_unknown(name) for name in sorted(mine.keys() - NAMES - LATER)]
    data = Path(mine.get("CLEARING_DATA") or ROOT / "data")
    if _is_file(data):
        problems.append(f"CLEARING_DATA: {data} is a file. Give the path of a folder.")
    settings = Settings(
        _token(mine, problems),
        _api_url(mine, problems),
        _database_url(mine, data, problems),
        data,
        _folder(mine, "CLEARING_KNOWLEDGE", KNOWLEDGE, problems),
        _folder(mine, "CLEARING_LOCALES", ROOT / "locales", problems),
        _without_effect(mine),
        _language(environment),
        _problems(mine, data, problems),
        _alarm(mine, problems),
        _handover(mine, problems),
    )
    if problems:
        raise SettingsError(problems)
    return settings


def _language(environment: Mapping[str, str]) -> str:
    """The convention of all command lines: the first of these that says anything."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "de" if next(filter(None, named), "").lower().startswith("de") else "en"


def _unknown(name: str) -> str:
    near = get_close_matches(name, NAMES | LATER, n=1, cutoff=0.8)
    cure = f"Did you mean {near[0]}?" if near else "Remove it, or see the README for the names."
    return f"{name}: There is no such setting. {cure}"


def _problems(mine: Mapping[str, str], data: Path, problems: list[str]) -> Path:
    path = Path(mine.get("CLEARING_PROBLEMS") or data / "problems.txt")
    if path.suffix != ".txt":
        # It is written over and taken away: nobody must lose a file of the knowledge base.
        problems.append(f"CLEARING_PROBLEMS: {path} does not end in .txt. Write problems.txt.")
    elif mine.get("CLEARING_PROBLEMS") and not path.parent.is_dir():
        problems.append(
            f"CLEARING_PROBLEMS: There is no folder {path.parent}. "
            "Give a file in a folder that the editors can read."
        )
    return path


def _alarm(mine: Mapping[str, str], problems: list[str]) -> int | None:
    given = mine.get("CLEARING_ALARM") or ""
    if _CHAT.fullmatch(given):
        return int(given)
    if given and not _MAIL.fullmatch(given):
        problems.append(
            "CLEARING_ALARM: This is neither a chat nor an e-mail address. Write the number of a "
            "chat with the bot, like 123456789 or -1001234567890."
        )
    return None


def _handover(mine: Mapping[str, str], problems: list[str]) -> Handover:
    given = mine.get("CLEARING_HANDOVER") or Handover.GROUP_CARD
    if given in set(Handover):
        return Handover(given)
    known = " or ".join(str(one) for one in Handover)
    problems.append(f"CLEARING_HANDOVER: There is no way `{given}`. Write {known}.")
    return Handover.GROUP_CARD


def _without_effect(mine: Mapping[str, str]) -> tuple[str, ...]:
    names = {name for name in LATER if mine.get(name)}
    if _MAIL.fullmatch(mine.get("CLEARING_ALARM") or ""):
        names.add("CLEARING_ALARM")
    return tuple(sorted(names))


def _api_url(mine: Mapping[str, str], problems: list[str]) -> str:
    address = mine.get("CLEARING_API_URL") or "https://api.telegram.org"
    try:
        parts = urlsplit(address)
        # A port that is none is noticed only when it is asked for.
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        problems.append(
            "CLEARING_API_URL: This is not a web address. Write it like http://127.0.0.1:8081."
        )
    elif _TOKEN.search(address):
        problems.append(
            "CLEARING_API_URL: The token does not belong here. "
            "Write the address alone, like http://127.0.0.1:8081."
        )
    return address.rstrip("/")


def _database_url(mine: Mapping[str, str], data: Path, problems: list[str]) -> str:
    address = mine.get("CLEARING_DATABASE_URL") or f"sqlite:///{data / 'clearing.db'}"
    if not address.startswith(("sqlite:///", "postgresql://")):
        # The address is not repeated: it may hold a password.
        problems.append(
            "CLEARING_DATABASE_URL: This is neither SQLite nor PostgreSQL. "
            "Write it like sqlite:////var/lib/clearing/clearing.db or postgresql://user@host/name."
        )
    return address


def _token(mine: Mapping[str, str], problems: list[str]) -> str | None:
    token = mine.get("CLEARING_TOKEN")
    place = mine.get("CLEARING_TOKEN_FILE")
    if token and place:
        problems.append("CLEARING_TOKEN: CLEARING_TOKEN_FILE is set too. Keep one of them.")
    if place and not token:
        try:
            token = Path(place).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as problem:
            problems.append(
                f"CLEARING_TOKEN_FILE: {place} cannot be read ({type(problem).__name__}). "
                "Give the path of a text file with the token."
            )
            return None
        if not token:
            problems.append(f"CLEARING_TOKEN_FILE: {place} is empty. Put the token into it.")
    if token and not _TOKEN.fullmatch(token):
        problems.append(
            "CLEARING_TOKEN: This is not a bot token. Copy it whole from @BotFather; "
            "it looks like 123456789:AA…"
        )
    return token or None


def _folder(mine: Mapping[str, str], name: str, default: Path, problems: list[str]) -> Path:
    folder = Path(mine.get(name) or default)
    try:
        found = folder.is_dir()
    except OSError as problem:
        problems.append(
            f"{name}: {folder} cannot be read ({problem.strerror}). "
            "Give the bot's user the right to read it."
        )
        return folder
    if not found:
        problems.append(f"{name}: There is no folder {folder}. Give the path of an existing one.")
    return folder


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Whoever opens it says more exactly what is wrong.
        return False


def _dotenv(path: Path | None, problems: list[str]) -> dict[str, str]:
    """Lines `NAME=value`; quotes around the value and lines that start with # are left out."""
    if path is None or not _is_file(path):
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as problem:
        problems.append(
            f"{path}: The file cannot be read ({problem.strerror}). "
            "Give the bot's user the right to read it."
        )
        return {}
    pairs = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            pairs[name.strip()] = value.strip().strip("\"'")
        elif name.startswith(PREFIX):
            # The line is not repeated: it may hold the token.
            problems.append(f"{path}:{number}: This sets nothing. Write NAME=value.")
    return pairs
