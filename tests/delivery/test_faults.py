"""What Telegram answers, and what becomes of the letters; the numbers are those of the faults."""

from __future__ import annotations

import pytest

from bot.delivery.carrier import Reason
from bot.sandbox.faults import Answer, Flood, Lost, Refuse, Silence
from tests.delivery.conftest import INNOCUOUS, PLACEHOLDER

GROUP, OTHER = -1_001_234_567_890, -1_009_876_543_210
CODE = "K7M3QX9PT"
GARBAGE = [
    Answer(),
    Answer(processed=True),
    Lost(processed=True),
    Lost(processed=False),
    Refuse(500, "Internal Server Error: restart"),
    Answer(status=200, processed=True),
    Answer(status=200, body='{"ok":true}', content_type="application/json", processed=True),
    Answer(status=200, body='{"ok":true,"result":{"mess', content_type="application/json"),
    Answer(status=200, body="[]", content_type="application/json", processed=True),
]


@pytest.fixture
def group(sandbox):
    team = sandbox.group(GROUP, standings={sandbox.bot_id: "member"})
    team.last_id = 20
    return team


@pytest.fixture
def other(sandbox):
    return sandbox.group(OTHER, standings={sandbox.bot_id: "member"})


@pytest.fixture
def person(sandbox):
    return sandbox.person(7, started=True)


def texts(chat):
    return [message.text for message in chat.visible]


@pytest.mark.parametrize("fault", GARBAGE)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "deleteMessage"])
async def test_an_answer_that_says_nothing_doubles_nothing(office, sandbox, group, fault, method):
    """F36, F37, F39, F41."""
    await office.want("FIRST", card=(GROUP, "c0"))
    await office.settled()
    sandbox.faults.script(method, fault)
    await office.want("FIRST")
    await office.want(card=(GROUP, "c1"))
    await office.settled(within=60)
    assert sandbox.faults.open == 0
    assert texts(group) == [f"{CODE} card c1"]


async def test_several_answers_in_a_row_are_lost(office, sandbox, group):
    """F37: each of them leaves an empty placeholder, and each is found."""
    sandbox.faults.script("sendMessage", Lost(processed=True), times=3)
    await office.want("FIRST", card=(GROUP, "c0"))
    await office.settled(within=60)
    await office.want(card=(GROUP, "c1"))
    await office.settled(within=60)
    assert texts(group) == ["FIRST card c0", f"{CODE} card c1"]


async def test_each_lost_one_is_looked_for_where_it_went_out(office, sandbox, person):
    """F37: between two attempts, hundreds write to the bot; people share one row of numbers."""

    def others_write():
        person.row.last_id += 400
        office.carrier.numbers.saw(8, person.row.last_id)

    await office.want("FIRST", status=(7, "s0"))
    await office.settled()
    sandbox.faults.script("sendMessage", Lost(processed=True), times=2)
    await office.want(status=(7, "s1"))
    for lost in (1, 2):
        await office.until(lambda lost=lost: texts(person).count(PLACEHOLDER) == lost)
        others_write()
    await office.settled(within=60)
    assert texts(person) == ["FIRST status s0", f"{CODE} status s1"]


async def test_one_who_cannot_be_asked_keeps_nobody_waiting(office, sandbox, group, other):
    """F41: calls for one chat fail for minutes; what was lost in another is found meanwhile."""
    for owner, chat in (("FIRST", GROUP), ("SECOND", OTHER)):
        await office.want(owner, card=(chat, "c0"))
    await office.settled()
    sandbox.faults.script("sendMessage", Lost(processed=True), chat=GROUP)
    sandbox.faults.script("sendMessage", Lost(processed=True), chat=OTHER)
    await office.want("A", card=(GROUP, "c1"))
    await office.until(lambda: "A card c1" in texts(group))
    await office.want("B", card=(OTHER, "c1"))
    await office.until(lambda: "B card c1" in texts(other))
    sandbox.faults.script("editMessageText", Answer(), times=20, chat=GROUP)
    began = office.time.now
    await office.until(lambda: PLACEHOLDER not in texts(other) and INNOCUOUS not in texts(other))
    assert PLACEHOLDER in texts(group)
    assert (office.time.now - began).total_seconds() < 60
    await office.settled(within=1200)
    assert texts(group) == ["FIRST card c0", "A card c1"]


