"""A person takes the case back while a counsellor claims it: every order of every two steps.

The real service and the real delivery, with three things in the hands of a seed: when the
database's thread does the next turn, when a call reaches Telegram, and when its answer comes back.
"""

import asyncio
import itertools
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from bot import app
from bot.app import Kit
from bot.core import desk, events
from bot.core.desk import Tap, Verb
from bot.core.move import Reply
from bot.core.referral import Ended, Ending
from bot.delivery.alarm import Alarm
from bot.delivery.carrier import Reason, Refused
from bot.delivery.ledger import Ledger
from bot.delivery.numbers import Numbers
from bot.delivery.pace import Rate, Traffic
from bot.delivery.post import Post
from bot.delivery.worker import Delivery
from bot.exchange import AtTheDesk, Incoming
from bot.message import Message
from bot.service import Service
from bot.store.store import Store
from tools.chaos.claims import offer
from tools.chaos.town import FIRST_PERSON, crew_of, group_of, link, whole_case

T = TypeVar("T")

_LATEST: Final = 36
"""Steps after which a deed comes at the latest: delivery has fewer until all stands."""
_IDLE: Final = 12
"""Rounds of the event loop after which everybody waits for somebody else."""


@dataclass(frozen=True, slots=True)
class Told:
    """One interleaving: what happened, and what everybody knows of it in the end."""

    trace: str
    claimed: bool
    """The counsellor was told that it is theirs; otherwise that the person was faster."""
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stories:
    runs: int
    different: int
    claimed: int
    taken_back: int
    problems: tuple[tuple[int, str], ...]
    """Seed, and what was not one story."""


def measure(tools: Kit, seeds: range, progress: Callable[[int], None]) -> Stories:
    """One run for each seed; how many orders of steps were different, and what went wrong."""
    traces: Counter[str] = Counter()
    claimed = 0
    problems: list[tuple[int, str]] = []
    with _office(tools) as office:
        for seed in seeds:
            told = asyncio.run(office.one(seed))
            traces[told.trace] += 1
            claimed += told.claimed
            problems += ((seed, problem) for problem in told.problems)
            progress(seed)
    return Stories(len(seeds), len(traces), claimed, len(seeds) - claimed, tuple(problems))


@contextmanager
def _office(tools: Kit) -> Iterator["_Office"]:
    with tempfile.TemporaryDirectory(prefix="clearing-orders-", dir=_memory()) as folder:
        place = Path(folder)
        store = Store.open(f"sqlite:///{place / 'clearing.db'}", place / "keys.db", os.urandom)
        try:
            service = app.service(tools, store, "clearing_sandbox_bot")
            link(service, store, service.clock())
            with store.turn(service.clock()) as transaction:
                # The groups were welcomed long ago.
                for due in transaction.letters.due(service.clock(), 1000):
                    transaction.letters.dead(due.letter.owner, due.letter.slot)
            yield _Office(tools, service, store)
        finally:
            store.close()


def _memory() -> str | None:
    """Nothing is lost with the power here, so no disk need be waited for."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own is made in it


@dataclass(slots=True)
class _Gates:
    """Everything that waits for its turn; chance names who goes on."""

    waiting: list[tuple[str, asyncio.Future[None]]] = field(default_factory=list)
    jobs: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    async def stand(self, name: str) -> None:
        gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((name, gate))
        await gate

    def names(self) -> list[str]:
        """Of the database only the first: it has one thread."""
        return [*(name for name, _ in self.waiting), *(name for name, _ in self.jobs[:1])]

    def open(self, chosen: int) -> None:
        if chosen < len(self.waiting):
            name, gate = self.waiting.pop(chosen)
            self.trace.append(name)
            gate.set_result(None)
        else:
            name, job = self.jobs.pop(0)
            self.trace.append(name)
            job()


class _Thread(Executor):
    """The database's one thread, which works when it is told."""

    def __init__(self, gates: _Gates) -> None:
        self._gates = gates

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:  # noqa: ANN401 - as Executor has it
        done: Future[T] = Future()

        def work() -> None:
            try:
                done.set_result(fn(*args, **kwargs))
            except Exception as problem:  # noqa: BLE001 - whoever waits gets it
                done.set_exception(problem)

        self._gates.jobs.append(("turn", work))
        return done


