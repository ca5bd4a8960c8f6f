"""What updates of counsellors and their groups mean, one table for each kind."""

from __future__ import annotations

from datetime import date

import pytest

from bot.channels.telegram.commands import COMMANDS, Known
from bot.channels.telegram.decode import decode
from bot.channels.telegram.decoded import Called, Here, Ignored, InChannel, Joined
from bot.channels.telegram.desk import command
from bot.core import desk, events
from bot.exchange import (
    AtTheDesk,
    BotStanding,
    ColleagueLeft,
    GoAway,
    GroupMoved,
    Incoming,
    Link,
    Queue,
    ShowCase,
    Unreadable,
)

TODAY = date(2026, 11, 23)
HERE = Here("clearing_bot", TODAY)
KNOWN = Known({"de"}, set(), set())
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "de"}
HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
OTHER_BOT = {"id": 55, "is_bot": True, "first_name": "Other"}
BOT = {"id": 100200, "is_bot": True, "first_name": "bot"}
GROUP = {"id": -100, "type": "supergroup", "title": "Beratung"}
BASIC = {"id": -5, "type": "group", "title": "Beratung"}
PRIVATE = {"id": 7, "type": "private"}
CHANNEL = {"id": -300, "type": "channel", "title": "News"}


def means(**body):
    return decode({"update_id": 5, **body}, KNOWN, HERE)


def message(text=None, chat=GROUP, sender=ANNA, **more):
    content = {} if text is None else {"text": text}
    return {"message_id": 3, "date": 0, "chat": chat, "from": sender, **content, **more}


def change(status, before="member", chat=GROUP, user=ANNA, **more):
    return {
        "chat": chat,
        "from": ANNA,
        "date": 0,
        "old_chat_member": {"user": user, "status": before},
        "new_chat_member": {"user": user, "status": status, **more},
    }


def at_the_desk(what, *, person=7, chat=-100, language="de", **more):
    return AtTheDesk(5, person, chat, chat < 0, language, what, **more)


def standing(*, chat=-100, may_write, is_there):
    return BotStanding(5, chat, may_write, is_there)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("/link ABCD-2345", Link("ABCD-2345")),
        ("/link@clearing_bot ABCD-2345", Link("ABCD-2345")),
        ("/LINK@Clearing_Bot  ABCD-2345 please", Link("ABCD-2345")),
        ("/link", Link("")),
        ("/start ABCD", Link("ABCD")),
        ("/start@clearing_bot ABCD", Link("ABCD")),
        ("/link " + "x" * 4000, Link("x" * 64)),
        ("/queue", Queue()),
        ("/queue@clearing_bot", Queue()),
        ("/case ab12", ShowCase("ab12")),
        ("/case\nab12", ShowCase("ab12")),
        ("/case", ShowCase("")),
        ("/away", GoAway(None, back=True)),
        ("/away 24.12.", GoAway(date(2026, 12, 24))),
    ],
)
@pytest.mark.parametrize("chat", [GROUP, BASIC])
def test_commands_in_the_group(text, what, chat):
    expected = at_the_desk(what, chat=chat["id"], message=3)
    assert means(message=message(text, chat)) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("/link abcd", Link("abcd")),
        ("/queue", Queue()),
        ("/case ab12", ShowCase("ab12")),
        ("/away 2026-12-24", GoAway(date(2026, 12, 24))),
    ],
)
def test_commands_in_private(text, what):
    expected = at_the_desk(what, chat=7, message=3)
    assert means(message=message(text, PRIVATE)) == expected


def test_an_invitation_opened_in_private_only_starts_the_talk():
    meaning = means(message=message("/start ABCD-2345", PRIVATE))
    assert isinstance(meaning, Incoming)
    assert isinstance(meaning.what, events.Started)


