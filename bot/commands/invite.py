"""`clearing invite`: a code with which a counsellors' group is linked to a service."""

import argparse
from typing import Final

from bot import app
from bot.commands.command import Command, as_json, editing_option
from bot.config import Settings

_WHAT: Final = """\
Print a code for the counsellors of a service: with it, an administrator links their group.

The link puts the bot into a group and links it; or put the bot in by hand and send /link CODE
there. The code works once, for a day. Whoever uses it is the first colleague; the others tap
“I work here” in the group. From then on the service can be handed cases."""

_EXAMPLES: Final = """\
examples:
  clearing invite fluechtlingsrat
  clearing invite fluechtlingsrat --json
"""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("service", metavar="SERVICE", help="the id of a service")
    parser.add_argument("--json", action="store_true", help="print one object, for programs")
    editing_option(parser)


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    from bot.commands.inviting import as_text, invitation

    invited = invitation(chosen.service, settings)
    if chosen.json:
        print(
            as_json(
                {
                    "code": invited.code,
                    "link": invited.link,
                    "service": chosen.service,
                    "shown": invited.is_shown,
                }
            )
        )
        return 0
    print(as_text(invited, app.editing(settings, chosen.language)))
    return 0


COMMAND: Final = Command(
    "invite", "link a counsellors' group to a service", _WHAT, _options, _run, _EXAMPLES
)