async def test_whoever_writes_in_between_is_left_alone(office, sandbox, group):
    """A lost placeholder is looked for among the messages of others."""
    oksana = sandbox.person(8, "Oksana")
    group.standings[8] = "member"
    await office.want("FIRST", card=(GROUP, "c0"))
    await office.settled()
    sandbox.faults.script("sendMessage", Lost(processed=True))
    await office.want(card=(GROUP, "c1"))
    await office.until(lambda: PLACEHOLDER in texts(group))
    await oksana.say("Who takes it?", where=group)
    await office.settled(within=60)
    assert texts(group) == ["FIRST card c0", "Who takes it?", f"{CODE} card c1"]


async def test_a_screen_is_never_swept(office, sandbox, person):
    """A lost placeholder is looked for among the numbers of screens that the service knows."""
    await office.want("FIRST", status=(7, "s0"))
    await office.settled()
    sandbox.faults.script("sendMessage", Lost(processed=True))
    await office.want(status=(7, "s1"))
    await office.until(lambda: PLACEHOLDER in texts(person))
    screen = person.add(sandbox.me(), {"text": "Where do you live?"})
    office.book.shown[7].add(screen.id)
    await office.settled(within=60)
    assert texts(person) == ["FIRST status s0", "Where do you live?", f"{CODE} status s1"]


@pytest.mark.usefixtures("other")
async def test_a_flood_holds_up_one_chat_in_order_and_nobody_else(office, sandbox, group):
    """F16."""
    sandbox.faults.script("sendMessage", Flood(30), chat=GROUP)
    began = office.time.now
    for code in ("A", "B", "C"):
        await office.want(code, card=(GROUP, "c1"))
    await office.want("D", card=(OTHER, "c1"))
    await office.settled()
    sent = [call for call in sandbox.called("sendMessage") if call["chat_id"] == GROUP]
    assert [call.status for call in sent] == [429, 200, 200, 200]
    assert (sent[1].at - began).total_seconds() >= 30
    assert texts(group) == ["A card c1", "B card c1", "C card c1"]
    (elsewhere,) = (call for call in sandbox.called("sendMessage") if call["chat_id"] == OTHER)
    assert (elsewhere.at - began).total_seconds() < 1
    assert office.alarms == []


async def test_a_long_flood_outlives_a_restart_and_rings_the_alarm(open_office, sandbox, group):
    """F17."""
    sandbox.faults.script("sendMessage", Flood(3600))
    async with open_office() as office:
        await office.want("A", card=(GROUP, "c1"))
        await office.want("B", card=(GROUP, "c1"))
        await office.goes_on(minutes=5)
        assert len(office.alarms) == 1
        assert "60 minutes" in office.alarms[0]
    async with open_office() as office:
        await office.want("C", card=(GROUP, "c1"))
        await office.goes_on(minutes=50)
        assert [call["chat_id"] for call in sandbox.called("sendMessage")].count(GROUP) == 2
        assert texts(group) == ["C card c1"]
        await office.settled(within=700)
    assert texts(group) == ["C card c1", "A card c1", "B card c1"]


async def test_a_flood_while_filling_leaves_the_placeholder_until_it_may(office, sandbox, group):
    """F16."""
    sandbox.faults.script("editMessageText", Flood(30))
    await office.want(card=(GROUP, "c1"))
    await office.goes_on(seconds=20)
    assert texts(group) == [PLACEHOLDER]
    await office.settled(within=30)
    assert texts(group) == [f"{CODE} card c1"]
    assert len(sandbox.called("sendMessage")) == 1


