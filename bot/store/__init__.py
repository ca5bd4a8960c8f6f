"""What is kept, sealed, and for how long: one transaction a turn, on SQLite or PostgreSQL."""

from bot.store.errors import Conflict, StoreError, Unreadable
from bot.store.store import Store
from bot.store.transaction import Kept, Transaction

__all__ = ["Conflict", "Kept", "Store", "StoreError", "Transaction", "Unreadable"]
