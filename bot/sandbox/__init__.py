"""A local Telegram: people, groups and a Bot API to which any bot can talk."""

from bot.sandbox.clock import Clock
from bot.sandbox.server import Sandbox

__all__ = ["Clock", "Sandbox"]