async def test_who_has_blocked_the_bot_hears_nothing_more(office, sandbox, group, person):
    """F18: the case is told, everybody else is served."""
    person.blocking = True
    await office.want(status=(7, "s1"), card=(GROUP, "c1"))
    await office.settled()
    await office.skips(hours=1)
    assert office.book.refusals == [(CODE, "status", Reason.PERSON_GONE)]
    assert len([call for call in sandbox.calls if call["chat_id"] == 7]) == 1
    assert texts(group) == [f"{CODE} card c1"]
    assert office.alarms == []


async def test_an_account_is_deleted_while_a_letter_stands(office, person):
    """F19."""
    await office.want(status=(7, "s1"))
    await office.settled()
    person.deactivated = True
    await office.want(status=(7, "s2"))
    await office.settled()
    assert office.book.refusals == [(CODE, "status", Reason.PERSON_GONE)]


async def test_a_counsellor_never_wrote_to_the_bot(office, sandbox):
    """F20."""
    sandbox.person(9)
    await office.want(details=(9, "d1"))
    await office.settled()
    assert office.book.refusals == [(CODE, "details", Reason.PERSON_GONE)]


@pytest.mark.parametrize(
    ("status", "description"),
    [
        pytest.param(400, "Bad Request: chat not found", id="F21"),
        pytest.param(403, "Forbidden: bot was kicked from the supergroup chat", id="F22"),
        pytest.param(403, "Forbidden: bot is not a member of the supergroup chat", id="F23"),
        pytest.param(403, "Forbidden: the group chat was deleted", id="F24"),
        pytest.param(
            400, "Bad Request: not enough rights to send text messages to the chat", id="F25"
        ),
        pytest.param(400, "Bad Request: TOPIC_CLOSED", id="F26 closed"),
        pytest.param(400, "Bad Request: message thread not found", id="F26 gone"),
    ],
)
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_a_group_that_cannot_be_written_to_is_told_once(  # noqa: PLR0913, PLR0917 - fixtures
    office, sandbox, group, other, status, description, method
):
    """F21 to F26: the case goes another way, the operator hears of it, other groups go on."""
    sandbox.faults.script(method, Refuse(status, description), chat=GROUP)
    await office.want(card=(GROUP, "c1"))
    await office.want("OTHER", card=(OTHER, "c1"))
    await office.settled()
    await office.skips(hours=2)
    assert office.book.refusals == [(CODE, "card", Reason.CHAT_GONE)]
    assert len(office.alarms) == 1
    assert CODE not in office.alarms[0]
    assert texts(other) == ["OTHER card c1"]
    assert texts(group) == ([] if method == "sendMessage" else [PLACEHOLDER])


async def test_ten_groups_that_are_gone_ring_the_alarm_once_an_hour(office, sandbox):
    for number in range(10):
        chat = GROUP - number
        sandbox.group(chat)
        await office.want(f"CASE{number}", card=(chat, "c1"))
    await office.settled()
    assert len(office.book.refusals) == 10
    assert len(office.alarms) == 1
    await office.skips(hours=1)
    await office.want("LATER", card=(GROUP, "c1"))
    await office.settled()
    assert len(office.alarms) == 2


@pytest.mark.parametrize("stands_before", [False, True])
async def test_a_group_becomes_a_supergroup(office, sandbox, stands_before):
    """F27: what stood there is worth nothing; all open cards are posted anew."""
    owner = sandbox.person(8, "Oksana")
    small = sandbox.group(-500, supergroup=False, owner=owner)
    small.standings[sandbox.bot_id] = "member"
    if stands_before:
        await office.want("A", card=(-500, "c1"))
        await office.settled()
    new = small.upgrade(owner)
    await office.want("A", card=(-500, "c2"))
    await office.want("B", card=(-500, "c1"))
    await office.settled()
    assert office.book.moves == {-500: new.id}
    assert [one for one in texts(new) if one] == ["A card c2", "B card c1"]
    assert office.book.refusals == []


