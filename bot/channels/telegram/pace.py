"""Telegram's limits on sending."""

from typing import Final

from bot.delivery.pace import Rate

EVERYWHERE: Final = Rate(25.0, 25)
"""To all people together."""
_ONE_PERSON: Final = Rate(1.0, 3)
_ONE_GROUP: Final = Rate(18 / 60, 2)
"""Telegram allows 20 in any minute: the burst and what follows it."""


def rate_of(chat: int) -> Rate:
    """How fast this chat may be written to; groups have negative numbers."""
    return _ONE_GROUP if chat < 0 else _ONE_PERSON