@dataclass(slots=True)
class _Phones:
    """A carrier whose calls arrive, and are answered, when it is their turn."""

    gates: _Gates
    numbers: Numbers
    knows: Callable[[Message], bool]
    """It says something that only the counsellor may read who has the case."""
    standing: dict[tuple[int, int], Message] = field(default_factory=dict)
    asked: list[tuple[str, int, bool]] = field(default_factory=list)
    """Step of the trace, chat, and whether details went out."""
    details_shown: int = 0
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def post(self, chat: int, message: Message, *, protect: bool) -> int:
        del protect
        number = next(self._count)
        await self._change("post", chat, number, message)
        return number

    async def edit(self, chat: int, number: int, message: Message) -> None:
        if (chat, number) not in self.standing:
            raise Refused(Reason.MESSAGE_GONE)
        await self._change("edit", chat, number, message)

    async def remove(self, chat: int, number: int, instead: Message) -> None:
        del instead
        await self._change("remove", chat, number, None)

    async def probe(self, chat: int, number: int, instead: Message) -> bool:
        del chat, number, instead
        return False

    async def _change(self, what: str, chat: int, number: int, message: Message | None) -> None:
        details = message is not None and self.knows(message)
        self.asked.append((what, chat, details))
        await self.gates.stand(f"{what}{_where(chat)}")
        if message is None:
            self.standing.pop((chat, number), None)
        else:
            self.standing[chat, number] = message
        self.details_shown += details
        await self.gates.stand(f"answer{_where(chat)}")

    def of(self, chat: int) -> list[Message]:
        return [message for (where, _), message in self.standing.items() if where == chat]


def _where(chat: int) -> str:
    if chat < 0:
        return "@group"
    return "@person" if chat >= FIRST_PERSON else "@counsellor"