@pytest.mark.parametrize(
    ("wish", "until"),
    [
        ("24.12.", date(2026, 12, 24)),
        ("24.12", date(2026, 12, 24)),
        ("24. 12.", date(2026, 12, 24)),
        ("bis 24.12.", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("24.12.27", date(2027, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("23.11.", TODAY),
        ("22.11.", date(2027, 11, 22)),
        ("1.1.", date(2027, 1, 1)),
        ("01.01.2028", date(2028, 1, 1)),
        ("22.11.2026", None),
        ("2025-12-24", None),
        ("31.2.", None),
        ("29.02.", None),
        ("29.02.2028", date(2028, 2, 29)),
        ("0.0.", None),
        ("24.12.026", None),
        ("24.12.-31.12.", None),
        ("24.12. 31.12.", None),
        ("20261224", None),
        ("2026-W52-4", None),
        ("tomorrow", None),
        ("99999999999999999999.1.", None),
    ],
)
def test_the_day_until_which_somebody_is_away(wish, until):
    assert command(f"/away {wish}", TODAY) == GoAway(until)


def test_no_command_of_the_counsellors_is_one_of_the_people():
    assert all(command(f"/{name}", TODAY) is None for name in COMMANDS)


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (message("/start"), Called(5, -100)),
        (message("/help"), Called(5, -100)),
        (message("/delete@clearing_bot"), Called(5, -100)),
        (message("/nonsense@clearing_bot"), Called(5, -100)),
        (message("/nonsense"), Ignored(5)),
        (message("/"), Ignored(5)),
        (message("/@"), Ignored(5)),
        (message("/queue@other_bot"), Ignored(5)),
        (message("/link@other_bot abcd"), Ignored(5)),
        (message("hello @clearing_bot"), Ignored(5)),
        (message(" /queue"), Ignored(5)),
        (message("/queue", forward_origin={"type": "user"}), Ignored(5)),
        (message("/link abcd", forward_origin={"type": "channel"}), Ignored(5)),
        (message("/queue", sender=OTHER_BOT), Ignored(5)),
        (message(photo=[{}], caption="/queue"), Ignored(5)),
        (message("/queue", CHANNEL), Ignored(5)),
        (message("/queue", {"id": 7, "type": "brand_new"}), Ignored(5)),
        (message(7), Unreadable(5, "TypeError")),
        (message("/queue", sender={"id": "7"}), Unreadable(5, "TypeError")),
        (message("/queue", sender={"id": 2**63}), Unreadable(5, "TypeError")),
    ],
)
def test_what_is_said_in_a_group(body, meaning):
    """F53."""
    assert means(message=body) == meaning


@pytest.mark.parametrize("kind", ["channel_post", "edited_message", "edited_channel_post"])
def test_posts_and_edits_mean_nothing(kind):
    """F51, F53."""
    assert means(**{kind: message("/link abcd")}) == Ignored(5)


@pytest.mark.parametrize(
    "more",
    [
        {"sender": HIDDEN, "sender_chat": GROUP},
        {"sender": HIDDEN},
        {"sender": CHANNEL_BOT, "sender_chat": CHANNEL},
        {"sender": ANNA, "sender_chat": GROUP},
    ],
)
def test_whoever_hides_is_nobody(more):
    """F53."""
    assert means(message=message("/link abcd", **more)).person == 0


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (message(left_chat_member=ANNA), ColleagueLeft(5, -100, 7)),
        (message(left_chat_member=OTHER_BOT), Ignored(5)),
        (message(new_chat_members=[ANNA]), Joined(5, -100)),
        (message(chat=BASIC, migrate_to_chat_id=-1005), GroupMoved(5, -5, -1005)),
        (message(migrate_from_chat_id=-5), GroupMoved(5, -5, -100)),
        (message(migrate_from_chat_id="-5"), Unreadable(5, "TypeError")),
        (message(left_chat_member={}), Unreadable(5, "KeyError")),
        (message(new_chat_title="x"), Ignored(5)),
        (message(chat=PRIVATE, left_chat_member=ANNA), Ignored(5)),
    ],
)
def test_notices_in_a_group(body, meaning):
    assert means(message=body) == meaning


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (change("left"), ColleagueLeft(5, -100, 7)),
        (change("kicked"), ColleagueLeft(5, -100, 7)),
        (change("kicked", before="left"), ColleagueLeft(5, -100, 7)),
        (change("restricted", is_member=False), ColleagueLeft(5, -100, 7)),
        (change("restricted"), ColleagueLeft(5, -100, 7)),
        (change("restricted", is_member=True), Ignored(5)),
        (change("administrator"), Ignored(5)),
        (change("member", before="left"), Joined(5, -100)),
        (change("left", user=OTHER_BOT), Ignored(5)),
        (change("left", chat=CHANNEL), Ignored(5)),
        (change("left", chat=PRIVATE), Ignored(5)),
        ({"chat": GROUP}, Unreadable(5, "KeyError")),
    ],
)
def test_members_come_and_go(body, meaning):
    assert means(chat_member=body) == meaning


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (change("member", before="left", user=BOT), standing(may_write=True, is_there=True)),
        (change("administrator", user=BOT), standing(may_write=True, is_there=True)),
        (
            change("restricted", user=BOT, is_member=True, can_send_messages=False),
            standing(may_write=False, is_there=True),
        ),
        (
            change("restricted", user=BOT, is_member=True, can_send_messages=True),
            standing(may_write=True, is_there=True),
        ),
        (
            change("restricted", user=BOT, is_member=False, can_send_messages=True),
            standing(may_write=False, is_there=False),
        ),
        (change("kicked", user=BOT), standing(may_write=False, is_there=False)),
        (change("left", user=BOT, chat=BASIC), standing(chat=-5, may_write=False, is_there=False)),
        (change("brand_new", user=BOT), standing(may_write=True, is_there=True)),
        (change("administrator", user=BOT, chat=CHANNEL), InChannel(5, -300)),
        (change("left", user=BOT, chat=CHANNEL), Ignored(5)),
        (change("member", user=BOT, chat=PRIVATE), Ignored(5)),
        (change("kicked", user=BOT, chat=PRIVATE), Incoming(5, 7, 7, "de", events.Stopped())),
    ],
)
def test_how_the_bot_stands(body, meaning):
    assert means(my_chat_member=body) == meaning


