"""Any series of turns leaves what a dictionary would hold."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.store.errors import Conflict
from bot.store.transaction import Kept


@dataclass
class Model:
    kept: dict[int, tuple[Kept, datetime, datetime]] = field(default_factory=dict)
    """Person: what, touched, expires."""
    seen: dict[int, datetime] = field(default_factory=dict)

    def conversation(self, person: int, now: datetime) -> Kept | None:
        kept = self.kept.get(person)
        return None if kept is None or kept[2] <= now else kept[0]


people = st.integers(0, 3)
lives = st.sampled_from([timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)])
bodies = st.binary(max_size=300)
acts = st.one_of(
    st.tuples(st.just("keep"), st.tuples(people, bodies, st.integers(0, 2), lives)),
    st.tuples(st.just("keep_on"), st.tuples(people, bodies, lives)),
    st.tuples(st.just("forget"), people),
    st.tuples(st.just("see"), st.integers(0, 5)),
    st.tuples(st.just("sweep"), st.none()),
)
endings = st.sampled_from(["well", "well", "badly"])
parts = st.tuples(st.lists(acts, max_size=4), endings)


class Turns(RuleBasedStateMachine):
    new_house: ClassVar[Callable]

    def __init__(self):
        super().__init__()
        self.house = self.new_house()
        self.store = self.house.open()
        self.model = Model()
        self.now = self.house.now

    @rule(parts=st.lists(parts, max_size=3), ending=endings)
    def turn(self, parts, ending):
        model = deepcopy(self.model)
        with suppress(ZeroDivisionError):
            with self.store.turn(self.now) as turn:
                for acts, part_ending in parts:
                    model = self.part(turn, model, acts, part_ending)
                if ending == "badly":
                    raise ZeroDivisionError
            self.model = model

    def part(self, turn, model, acts, ending):
        tried = deepcopy(model)
        with suppress(ZeroDivisionError), turn.savepoint():
            for name, values in acts:
                getattr(self, name)(turn, tried, values)
            if ending == "badly":
                raise ZeroDivisionError
            return tried
        return model

    def keep(self, turn, model, values):
        person, body, version, life = values
        before = model.conversation(person, self.now)
        fits = version == (before.version if before else 0)
        try:
            assert turn.keep(person, body, version, self.now + life) == version + 1
        except Conflict:
            assert not fits
        else:
            assert fits
            model.kept[person] = Kept(body, version + 1), self.now, self.now + life

    def keep_on(self, turn, model, values):
        person, body, life = values
        before = turn.conversation(person)
        assert before == model.conversation(person, self.now)
        self.keep(turn, model, (person, body, before.version if before else 0, life))

    def forget(self, turn, model, person):
        turn.forget(person)
        model.kept.pop(person, None)

    def see(self, turn, model, update_id):
        seen = model.seen.get(update_id)
        new = seen is None or hour(seen) < hour(self.now) - 48
        assert turn.unseen(update_id) == new
        if new:
            model.seen[update_id] = self.now

    def sweep(self, turn, _model, _nothing):
        turn.sweep()

    @rule(later=st.sampled_from([timedelta(seconds=30), timedelta(hours=1), timedelta(days=2)]))
    def wait(self, later):
        self.now += later

    @rule()
    def restart(self):
        self.house.close()
        self.store = self.house.open()

    @invariant()
    def the_store_holds_what_the_model_holds(self):
        since = self.now - timedelta(hours=1)
        with self.store.turn(self.now) as turn:
            for person in range(4):
                assert turn.conversation(person) == self.model.conversation(person, self.now)
            found = sorted((kept.body, kept.version) for kept in turn.kept_since(since))
        assert found == sorted(
            (kept.body, kept.version)
            for kept, touched, expires in self.model.kept.values()
            if touched >= since and expires > self.now
        )

    def teardown(self):
        with self.store.turn(self.now + timedelta(days=9)) as turn:
            turn.sweep()
        assert self.house.key_count() == 0
        self.house.close()


def hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


def test_any_turns_leave_what_a_dictionary_would_hold(new_house, engine):
    machine = type("TurnsHere", (Turns,), {"new_house": staticmethod(new_house)})
    # Each start there is a new connection.
    examples = 8 if engine == "postgres" else 25
    effort = settings(
        max_examples=examples, stateful_step_count=15, deadline=None, derandomize=True
    )
    run_state_machine_as_test(machine, settings=effort)
