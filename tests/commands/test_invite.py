"""`clearing invite`: a code for a counsellors' group."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app
from bot.store.store import Store

CODE = re.compile(r"[2-9A-HJKMNP-Z]{26}")


def _redeemed(folder: Path, code: str, after: timedelta = timedelta()) -> str | None:
    store = Store.open(f"sqlite:///{folder / 'clearing.db'}", folder / "keys.db", os.urandom)
    try:
        with store.turn(app.clock() + after) as transaction:
            return transaction.teams.redeem(code)
    finally:
        store.close()


def test_the_code_links_this_service_and_only_once(clearing, tmp_path):
    said = clearing("invite", "fluechtlingsrat", settings={"DATA": str(tmp_path)}).out
    (code,) = CODE.findall(said)
    assert f"/link {code}" in said
    assert "Flüchtlingsrat Brandenburg" in said
    assert _redeemed(tmp_path, code) == "fluechtlingsrat"
    assert _redeemed(tmp_path, code) is None


def test_the_code_is_worth_nothing_after_a_day(clearing, tmp_path):
    said = json.loads(
        clearing("invite", "fluechtlingsrat", "--json", settings={"DATA": str(tmp_path)}).out
    )
    assert CODE.fullmatch(said["code"])
    assert said["shown"] is True
    assert _redeemed(tmp_path, said["code"], timedelta(hours=25)) is None


def test_nobody_can_read_the_code_on_the_disk(clearing, tmp_path):
    said = json.loads(
        clearing("invite", "fluechtlingsrat", "--json", settings={"DATA": str(tmp_path)}).out
    )
    for file in tmp_path.glob("*.db*"):
        assert said["code"].encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("typed", "cure"),
    [("fluechtlingsra", "Did you mean `fluechtlingsrat`?"), ("zzz", "The ids stand in")],
)
def test_a_service_that_does_not_exist_is_named_with_a_cure(clearing, tmp_path, typed, cure):
    outcome = clearing("invite", typed, settings={"DATA": str(tmp_path)})
    assert outcome.code == 1
    assert f"There is no service `{typed}`" in outcome.line
    assert cure in outcome.line


def test_it_says_when_nobody_would_be_shown_the_service(clearing, tmp_path):
    said = clearing("invite", "mbe_drk_potsdam", settings={"DATA": str(tmp_path)}).out
    assert "Nobody is shown this service yet" in said
    assert "clearing confirm mbe_drk_potsdam --by ROLE" in said
