"""Several workers on one PostgreSQL: of those who are at the same thing, one has it."""

import pytest

from bot.store.errors import Conflict
from bot.store.letters import Wish
from tests.store.test_postgres import together
from tests.store.test_secrecy_of_cases import BODY, SECRETS, STEPS

pytest.importorskip("psycopg", reason="psycopg is not installed")

CODE, SERVICE = "K7M3QX9PT", "mbe_luebben"
WORKERS = 8


@pytest.fixture
def engine() -> str:
    return "postgres"


@pytest.fixture
def stores(any_house):
    return [any_house.open() for _ in range(WORKERS)]


def test_of_counsellors_who_claim_one_card_one_has_it(any_house, stores):
    def claim(number: int) -> bool:
        try:
            with stores[number].turn(any_house.now) as turn:
                kept = turn.referrals.find(code)
                if kept.body != b"open":
                    return False
                body, services = b"taken by %d" % number, frozenset({SERVICE})
                turn.referrals.change(
                    code, body, kept.version, any_house.tomorrow, services=services, is_open=True
                )
                turn.letters.want(code, {"card": Wish(-1, 1, f"{number}")}, any_house.now)
        except Conflict:
            return False
        return True

    for number in range(20):
        code = f"{CODE}{number}"
        with stores[0].turn(any_house.now) as turn:
            turn.referrals.add(code, 1, frozenset({SERVICE}), b"open", any_house.tomorrow)
        won = together(WORKERS, claim)
        assert sum(won) == 1
        with stores[0].turn(any_house.now) as turn:
            assert turn.referrals.find(code).body == b"taken by %d" % won.index(True)
            (due,) = turn.letters.of(code)
        assert due.letter.wanted == f"{won.index(True)}"


@pytest.mark.parametrize("what", ["letter", "step", "invitation"])
def test_what_is_there_once_is_for_one_worker(any_house, stores, what):
    def take(number: int) -> bool:
        with stores[number].turn(any_house.now) as turn:
            if what == "step":
                return turn.timers.drop(CODE, "remind")
            if what == "invitation":
                return turn.teams.redeem("s3cret") is not None
            is_mine = turn.letters.sending(CODE, "card")
            if is_mine:
                turn.letters.later(CODE, "card", any_house.tomorrow)
            return is_mine

    for content in range(10):
        with stores[0].turn(any_house.now) as turn:
            turn.letters.want(CODE, {}, any_house.now)
            turn.letters.gone(CODE, "card")
            turn.letters.want(CODE, {"card": Wish(-1, 1, f"{content}")}, any_house.now)
            turn.timers.replace(CODE, {"remind": any_house.now})
            turn.teams.invite("s3cret", SERVICE, any_house.tomorrow)
        assert sum(together(WORKERS, take)) == 1


def test_a_service_that_two_link_at_once_has_one_team(any_house, stores):
    def link(number: int) -> bool:
        try:
            with stores[number].turn(any_house.now) as turn:
                reach = {service: "group"}
                turn.teams.keep(-number, b"team", 0, reach=reach, people=[number])
        except Conflict:
            return False
        return True

    for number in range(5):
        service = f"{SERVICE}{number}"
        won = together(WORKERS, link)
        assert sum(won) == 1
        with stores[0].turn(any_house.now) as turn:
            assert turn.teams.linked() == {service: "group"}
            turn.teams.forget(-won.index(True))
    assert any_house.key_count() == 0


def test_nothing_of_cases_is_in_the_servers_files(any_house, postgres_server):
    store = any_house.open()
    for step in STEPS[:4]:
        with store.turn(any_house.now) as turn:
            step(turn, any_house)
    postgres_server.stop()
    try:
        files = [path for path in postgres_server.folder.glob("data/**/*") if path.is_file()]
        found = b"".join(path.read_bytes() for path in files)
    finally:
        postgres_server.start()
    assert b"details:1" in found
    assert BODY not in found
    assert not [secret for secret in SECRETS if len(secret) > 8 and secret in found]
