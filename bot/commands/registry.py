"""All commands, in the order in which the help lists them."""

from collections.abc import Mapping
from typing import Final

from bot.commands import (
    back,
    chat,
    check,
    confirm,
    coverage,
    demo,
    diff,
    invite,
    place,
    preview,
    prove,
    route,
    run,
    schema,
    understand,
    why,
)
from bot.commands.command import Command

COMMANDS: Final[Mapping[str, Command]] = {
    module.COMMAND.name: module.COMMAND
    for module in (
        demo,
        run,
        invite,
        chat,
        route,
        why,
        place,
        understand,
        schema,
        check,
        prove,
        diff,
        coverage,
        preview,
        confirm,
        back,
    )
}