async def test_the_same_content_again_is_success(office, sandbox, group):
    """F28."""
    sandbox.faults.script("editMessageText", Lost(processed=True))
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    edits = [call.status for call in sandbox.called("editMessageText")]
    assert edits == [200, 400]
    assert texts(group) == [f"{CODE} card c1"]


async def test_a_card_that_somebody_deleted_is_posted_again(office, group):
    """F29."""
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    group.remove(group.visible[0])
    await office.want(card=(GROUP, "c2"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c2"]


async def test_a_card_that_somebody_deleted_and_nobody_wants_is_done(office, sandbox, group):
    """F29."""
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    group.remove(group.visible[0])
    await office.want()
    await office.settled()
    assert texts(group) == []
    assert len(sandbox.called("sendMessage")) == 1


async def test_a_message_that_cannot_be_edited_gives_way_to_a_new_one(office, sandbox, group):
    """F30."""
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    sandbox.faults.script("editMessageText", Refuse(400, "Bad Request: message can't be edited"))
    await office.want(card=(GROUP, "c2"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c2"]


async def test_what_is_too_old_to_delete_says_nothing_any_more(office, person):
    """F31."""
    await office.want(status=(7, "s1"))
    await office.settled()
    await office.skips(hours=49)
    await office.want()
    await office.settled()
    assert texts(person) == [INNOCUOUS]


async def test_content_that_is_refused_goes_out_plainly(office, sandbox, group):
    """F34."""
    refusal = Refuse(400, "Bad Request: can't parse entities: Unsupported start tag")
    sandbox.faults.script("editMessageText", refusal)
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c1"]
    assert office.book.refusals == []


async def test_content_that_is_refused_even_plainly_is_told(office, sandbox, group):
    """F33, F35."""
    refusal = Refuse(400, "Bad Request: message is too long")
    sandbox.faults.script("editMessageText", refusal, times=2)
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    assert office.book.refusals == [(CODE, "card", Reason.NOT_TAKEN)]
    assert len(office.alarms) == 1
    assert texts(group) == [PLACEHOLDER]


async def test_a_silent_server_holds_up_one_chat_and_nobody_else(office, sandbox, group, other):
    """F38."""
    sandbox.faults.script("sendMessage", Silence(processed=True), chat=GROUP)
    await office.want(card=(GROUP, "c1"))
    await office.want("OTHER", card=(OTHER, "c1"))
    await sandbox.until(lambda: texts(other) == ["OTHER card c1"])
    assert texts(group) == [PLACEHOLDER]


async def test_a_restarting_server_is_left_to_restart(office, sandbox, group):
    """F39."""
    restart = Refuse(500, "Internal Server Error: restart")
    sandbox.faults.script("sendMessage", restart, Flood(5), restart)
    await office.want(card=(GROUP, "c1"))
    await office.settled(within=60)
    assert texts(group) == [f"{CODE} card c1"]
    _, flooded, after, _ = sandbox.called("sendMessage")
    assert (after.at - flooded.at).total_seconds() >= 5


async def test_a_revoked_token_loses_nothing(office, sandbox, group):
    """F40: the program ends elsewhere; what was to be sent is sent after the next start."""
    sandbox.faults.script("sendMessage", Refuse(401, "Unauthorized"), times=3)
    await office.want(card=(GROUP, "c1"))
    await office.settled()
    assert texts(group) == [f"{CODE} card c1"]
    assert len(sandbox.called("sendMessage")) == 4


async def test_without_a_connection_nothing_has_been_sent(office, sandbox, group):
    """F42: it is tried again, and nothing has to be looked for."""
    await sandbox.stop()
    await office.want(card=(GROUP, "c1"))
    await office.goes_on(minutes=1)
    (due,) = await office.turn(lambda turn: turn.letters.of(CODE))
    assert (due.letter.message, due.letter.attempts) == (None, 0)
    await sandbox.start(port=int(sandbox.url.rpartition(":")[2]))
    await office.settled(within=60)
    assert texts(group) == [f"{CODE} card c1"]
