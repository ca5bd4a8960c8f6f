"""Telegram's limits on sending, for tests that want them."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.sandbox.refusals import flood


@dataclass(slots=True)
class Rates:
    """How many messages may go out in how many seconds; Telegram's advice, without mercy."""

    private: tuple[int, float] = (3, 3.0)
    """About one a second in one chat, with a small burst."""
    group: tuple[int, float] = (20, 60.0)
    everywhere: tuple[int, float] = (30, 1.0)
    _sent: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat: int, now: float) -> None:
        """Count one message; raises 429 where it is one too many."""
        limits = [(0, self.everywhere), (chat, self.group if chat < 0 else self.private)]
        for key, (most, seconds) in limits:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                raise flood(max(1, math.ceil(sent[0] + seconds - now)))
        for key, _ in limits:
            self._sent[key].append(now)