CLAIM = desk.Tap("ab12", desk.Verb.CLAIM)


@pytest.mark.parametrize(
    ("chat", "sender", "expected"),
    [
        (GROUP, ANNA, at_the_desk(CLAIM, tap="9", tapped=3)),
        (BASIC, ANNA, at_the_desk(CLAIM, chat=-5, tap="9", tapped=3)),
        (PRIVATE, ANNA, at_the_desk(CLAIM, chat=7, tap="9", tapped=3)),
        (GROUP, HIDDEN, at_the_desk(CLAIM, person=0, language="", tap="9", tapped=3)),
        (CHANNEL, ANNA, Ignored(5, "9")),
        (None, ANNA, at_the_desk(CLAIM, chat=7, tap="9")),
    ],
)
def test_a_counsellors_tap(chat, sender, expected):
    shown = {} if chat is None else {"message": {"chat": chat, "message_id": 3, "date": 0}}
    tap = {"id": "9", "from": sender, "data": "k:ab12:claim", **shown}
    assert means(callback_query=tap) == expected


@pytest.mark.parametrize("data", ["k:ab12:steal", "k:ab12", "k", "k:ab12:claim:x:y", "k:" * 40])
def test_a_counsellors_button_that_was_never_ours(data):
    tap = {"id": "9", "from": ANNA, "data": data}
    shown = {"message_id": 3, "date": 0}
    in_private = means(callback_query=tap | {"message": shown | {"chat": PRIVATE}})
    assert in_private.what == events.CameBack()
    assert means(callback_query=tap | {"message": shown | {"chat": GROUP}}) == Ignored(5, "9")


@pytest.mark.parametrize(
    ("contact", "what"),
    [
        ({"phone_number": "+4915112345678", "user_id": 7}, events.GavePhone("+4915112345678")),
        ({"phone_number": "4915112345678", "user_id": 7}, events.GavePhone("+4915112345678")),
        ({"phone_number": "+49 151 123-456", "user_id": 7}, events.GavePhone("+49151123456")),
        ({"phone_number": "+4915112345678", "user_id": 8}, events.SentSomethingElse()),
        ({"phone_number": "+4915112345678"}, events.SentSomethingElse()),
        ({"phone_number": "call me", "user_id": 7}, events.SentSomethingElse()),
        ({"phone_number": "", "user_id": 7}, events.SentSomethingElse()),
        ({"phone_number": "+" + "4" * 16, "user_id": 7}, events.SentSomethingElse()),
    ],
)
def test_only_an_own_number_is_a_number(contact, what):
    assert means(message=message(chat=PRIVATE, contact=contact)).what == what


def test_a_number_that_was_passed_on_is_none():
    contact = {"phone_number": "+4915112345678", "user_id": 7}
    passed_on = message(chat=PRIVATE, contact=contact, forward_origin={"type": "user"})
    assert means(message=passed_on).what == events.SentSomethingElse()
