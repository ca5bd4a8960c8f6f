"""What the bot says about itself: name, descriptions and commands, per language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusals import bad

MOST_COMMANDS = 100
LONGEST_COMMAND_TEXT = 256
LONGEST_DESCRIPTION = 512
LONGEST_SHORT = 120

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


@dataclass(slots=True)
class Profile:
    """The key of each table is a language code, "" for everybody else."""

    name: str = "Clearing"
    changed: int = 0
    """The sandbox's count of events at the last change."""
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    """By scope and language."""

    def description(self, language: str | None) -> str:
        return self.descriptions.get(language or "") or self.descriptions.get("", "")

    def menu(
        self, language: str | None, scopes: tuple[str, ...] = ("all_private_chats", "default")
    ) -> list[dict[str, str]]:
        """The commands that a person with this phone sees; the first scope that has some wins."""
        for scope in scopes:
            for code in (language or "", ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []


def language(code: str) -> str:
    """A two-letter code, or "" for everybody.

    Raises:
        Refusal: Telegram knows no longer codes here, whatever the phone says.
    """
    if not _LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def checked_commands(commands: object) -> list[dict[str, str]]:
    if not isinstance(commands, list):
        raise bad("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in commands]


def _command(command: Any) -> dict[str, str]:  # noqa: ANN401 - JSON is anything
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_COMMAND_TEXT:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
