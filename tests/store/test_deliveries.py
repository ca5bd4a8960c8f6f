"""Whatever is wanted, and wherever delivery is killed: in the end there stands what should."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.store.letters import Due, Wish

PLACEHOLDER = "…"
SLOTS = ("card", "details", "status")

owners = st.sampled_from(["A", "B"])
wishes = st.dictionaries(st.sampled_from(SLOTS), st.sampled_from(["c1", "c2", "c3"]))


class Killed(Exception):  # noqa: N818 - as by the machine
    pass


class Deliveries(RuleBasedStateMachine):
    """The simplest delivery there can be, before a messenger that remembers everything."""

    new_house: ClassVar[Callable]

    def __init__(self):
        super().__init__()
        self.house = self.new_house()
        self.store = self.house.open()
        self.now = self.house.now
        self.numbers = count(1)
        self.standing: dict[int, tuple[str, str, str]] = {}
        """Message -> owner, slot, text."""
        self.wanted: dict[str, dict[str, str]] = {}
        self.steps_left: int | None = None

    @rule(owner=owners, wished=wishes)
    def want(self, owner, wished):
        with self.store.turn(self.now) as turn:
            turn.letters.want(
                owner, {slot: Wish(7, 1, text) for slot, text in wished.items()}, self.now
            )
        self.wanted[owner] = wished

    @rule(owner=owners)
    def erase(self, owner):
        with self.store.turn(self.now) as turn:
            turn.referrals.erase(owner)
        self.wanted.pop(owner, None)

    @rule(steps=st.integers(0, 6))
    def deliver_until_killed(self, steps):
        self.steps_left = steps
        try:
            self.deliver()
        except Killed:
            self.house.close()
            self.store = self.house.open()
        finally:
            self.steps_left = None

    @rule(owner=owners, slot=st.sampled_from(SLOTS))
    def lose_a_message(self, owner, slot):
        for number, (its_owner, its_slot, _) in list(self.standing.items()):
            if (its_owner, its_slot) == (owner, slot):
                del self.standing[number]

    @rule(owner=owners, slot=st.sampled_from(SLOTS))
    def hold_up(self, owner, slot):
        with self.store.turn(self.now) as turn:
            turn.letters.later(owner, slot, self.now + timedelta(seconds=5))

    @invariant()
    def no_two_messages_show_content_in_one_slot(self):
        filled = [
            (owner, slot) for owner, slot, text in self.standing.values() if text != PLACEHOLDER
        ]
        assert len(filled) == len(set(filled))

    def deliver(self):
        while True:
            with self.store.turn(self.now) as turn:
                due = turn.letters.due(self.now, 1)
            if not due:
                return
            self.deliver_one(due[0])

    def deliver_one(self, due: Due):
        letter = due.letter
        here = letter.owner, letter.slot
        if letter.attempts and (letter.message is not None or not letter.wanted):
            self.step(lambda: self.remove(here, PLACEHOLDER, letter.message))
            self.note("swept", *here)
        elif not letter.wanted:
            self.step(lambda: self.standing.pop(letter.message, None))
            self.note("gone", *here)
        elif letter.message is None:
            self.note("sending", *here)
            self.step(lambda: self.standing.update({next(self.numbers): (*here, PLACEHOLDER)}))
            self.note("reserved", *here, max(self.standing))
        elif letter.message not in self.standing:
            self.note("lost", *here)
        else:
            text = letter.wanted
            self.step(lambda: self.standing.update({letter.message: (*here, text)}))
            self.note("filled", *here, text)

    def remove(self, here, text, but):
        for number, standing in list(self.standing.items()):
            if standing == (*here, text) and number != but:
                del self.standing[number]

    def note(self, name, *values):
        self.step(lambda: None)
        with self.store.turn(self.now) as turn:
            getattr(turn.letters, name)(*values)

    def step(self, act):
        if self.steps_left == 0:
            raise Killed
        if self.steps_left is not None:
            self.steps_left -= 1
        act()

    def teardown(self):
        self.now += timedelta(seconds=5)
        self.settle_losses()
        self.deliver()
        found = sorted(self.standing.values())
        assert found == sorted(
            (owner, slot, text)
            for owner, wished in self.wanted.items()
            for slot, text in wished.items()
        )
        self.house.close()

    def settle_losses(self):
        """Delivery learns that a message is gone when it next edits it."""
        with self.store.turn(self.now) as turn:
            for owner in ("A", "B"):
                for due in turn.letters.of(owner):
                    letter = due.letter
                    if letter.message is not None and letter.message not in self.standing:
                        turn.letters.lost(letter.owner, letter.slot)


def test_in_the_end_there_stands_what_should(new_house, engine):
    machine = type("DeliveriesHere", (Deliveries,), {"new_house": staticmethod(new_house)})
    examples = 8 if engine == "postgres" else 40
    effort = settings(
        max_examples=examples, stateful_step_count=15, deadline=None, derandomize=True
    )
    run_state_machine_as_test(machine, settings=effort)
