"""What a turn stores and orders, where crashes, double taps and lost messages meet."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Kit
from bot.core import events
from bot.core.events import Event
from bot.exchange import Delivery, Incoming, Purpose, Typed
from bot.record import Record, pack, unpack
from bot.sandbox import Clock
from bot.service import Service
from bot.store.store import Store

Do = Callable[..., Delivery]
SARA = 8


@pytest.fixture
def service(clock: Clock, kit: Kit, tmp_path: Path) -> Iterator[Service]:
    store = Store.open(f"sqlite:///{tmp_path / 'clearing.db'}", tmp_path / "keys.db", os.urandom)
    yield Service(kit.book, store, kit.renderer("clearing_bot"), kit.ears, clock, os.urandom)
    store.close()


def tap(update: int, what: Event, on: int) -> Incoming:
    return Incoming(update, SARA, SARA, "ar", what, tap=f"tap {update}", tapped=on)


def typed(update: int, what: Event | Typed, message: int) -> Incoming:
    return Incoming(update, SARA, SARA, "ar", what, message=message)


def kept(service: Service) -> Record | None:
    with service.store.turn(service.clock()) as transaction:
        found = transaction.conversation(SARA)
    return unpack(found.body) if found else None


def nothing_is_known(service: Service) -> bool:
    """Only the numbers of what is still to be taken away; and once it is, nothing."""
    record = kept(service)
    numbers = record is None or (record.has_left and not record.conversation.trail)
    service.cleared(SARA)
    return numbers and kept(service) is None


@pytest.fixture
def first(service: Service) -> int:
    """The message with the first question; it has arrived."""
    service.handle([typed(1, events.Started(), 100)])
    service.sent(SARA, 101)
    return 101


def test_a_quick_exit_that_comes_twice_shows_nothing(service: Service, first: int) -> None:
    """After a crash Telegram repeats what was not acknowledged."""
    leave = tap(2, events.QuitNow(), first)
    service.handle([leave])
    (again,) = service.handle([leave])
    assert again.message is None
    assert first in again.delete
    assert nothing_is_known(service)


def test_a_delete_that_comes_twice_begins_nothing_anew(service: Service, first: int) -> None:
    forget = typed(2, events.Erased(), first + 1)
    service.handle([forget])
    service.handle([forget])
    assert nothing_is_known(service)


@pytest.mark.parametrize("together", [True, False])
def test_taps_that_follow_a_quick_exit_in_haste_show_nothing(
    service: Service, first: int, *, together: bool
) -> None:
    """F48."""
    leave = tap(2, events.QuitNow(), first)
    hasty = tap(3, events.Answered("concern", "work"), first)
    orders = service.handle([leave, hasty]) if together else service.handle([leave])
    if not together:
        orders = service.handle([hasty])
    (order,) = orders
    assert order.message is None
    assert order.edit is None
    assert "tap 3" in order.taps
    assert (first in order.delete) is together
    assert nothing_is_known(service)


def test_after_a_while_a_message_that_could_not_be_deleted_works_again(
    service: Service, first: int, clock: Clock
) -> None:
    service.handle([tap(2, events.QuitNow(), first)])
    clock.goes_on(seconds=60)
    (order,) = service.handle([tap(3, events.Answered("concern", "work"), first)])
    assert order.message is not None


def test_who_comes_back_at_once_is_answered(service: Service, first: int) -> None:
    service.handle([tap(2, events.QuitNow(), first)])
    (order,) = service.handle([typed(3, events.Started(), first + 1)])
    assert order.message is not None
    service.sent(SARA, first + 2)
    service.handle([tap(4, events.Answered("concern", "work"), first + 2)])
    record = kept(service)
    assert record is not None
    assert record.conversation.case["concern"] == "work"


def test_24_hours_count_from_the_last_tap_not_from_what_we_send(
    service: Service, first: int, clock: Clock
) -> None:
    clock.goes_on(hours=23)
    assert len(service.shown_again()) == 1
    service.sent(SARA, first + 1)
    clock.goes_on(hours=2)
    assert service.shown_again() == []
    assert kept(service) is None


def test_a_row_of_another_shape_stops_no_report(service: Service, first: int) -> None:
    with service.store.turn(service.clock()) as transaction:
        before = transaction.conversation(SARA)
        assert before is not None
        later = service.clock() + timedelta(hours=1)
        transaction.keep(SARA, b'{"case":[]}', before.version, later)
    service.sent(SARA, first + 1)


def test_what_is_kept_comes_back_as_it_was(service: Service, first: int) -> None:
    record = kept(service)
    assert record is not None
    assert record.living == first
    assert unpack(pack(record)) == record


def test_what_a_quick_exit_could_not_take_away_is_taken_away_after_a_restart(
    service: Service, first: int
) -> None:
    service.handle([tap(2, events.QuitNow(), first)])
    (order,) = service.shown_again()
    assert (order.message, order.purpose) == (None, Purpose.END)
    assert {first, 100} <= set(order.delete)


def test_who_comes_back_before_all_is_taken_away_loses_nothing_new(
    service: Service, first: int
) -> None:
    service.handle([tap(2, events.QuitNow(), first)])
    (order,) = service.handle([typed(3, events.Started(), first + 1)])
    assert first in order.delete
    service.cleared(SARA)
    assert kept(service) is not None
