"""Each claim: a base that breaks it, found with an example; and a base that breaks none."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.content import files
from bot.core import events, links
from bot.core.conversation import step
from bot.core.knowledge import Finder
from bot.core.screen import screen
from bot.core.screens import ResultBody
from bot.core.state import Conversation
from bot.proof.example import example
from bot.proof.law import Claim
from bot.proof.proof import prove
from tools.mutants.edits import drop, insert, put
from tools.mutants.text import Base

NOW = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
DAY = date(2026, 11, 24)
SMALL = Path(__file__).resolve().parents[1] / "content" / "knowledge"

EVERYBODY = {"question": "age", "is": ["under_18", "18_plus"]}
SOUND = (
    ("rules/base.yaml", put((0, "when"), EVERYBODY)),
    ("rules/danger.yaml", put((1, "when"), {"question": "status", "is": ["none"]})),
    ("services/lake.yaml", put((1, "offers"), ["mbe"])),
    ("services/lake.yaml", put((1, "carrier"), "independent")),
)
"""What makes the small base one that breaks no claim."""

RULE = {"because": "Arbeit", "source": "Beispiel", "checked": "2026-11-22"}
ANOTHER = {"id": "another", "refer_to": "mbe", "role": "lead", "when": EVERYBODY, **RULE}
UNUSED = {
    "id": "shoes",
    "text": "Welche Schuhe haben Sie?",
    "why": "Niemand weiß es.",
    "options": [
        {"id": "red", "pictogram": "👠", "text": "Rote"},
        {"id": "blue", "pictogram": "👟", "text": "Blaue"},
    ],
}


@pytest.fixture
def proof_of(gazetteer):
    """The small sound base, and its proof, after edits: files, and what is changed in them."""

    def proof_of(*edits):
        base = Base(files.read(SMALL), gazetteer)
        for file, edit in (*SOUND, *edits):
            edit(base.values(file))
        book = base.book()
        return book, prove(book, DAY)

    return proof_of


def test_a_sound_base_breaks_no_claim(proof_of):
    assert proof_of()[1].faults == ()


NOT_ALL = {
    "all": [
        {"question": "status", "is": ["none"]},
        {"not": {"question": "needs", "is": ["unaccompanied"]}},
    ]
}
BROKEN = {
    Claim.LEAD: ("rules/base.yaml", put((0, "when"), {"question": "age", "is": ["18_plus"]})),
    Claim.REPORTING: ("rules/danger.yaml", put((1, "when"), NOT_ALL)),
    Claim.WARNING: ("rules/danger.yaml", put((1, "when"), NOT_ALL)),
    Claim.HELP: ("rules/danger.yaml", put((0, "before_lead"), "false")),
}


@pytest.mark.parametrize("claim", BROKEN)
def test_what_a_claim_forbids_is_found_and_can_be_seen(proof_of, claim):
    book, proof = proof_of(BROKEN[claim])
    fault = next(fault for fault in proof.faults if fault.claim is claim)
    assert fault.situations > 0
    assert fault.places
    where = [place for number, place in enumerate(proof.places) if fault.places >> number & 1]
    assert any(fault.case["place"] in place.answers for place in where)
    shown = example(fault.case, proof.places, fault.places, book)
    body = replayed(shown.payload, book)
    assert isinstance(body, ResultBody)
    called = [card for card in body.first if getattr(card, "hotline", None)]
    match claim:
        case Claim.LEAD:
            assert body.lead is None
        case Claim.HELP:
            assert shown.case["needs.violence"] == "yes"
            assert not called
        case Claim.REPORTING:  # Whoever was not asked may have none.
            assert shown.case.get("status", "none") == "none"
            assert fault.about == "jobcentre"
            assert "jobcentre" in [door.id for door in body.others]
        case Claim.WARNING:
            assert shown.case["status"] == "?"
            assert "jobcentre" in [door.id for door in body.others]


def replayed(payload, book):
    language, *places, packed = payload.split("-")
    place = places[0] if places else None
    event = events.Started(language, place, None, packed)
    assert links.answers(packed, book) is not None
    return screen(step(Conversation("de"), event, book).conversation, book, NOW).body


def test_a_directory_without_address_is_no_door(proof_of):
    book, _ = proof_of()
    types = {key: replace(kind, finder=Finder("")) for key, kind in book.types.items()}
    broken = prove(replace(book, types=types, hotlines={}, services={}), DAY)
    assert (Claim.DOOR, "mbe") in {(fault.claim, fault.about) for fault in broken.faults}


def test_a_number_that_nobody_can_dial_is_no_help(proof_of):
    book, _ = proof_of()
    lines = {key: replace(line, phone=None) for key, line in book.hotlines.items()}
    assert {fault.claim for fault in prove(replace(book, hotlines=lines), DAY).faults} == {
        Claim.HELP
    }


def test_whoever_says_nothing_about_papers_is_not_sent_to_report(proof_of):
    """Without a rule that asks, a public body would be shown to everybody."""
    faults = proof_of(("rules/danger.yaml", drop((1,))))[1].faults
    (fault,) = (fault for fault in faults if fault.claim is Claim.REPORTING)
    assert "status" not in fault.case


def test_an_authority_that_leads_is_found(proof_of):
    """The loader refuses it for kinds that are marked; the claim knows some by name."""
    marks = ("types.yaml", put((1, "authority"), "false"))
    leads = ("rules/base.yaml", insert((0,), {**ANOTHER, "refer_to": "jobcentre"}))
    faults = proof_of(marks, leads)[1].faults
    assert (Claim.AUTHORITY, "jobcentre") in {(fault.claim, fault.about) for fault in faults}


def test_a_rule_that_another_one_outdoes_is_found(proof_of):
    faults = proof_of(("rules/base.yaml", insert((0,), ANOTHER)))[1].faults
    assert [(fault.claim, fault.about) for fault in faults] == [(Claim.RULE, "mbe_everybody")]


def test_a_question_that_no_rule_mentions_is_found(proof_of):
    faults = proof_of(("questions.yaml", insert((4,), UNUSED)))[1].faults
    assert [(fault.claim, fault.about, fault.case) for fault in faults] == [
        (Claim.QUESTION, "shoes", {})
    ]


def test_a_question_that_is_asked_and_changes_nothing_is_found(proof_of):
    """Without any service the place decides about no door, and yet a regional kind asks for it."""
    book, proof = proof_of()
    assert "place" not in {fault.about for fault in proof.faults}
    faults = prove(replace(book, services={}), DAY).faults
    (fault,) = (fault for fault in faults if fault.claim is Claim.QUESTION)
    assert fault.about == "place"
    assert fault.case
    assert "place" not in fault.case
    assert fault.situations > 0


KIND = ("services/lake.yaml", put((1, "offers"), ["victim_support"]))
NOT_ASKED = ("services/lake.yaml", put((0, "serves", "who"), {"question": "shoes", "is": ["red"]}))
SHOES = ("questions.yaml", insert((4,), UNUSED))


@pytest.mark.parametrize(
    ("edits", "about"),
    [((KIND,), "shelter_lake"), ((SHOES, NOT_ASKED), "mbe_lake")],
)
def test_a_door_that_nobody_is_shown_is_found(proof_of, edits, about):
    faults = proof_of(*edits)[1].faults
    assert (Claim.SERVICE, about) in {(fault.claim, fault.about) for fault in faults}


def test_a_service_that_has_ended_is_not_missed(proof_of):
    ended = ("services/lake.yaml", put((1, "valid"), {"from": "2020-01-01", "to": "2020-12-31"}))
    assert proof_of(KIND, ended)[1].faults == ()
