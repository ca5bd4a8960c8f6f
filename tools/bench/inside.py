"""What single pieces cost, without a wire."""

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import app, config
from bot.app import Kit
from bot.core import buttons
from bot.core.findings import concluded as remembered
from bot.core.findings import findings
from bot.core.questionnaire import next_question
from bot.core.responsibility import doors
from bot.exchange import Incoming
from bot.store.store import Store
from tools.bench.wire import TALK

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(slots=True)
class Ticking:
    now: datetime = START

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=20)
        return self.now


def kit() -> Kit:
    return app.kit(config.read({}))


def place_p99(tools: Kit, count: int = 4000) -> tuple[float, float]:
    """Milliseconds: median and 99th percentile, over names with a typo, in three scripts."""
    chance = random.Random(1)
    names = [place.name for place in tools.gazetteer.municipalities.values()]
    foreign = ["Київ", "Люббенау", "Котбус", "كوتبوس", "برلين", "14467", "١٥٢٣٠", "Kabul", "Essen"]
    times = []
    for _ in range(count):
        name = chance.choice(names) if chance.random() < 0.8 else chance.choice(foreign)
        at = chance.randrange(len(name))
        typed = name[:at] + chance.choice("abcdeirn") + name[at + 1 :]
        began = time.perf_counter()
        tools.gazetteer.find(typed)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)]


def routing(tools: Kit, share: float, count: int = 3000) -> tuple[float, float]:
    """Microseconds of a decision: findings and next question; and with the doors.

    Args:
        tools: with the shipped book.
        share: of the questions that are answered, some with `?`; 1 for complete cases without.
        count: of people.
    """
    chance = random.Random(2)
    cases = []
    for _ in range(count):
        case = {"for_whom": "self", "place": chance.choice(list(tools.book.municipalities))}
        for name in ("concern", "age", "status", "stay", "crisis", "home", "course"):
            if chance.random() < share:
                options = [option.id for option in tools.book.questions[name].options]
                case[name] = chance.choice(options if share == 1 else [*options, "?"])
        if share == 1:
            for fact in tools.book.questions["needs"].facts:
                case[fact] = chance.choice(["no", "no", "no", "yes"])
        cases.append(case)

    def decide(case: dict[str, str]) -> None:
        found = findings(case, tools.book)
        next_question(case, tools.book, found)

    def route(case: dict[str, str]) -> None:
        found = findings(case, tools.book)
        next_question(case, tools.book, found)
        doors(found, case, tools.book, START.date())

    return _mean(decide, cases), _mean(route, cases)


def _mean(work: Callable[[dict[str, str]], None], cases: list[dict[str, str]]) -> float:
    for case in cases:
        work(case)
    # Nothing remembered: the first person who stands at this point of the questions.
    remembered.cache_clear()
    began = time.process_time()
    for case in cases:
        work(case)
    return (time.process_time() - began) / len(cases) * 1e6


def turn_cost(tools: Kit, stored: int, turns: int = 1000) -> float:
    """Milliseconds of CPU of one turn, stored and rendered, among so many conversations."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'clearing.db'}"
        store = Store.open(url, Path(folder) / "keys.db", os.urandom)
        clock = Ticking()
        service = app.service(tools, store, "bench_bot", clock)
        number = 0
        for first in range(0, stored, 500):
            batch = []
            for person in range(first, min(first + 500, stored)):
                number += 1
                event = buttons.decode("a:concern:work")
                batch.append(Incoming(number, 1000 + person, 1000 + person, "de", event))
            service.handle(batch)
        chance = random.Random(3)
        people = [1000 + chance.randrange(stored) for _ in range(turns // len(TALK))]
        began = time.process_time()
        for person in people:
            for data in TALK:
                number += 1
                event = buttons.decode(data)
                service.handle([Incoming(number, person, person, "de", event, tap="1", tapped=1)])
        cost = (time.process_time() - began) / (len(people) * len(TALK)) * 1000
        store.close()
        return cost
