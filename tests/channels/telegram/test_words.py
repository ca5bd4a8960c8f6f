"""Updates, commands and messages, without a wire between them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.commands import COMMANDS, Known, command, started
from bot.channels.telegram.decode import decode
from bot.channels.telegram.decoded import Decoded, Here
from bot.channels.telegram.encode import content_of, text_of, units
from bot.core import events
from bot.exchange import Incoming, Unreadable
from bot.message import Button, Message, Span, Style

HERE = Here("clearing_bot", date(2026, 11, 23))
KNOWN = Known({"uk", "ar", "de"}, {"12067120", "12067"}, {"housing", "work"})

names = st.sampled_from(
    [
        *("callback_query", "can_send_messages", "chat", "chat_member", "contact", "data"),
        *("forward_origin", "from", "id", "is_bot", "is_member", "latitude", "left_chat_member"),
        *("location", "message", "message_id", "migrate_from_chat_id", "migrate_to_chat_id"),
        *("my_chat_member", "new_chat_member", "new_chat_members", "old_chat_member"),
        *("phone_number", "sender_chat", "status", "text", "type", "user", "user_id"),
    ]
)
words = st.sampled_from(
    [
        *("private", "group", "supergroup", "channel", "kicked", "member", "restricted"),
        *("/start x", "/start", "/link", "/case@clearing_bot ab12", "/away 31.2.", "/@", "/ "),
        *("k:ab12:claim", "k:ab12:claim:::", "a:age:27_plus", "+49 331", 10**400, 1e400),
    ]
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner | words, max_size=8),
    max_leaves=20,
)
kinds = st.sampled_from(["message", "callback_query", "my_chat_member", "chat_member", "new"])


@given(json, kinds)
def test_every_update_has_a_meaning(body, kind):
    """F45."""
    meaning = decode({"update_id": 5, kind: body}, KNOWN, HERE)
    assert isinstance(meaning, Decoded)
    assert meaning.update == 5


ANNA = {"id": 7, "is_bot": False, "language_code": "de"}
GROUP = {"id": -100, "type": "supergroup"}
PRIVATE = {"id": 7, "type": "private"}
SAID = {"message_id": 3, "date": 0, "from": ANNA}
CHANGED = {
    "from": ANNA,
    "chat": GROUP,
    "old_chat_member": {"user": ANNA, "status": "restricted", "is_member": False},
    "new_chat_member": {"user": ANNA, "status": "restricted", "is_member": True},
}
REAL = (
    {"message": {**SAID, "chat": GROUP, "text": "/away@clearing_bot 24.12."}},
    {"message": {**SAID, "chat": GROUP, "text": "/start ABCD", "sender_chat": GROUP}},
    {"message": {**SAID, "chat": GROUP, "left_chat_member": ANNA}},
    {"message": {**SAID, "chat": GROUP, "migrate_from_chat_id": -5}},
    {"message": {**SAID, "chat": GROUP, "new_chat_members": [ANNA]}},
    {"message": {**SAID, "chat": PRIVATE, "text": "/case ab12"}},
    {"message": {**SAID, "chat": PRIVATE, "contact": {"phone_number": "+49331", "user_id": 7}}},
    {"message": {**SAID, "chat": PRIVATE, "location": {"latitude": 52.4, "longitude": 13.06}}},
    {"callback_query": {"id": "9", "from": ANNA, "data": "k:ab12:claim"}},
    {
        "callback_query": {
            "id": "9",
            "from": ANNA,
            "data": "k:ab12:say:call.1",
            "message": {"chat": GROUP, "message_id": 3, "date": 0},
        }
    },
    {"my_chat_member": CHANGED},
    {"chat_member": CHANGED},
)
"""Each means something; the test takes a field away, or puts something else there."""


@st.composite
def spoilt(draw, whole):
    if not isinstance(whole, dict) or not whole or draw(st.integers(0, 4)) == 0:
        return draw(json)
    field = draw(st.sampled_from(sorted(whole)))
    rest = {name: value for name, value in whole.items() if name != field}
    return rest if draw(st.booleans()) else rest | {field: draw(spoilt(whole[field]))}


@given(st.data(), st.sampled_from(REAL), st.integers(0, 2))
def test_every_update_with_something_wrong_in_it_has_a_meaning(data, real, times):
    """F45."""
    (kind,) = real
    body = real[kind]
    for _ in range(times):
        body = data.draw(spoilt(body))
    meaning = decode({"update_id": 5, kind: body}, KNOWN, HERE)
    assert isinstance(meaning, Decoded)
    assert meaning.update == 5
    assert times or not isinstance(meaning, Unreadable)


@given(json)
def test_an_update_without_a_number_has_none(body):
    assert decode(body, KNOWN, HERE) is None


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("", events.Started()),
        ("uk-12067120-housing", events.Started("uk", "12067120", "housing")),
        ("housing-uk", events.Started("uk", None, "housing")),
        ("12067", events.Started(None, "12067", None)),
        ("xx-99999999-nonsense-ar", events.Started("ar")),
        ("uk-ar", events.Started("uk")),
        ("uk" * 50, events.Started()),
        ("--", events.Started()),
    ],
)
def test_a_link_tells_what_we_know_of(payload, expected):
    assert started(payload, KNOWN) == expected


def test_commands_may_name_the_bot_and_be_followed_by_anything():
    assert command("/start@some_bot uk-work", KNOWN) == events.Started("uk", None, "work")
    assert command("/start\nuk", KNOWN) == events.Started("uk")
    assert command("/HELP please", KNOWN) == events.OpenedMenu(events.Menu.HELP)
    assert command("/unknown", KNOWN) == events.CameBack()
    assert command("/", KNOWN) == events.CameBack()
    assert all(command(f"/{name}", KNOWN) != events.CameBack() for name in COMMANDS)


def test_a_tap_on_a_message_long_gone_still_counts():
    gone = {"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}
    tap = {"id": "9", "from": {"id": 7}, "message": gone, "data": "a:age:27_plus"}
    meaning = decode({"update_id": 5, "callback_query": tap}, KNOWN, HERE)
    what = events.Answered("age", "27_plus")
    assert meaning == Incoming(5, 7, 7, "", what, None, tap="9", tapped=3)


styles = st.sampled_from(list(Style))
spans = st.lists(st.builds(Span, st.text(max_size=40), styles), max_size=12).map(tuple)


@given(spans, st.integers(1, 60))
def test_entities_point_at_their_words(given, longest):
    text, entities = text_of(given, longest)
    assert units(text) <= longest
    whole = text.encode("utf-16-le", "surrogatepass")
    styled = [span.text for span in given if span.style is not Style.PLAIN]
    for entity in entities:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        assert 0 <= start < end <= len(whole)
        words = whole[start:end].decode("utf-16-le", "surrogatepass")
        assert any(words == span or words[:-1] == span[: len(words) - 1] for span in styled)


def test_a_message_in_telegrams_words():
    message = Message(
        (Span("😀 "), Span("Amt", Style.BOLD), Span(" "), Span("Karte", url="https://a.example")),
        ((Button("Ja", "a:crisis:yes"), Button("Mehr", "", "https://b.example")),),
    )
    assert content_of(message) == {
        "text": "😀 Amt Karte",
        "link_preview_options": {"is_disabled": True},
        "entities": [
            {"type": "bold", "offset": 3, "length": 3},
            {"type": "text_link", "offset": 7, "length": 5, "url": "https://a.example"},
        ],
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Ja", "callback_data": "a:crisis:yes"},
                    {"text": "Mehr", "url": "https://b.example"},
                ]
            ]
        },
    }


def test_telegrams_own_button_asks_for_the_phone_number_once():
    content = content_of(Message((Span("📞"),), contact_label="Call me"))
    assert content["reply_markup"] == {
        "keyboard": [[{"text": "Call me", "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }
