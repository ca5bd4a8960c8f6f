"""Eight colleagues claim the same card at the same time: one gets it, all others hear so."""

import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot import app
from bot.app import Kit
from bot.casework import case_code
from bot.core import desk
from bot.core.card import card
from bot.core.desk import Tap, Verb
from bot.core.move import Reply
from bot.core.state import Conversation, Offer
from bot.exchange import AtTheDesk
from bot.service import Service
from bot.store.errors import StoreError
from bot.store.store import Store
from tools.chaos.town import CREW, FIRST_PERSON, crew_of, group_of, link, offices, whole_case

_BATCH: Final = 200
_BOT: Final = "clearing_sandbox_bot"
_NUMBERS: Final = 10_000_000
"""Updates of one colleague in one process."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What became of so many cards."""

    cards: int
    by_one: int
    """Exactly one was told that it is theirs, and everybody else that a colleague was faster."""
    collisions: int
    """Turns that were done again, since somebody else had changed the case meanwhile."""
    seconds: float

    @property
    def holds(self) -> bool:
        return self.cards == self.by_one

    def __add__(self, other: "Claimed") -> "Claimed":
        return Claimed(
            self.cards + other.cards,
            self.by_one + other.by_one,
            self.collisions + other.collisions,
            max(self.seconds, other.seconds),
        )


def place(url: str, keys: Path, tools: Kit, count: int) -> list[str]:
    """Link all offices in a new store, and let so many cases wait there; their codes."""
    store = Store.open(url, keys, os.urandom)
    try:
        service = app.service(tools, store, _BOT)
        now = datetime.now(UTC)
        link(service, store, now)
        return offer(service, store, count, now)
    finally:
        store.close()


def offer(
    service: Service, store: Store, count: int, now: datetime, first_person: int = FIRST_PERSON
) -> list[str]:
    """So many cases of as many people, office by office in turn."""
    book = service.book
    where, case = offices(book), whole_case(book)
    codes = [case_code(os.urandom(16)) for _ in range(count)]
    for first in range(0, count, _BATCH):
        with store.turn(now) as transaction:
            for number in range(first, min(first + _BATCH, count)):
                talk = Conversation("uk", case)
                office = where[number % len(where)]
                order = Offer(
                    codes[number], office, card(case, "uk", book), child=False, deputy=None
                )
                service.casework.offer(transaction, order, talk, first_person + number, now)
    return codes


def in_batches(tools: Kit, count: int, seed: int) -> Claimed:
    """One process on SQLite: the taps come in any order, in batches as Telegram hands them out.

    One in ten comes twice, as after a crash.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="clearing-claims-") as folder:
        url, keys = f"sqlite:///{Path(folder) / 'clearing.db'}", Path(folder) / "keys.db"
        codes = place(url, keys, tools, count)
        store = Store.open(url, keys, os.urandom)
        try:
            service = app.service(tools, store, _BOT)
            crew = _Crew(service, 0)
            began = time.monotonic()
            whole = 0
            for number, code in enumerate(codes):
                office = number % len(offices(tools.book))
                taps = [crew.tap(who, office, code, Verb.CLAIM) for who in crew_of(office)]
                chance.shuffle(taps)
                again = [tap for tap in taps if chance.random() < 0.1]
                said: dict[int, str] = {}
                for batch in (*_cut(taps, chance), again):
                    for reply in service.handle(batch):
                        said.setdefault(reply.person, reply.toast)
                winners = [who for who, toast in said.items() if toast == crew.yours]
                others = Counter(said.values())[crew.somebody_else]
                whole += len(winners) == 1 and others == CREW - 1
                for who in winners:
                    service.handle([crew.tap(who, office, code, Verb.DONE)])
            return Claimed(count, whole, 0, time.monotonic() - began)
        finally:
            store.close()


def _cut(taps: Sequence[AtTheDesk], chance: random.Random) -> list[Sequence[AtTheDesk]]:
    at = chance.randrange(len(taps) + 1)
    return [taps[:at], taps[at:]]


def at_once(url: str, keys: Path, tools: Kit, count: int, processes: int) -> Claimed:
    """Several workers on PostgreSQL; each of the eight colleagues is heard by another one."""
    codes = place(url, keys, tools, count)
    numbered = list(enumerate(codes))
    parts = [(url, keys, numbered[part::processes], part) for part in range(processes)]
    if processes == 1:
        return _race(*parts[0])
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        found = pool.starmap(_race, parts)
    total = Claimed(0, 0, 0, 0.0)
    for one in found:
        total += one
    return total


def _race(url: str, keys: Path, codes: list[tuple[int, str]], part: int) -> Claimed:
    """Eight threads with a store each: all wait for each other before every card."""
    from tools.chaos.town import kit  # noqa: PLC0415 - each process has a book of its own

    tools = kit()
    barrier = threading.Barrier(CREW)
    said: list[dict[int, str]] = [{} for _ in codes]
    collisions = [0] * CREW

    def colleague(seat: int) -> None:
        store = Store.open(url, keys, os.urandom)
        try:
            crew = _Crew(app.service(tools, store, _BOT), part * CREW + seat)
            for number, (place, code) in enumerate(codes):
                office = place % len(offices(tools.book))
                who = crew_of(office)[seat]
                barrier.wait()
                toast, again = crew.claims(who, office, code)
                collisions[seat] += again
                said[number][who] = toast
                if toast == crew.yours:
                    barrier.wait()
                    crew.finishes(who, office, code)
                else:
                    barrier.wait()
        except BaseException:
            barrier.abort()
            raise
        finally:
            store.close()

    began = time.monotonic()
    with ThreadPoolExecutor(CREW) as threads:
        for seat in [threads.submit(colleague, seat) for seat in range(CREW)]:
            seat.result()
    book, renderer = tools.book, tools.renderer(_BOT)
    yours = renderer.said(Reply.YOURS, book)
    wanted = {yours: 1, renderer.said(Reply.SOMEBODY_ELSE, book): CREW - 1}
    whole = sum(Counter(one.values()) == wanted for one in said)
    return Claimed(len(codes), whole, sum(collisions), time.monotonic() - began)


class _Crew:
    """What colleagues do, heard by one worker."""

    def __init__(self, service: Service, worker: int) -> None:
        self._service = service
        self._number = (worker + 1) * _NUMBERS
        self.yours = service.renderer.said(Reply.YOURS, service.book)
        self.somebody_else = service.renderer.said(Reply.SOMEBODY_ELSE, service.book)

    def tap(self, who: int, office: int, code: str, verb: Verb) -> AtTheDesk:
        self._number += 1
        what = desk.decode(desk.encode(Tap(code, verb)))
        assert what is not None  # noqa: S101 - it is one of ours
        group = group_of(office)
        return AtTheDesk(
            self._number,
            who,
            group,
            in_group=True,
            phone_language="de",
            what=what,
            tap="t",
            tapped=1,
        )

    def claims(self, who: int, office: int, code: str) -> tuple[str, int]:
        return self._handled(self.tap(who, office, code, Verb.CLAIM))

    def finishes(self, who: int, office: int, code: str) -> None:
        self._handled(self.tap(who, office, code, Verb.DONE))

    def _handled(self, tap: AtTheDesk) -> tuple[str, int]:
        """As the polling does it: what was not stored is asked for again."""
        again = 0
        while True:
            try:
                (reply,) = self._service.handle([tap])
            except StoreError as problem:
                if not problem.retryable:
                    raise
                again += 1
                # A little by chance: nobody keeps step with somebody else.
                time.sleep(random.random() * 0.002 * again)
            else:
                return reply.toast, again
