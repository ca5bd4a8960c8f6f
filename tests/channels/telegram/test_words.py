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
from bot.exchange import Incoming
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
    meaning = decode({"update_id": 5, kind: body}, KNOWN, HERE)
    assert isinstance(meaning, Decoded)
    assert meaning.update == 5


people = st.fixed_dictionaries(
    {"id": json | st.just(7)}, optional={"is_bot": json, "language_code": json}
)
chats = st.fixed_dictionaries({"id": json | st.just(-100), "type": words})
members = st.fixed_dictionaries(
    {"status": words, "user": people | json},
    optional={"is_member": json, "can_send_messages": json},
)
messages = st.fixed_dictionaries(
    {"chat": chats, "from": people | json, "message_id": json | st.just(3)},
    optional={
        "text": words | st.text().map("/{}".format),
        "contact": st.dictionaries(names, json),
        "left_chat_member": people | json,
        "migrate_to_chat_id": json,
        "migrate_from_chat_id": json,
        "new_chat_members": json,
        "sender_chat": json,
    },
)
shaped = st.one_of(
    messages.map(lambda message: {"message": message}),
    st.fixed_dictionaries(
        {"id": json, "from": people, "data": words}, optional={"message": messages | json}
    ).map(lambda tap: {"callback_query": tap}),
    st.tuples(
        st.sampled_from(["my_chat_member", "chat_member"]),
        st.fixed_dictionaries(
            {
                "chat": chats | json,
                "from": people,
                "old_chat_member": members,
                "new_chat_member": members,
            }
        ),
    ).map(lambda change: {change[0]: change[1]}),
)


@given(shaped)
def test_every_update_of_the_right_shape_has_a_meaning(body):
    meaning = decode({"update_id": 5, **body}, KNOWN, HERE)
    assert isinstance(meaning, Decoded)
    assert meaning.update == 5


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
