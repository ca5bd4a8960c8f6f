"""Whoever floods slows nobody and fills nothing; whoever taps fast loses nothing."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Kit
from bot.core import events
from bot.core.events import Event
from bot.exchange import Incoming, Typed
from bot.flood import FloodLimit
from bot.record import Record, unpack
from bot.sandbox import Clock
from bot.service import Service
from bot.store.store import Store

SARA, FLOODER = 8, 9
BURST = 40
TICK = events.Toggled("needs", "violence")


@pytest.fixture
def service(clock: Clock, kit: Kit, tmp_path: Path) -> Iterator[Service]:
    store = Store.open(f"sqlite:///{tmp_path / 'clearing.db'}", tmp_path / "keys.db", os.urandom)
    limit = FloodLimit(BURST)
    yield Service(kit.book, store, kit.renderer("clearing_bot"), kit.ears, clock, os.urandom, limit)
    store.close()


def tap(update: int, what: Event, person: int = FLOODER) -> Incoming:
    return Incoming(update, person, person, "ar", what, tap=f"tap {update}", tapped=101)


def kept(service: Service, person: int = FLOODER) -> Record | None:
    with service.store.turn(service.clock()) as transaction:
        found = transaction.conversation(person)
    return unpack(found.body) if found else None


def numbers_seen(service: Service, updates: range) -> int:
    with service.store.turn(service.clock()) as transaction:
        return sum(not transaction.unseen(update) for update in updates)


def test_thirty_taps_in_ten_seconds_all_count(service: Service, clock: Clock) -> None:
    service.handle([tap(1, events.Started())])
    for number in range(31):
        clock.goes_on(seconds=number % 3 == 0)
        (order,) = service.handle([tap(2 + number, TICK)])
        assert order.message is not None
    record = kept(service)
    assert record is not None
    assert record.conversation.marked == {"needs.violence"}


def test_a_flood_is_answered_but_neither_shown_nor_stored(service: Service) -> None:
    updates = range(1, 1001)
    (order,) = service.handle([tap(number, TICK) for number in updates])
    assert len(order.taps) == len(updates)
    before = kept(service)
    (order,) = service.handle([tap(2001, TICK)])
    assert (order.taps, order.message, order.edit, order.delete) == (("tap 2001",), None, None, ())
    assert kept(service) == before
    assert numbers_seen(service, updates) == BURST


def test_typed_floods_fill_nothing_either(service: Service) -> None:
    flood = [
        Incoming(number, FLOODER, FLOODER, "ar", Typed("Potsdam " * 400), message=number)
        for number in range(1, 301)
    ]
    service.handle(flood)
    record = kept(service)
    assert record is not None
    assert max(record.numbers, default=0) <= BURST


def test_others_are_shown_their_screens_in_the_same_batch(service: Service) -> None:
    flood = [tap(number, TICK) for number in range(1, 500)]
    orders = service.handle([*flood, tap(600, events.Started(), SARA)])
    (order,) = (order for order in orders if order.person == SARA)
    assert order.message is not None


@pytest.mark.parametrize("end", [events.QuitNow(), events.Erased(), events.Stopped()])
def test_whoever_wants_to_leave_is_let_go_in_the_middle_of_a_flood(
    service: Service, end: Event
) -> None:
    service.handle([tap(number, TICK) for number in range(1, 200)])
    (order,) = service.handle([tap(200, end)])
    assert 101 in order.delete
    service.cleared(FLOODER)
    assert kept(service) is None


def test_after_a_while_the_same_person_is_served_again(service: Service, clock: Clock) -> None:
    service.handle([tap(number, TICK) for number in range(1, 200)])
    clock.goes_on(seconds=1)
    (order,) = service.handle([tap(200, TICK)])
    assert order.message is not None


def test_a_clock_that_is_put_back_shuts_nobody_out(clock: Clock) -> None:
    limit = FloodLimit()
    assert limit.allows(SARA, clock())
    assert limit.allows(SARA, clock() - timedelta(hours=1))


def test_who_has_been_quiet_is_forgotten(clock: Clock) -> None:
    limit = FloodLimit()
    for person in range(100):
        limit.allows(person, clock())
    limit.forget(clock() + timedelta(seconds=1))
    assert limit == FloodLimit()