@dataclass(slots=True)
class _Office:
    tools: Kit
    service: Service
    store: Store
    updates: int = 0

    async def one(self, seed: int) -> Told:
        chance = random.Random(seed)
        service, now = self.service, self.service.clock()
        # Of somebody else each time: who taps for ever is not heard.
        person = FIRST_PERSON + seed
        (code,) = offer(service, self.store, 1, now, person)
        gates = _Gates()
        phones = _Phones(gates, Numbers(lambda chat: chat), self._is_detail)
        thread = _Thread(gates)
        delivery = _delivery(service, self.store, thread, phones)
        service.teamwork.rang = delivery.wake
        stop = asyncio.Event()
        running = asyncio.create_task(delivery.run(stop, drain=0))
        claimer = crew_of(0)[0]
        toasts: list[str] = []
        after_taken_back: list[int] = []

        def claims() -> None:
            what = desk.decode(desk.encode(Tap(code, Verb.CLAIM)))
            assert what is not None  # noqa: S101 - it is one of ours
            update = AtTheDesk(
                self._next(),
                claimer,
                group_of(0),
                in_group=True,
                phone_language="de",
                what=what,
                tap="t",
            )
            toasts.extend(reply.toast for reply in service.handle([update]))

        def takes_back() -> None:
            update = Incoming(self._next(), person, person, "uk", events.TookBack(code), tap="t")
            service.handle([update])
            after_taken_back.append(len(phones.asked))

        deeds = {
            "claims": (chance.randrange(_LATEST), claims),
            "takes back": (chance.randrange(_LATEST), takes_back),
        }
        steps = 0
        while True:
            await _settled()
            for name in [name for name, (at, _) in deeds.items() if at <= steps]:
                gates.jobs.append((name, deeds.pop(name)[1]))
            names = gates.names()
            if not names and not deeds:
                break
            steps += 1
            if names:
                gates.open(chance.randrange(len(names)))
        stop.set()
        running.cancel()
        await asyncio.wait({running})
        yours = service.renderer.said(Reply.YOURS, service.book)
        claimed = toasts == [yours]
        after = phones.asked[after_taken_back[0] :]
        problems = (
            *self._said_wrongly(toasts, phones, after, claimed=claimed),
            *self._stands_wrongly(phones, person, claimer, claimed=claimed),
            *self._kept_wrongly(code, claimer, claimed=claimed),
        )
        self._forget(code, person)
        return Told(" ".join(gates.trace), claimed, problems)

    def _said_wrongly(
        self,
        toasts: list[str],
        phones: _Phones,
        after: list[tuple[str, int, bool]],
        *,
        claimed: bool,
    ) -> Iterator[str]:
        """`after`: calls that began when the case was taken back already."""
        taken_back = self.service.renderer.said(Reply.TAKEN_BACK, self.service.book)
        if not claimed and toasts != [taken_back]:
            yield f"the counsellor heard {toasts}"
        if not claimed and phones.details_shown:
            yield "details were shown to somebody who did not get the case"
        if any(details for _, _, details in after):
            yield "details were sent after the case was taken back"

    def _stands_wrongly(
        self, phones: _Phones, person: int, claimer: int, *, claimed: bool
    ) -> Iterator[str]:
        if any(self._is_detail(message) for message in phones.standing.values()):
            yield "details are still there"
        for chat, count in ((group_of(0), 1), (person, 1), (claimer, int(claimed))):
            found = phones.of(chat)
            if len(found) != count:
                yield f"{len(found)} messages{_where(chat)}"
            buttons = [button for one in found for row in one.buttons for button in row]
            if any(button.data.startswith(("k:", "u:")) for button in buttons):
                yield f"buttons are left{_where(chat)}"

    def _kept_wrongly(self, code: str, claimer: int, *, claimed: bool) -> Iterator[str]:
        with self.store.turn(self.service.clock()) as transaction:
            known = self.service.casework.find(transaction, code)
            of_case = [due.letter for due in transaction.letters.of(code)]
        undone = [letter.slot for letter in of_case if letter.wanted != letter.shown]
        stage = known.referral.stage if known else None
        if not isinstance(stage, Ended) or stage.how is not Ending.TAKEN_BACK:
            yield f"the case is {stage}"
        elif (stage.by == claimer) != claimed:
            yield f"the case was with {stage.by}"
        if undone:
            yield f"letters do not stand as they should: {undone}"

    def _is_detail(self, message: Message) -> bool:
        texts = self.tools.book.texts
        status = whole_case(self.tools.book)["status"]
        return texts[f"option.status.{status}.fact"] in message.plain

    def _forget(self, code: str, person: int) -> None:
        with self.store.turn(self.service.clock()) as transaction:
            transaction.referrals.erase(code)
            transaction.forget(person)
            for due in transaction.letters.of(code):
                transaction.letters.gone(code, due.letter.slot)

    def _next(self) -> int:
        self.updates += 1
        return self.updates


def _delivery(service: Service, store: Store, thread: Executor, phones: _Phones) -> Delivery:
    loop = asyncio.get_running_loop()

    async def for_ever(_seconds: float) -> None:
        await loop.create_future()

    async def nobody(_text: str) -> None:
        return

    def middle() -> float:
        return 0.5

    fast = Rate(1e9, 1_000)
    return Delivery(
        phones,
        Ledger(store, thread, clock=service.clock, pause=for_ever, chance=middle),
        Post(service.correspondence),
        Traffic(fast, lambda _: fast, time=loop.time, pause=for_ever),
        Alarm(nobody, service.clock),
        innocuous=service.renderer.innocuous(),
        clock=service.clock,
        pause=for_ever,
        chance=middle,
    )


async def _settled() -> None:
    for _ in range(_IDLE):
        await asyncio.sleep(0)
