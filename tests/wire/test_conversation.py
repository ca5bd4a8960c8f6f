"""People talk to the bot on the Telegram wire."""

import re

import pytest

CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)


async def test_somebody_from_ukraine_gets_from_start_to_a_door(bot, sandbox):
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        assert CYRILLIC.search((await olena.answer()).text)
        await olena.tap("a:concern:work")
        await olena.answer()
        await olena.say("Котбус")
        await olena.answer()
        await olena.tap("a:age:27_plus")
        await olena.answer()
        await olena.tap("a:status:temporary")
        door = await olena.answer()
    assert CYRILLIC.search(door.text)
    assert "Flüchtlingsberatung" in door.text
    assert "+49" in door.text
    # One living message: the question has gone, and so has what was typed.
    assert [message.text for message in olena.answers] == [door.text]


async def test_quick_exit_leaves_nothing(bot, sandbox):
    sara = sandbox.person(8, language_code="ar")
    async with bot():
        await sara.start()
        await sara.answer()
        await sara.tap("a:concern:wellbeing")
        await sara.answer()
        await sara.say("zzzz qqqq")
        await sara.answer()
        await sara.tap("x")
        await sandbox.until(lambda: not sara.chat)
    assert sara.chat == []


async def test_after_delete_everything_is_asked_anew(bot, sandbox):
    ali = sandbox.person(9, language_code="fa")
    async with bot():
        await ali.start()
        await ali.answer()
        await ali.tap("a:concern:work")
        await ali.answer()
        await ali.say("/delete")
        gone = await ali.answer()
        await sandbox.until(lambda: ali.chat == [gone])
        await ali.start()
        first = await ali.sees(lambda message: message is not gone and message.keyboard)
    assert any(button.data == "a:concern:work" for row in first.keyboard for button in row)


async def test_ten_taps_in_a_moment_make_one_result(bot, sandbox):
    """F46."""
    ivan = sandbox.person(10, language_code="ru")
    async with bot():
        await ivan.start("12052000-work")
        await ivan.answer()
        await ivan.tap("a:age:27_plus")
        asked = await ivan.answer()
        for _ in range(10):
            await ivan.press(asked, "a:status:asylum")
        door = await ivan.sees(lambda message: "Flüchtlingsberatung" in message.text)
        await sandbox.until(lambda: len(ivan.answers) == 1 and ivan.answers[0] is door)


async def test_start_twenty_times_leaves_one_living_message(bot, sandbox):
    """F49."""
    ivan = sandbox.person(10, language_code="ru")
    for _ in range(20):
        await ivan.start()
    async with bot():
        await sandbox.until(lambda: len(ivan.answers) >= 1)
    assert len(ivan.answers) == 1


async def test_start_in_the_middle_asks_whether_to_go_on(bot, sandbox):
    """F49: what was answered stands, and in “My answers” a button begins anew."""
    ivan = sandbox.person(10, language_code="de")
    async with bot():
        await ivan.start("12052000-work")
        await ivan.answer()
        await ivan.tap("a:age:27_plus")
        await ivan.answer()
        await ivan.start()
        asked = await ivan.answer()
        assert asked.button("a:status:asylum")
        await ivan.tap("r")
        await ivan.sees(lambda message: message.button("m:restart"))
        await ivan.tap("m:restart")
        await ivan.sees(lambda message: message.button("a:concern:work"))
    assert len(ivan.answers) == 1


@pytest.mark.parametrize("what", ["photo", "voice", "sticker", "document", "contact"])
async def test_what_cannot_be_read_is_taken_away_and_answered_kindly(bot, sandbox, what):
    """F50."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        sent = await getattr(olena, f"send_{what}")()
        await sandbox.until(lambda: sent not in olena.chat and len(olena.answers) == 1)
    assert CYRILLIC.search(olena.answers[0].text)
    assert not sandbox.called("getFile")


@pytest.mark.parametrize(
    "content",
    [
        {"poll": {"id": "1", "question": "?"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"story": {"chat": {"id": 7, "type": "private"}, "id": 1}},
        {"paid_media": {"star_count": 1, "paid_media": []}},
        {"video_note": {"file_id": "v", "file_unique_id": "v", "length": 1, "duration": 1}},
        {"photo": [{"file_id": "p"}], "forward_origin": {"type": "hidden_user"}},
        {"text": "Ich heiße Olena", "forward_origin": {"type": "hidden_user"}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_whatever_else_people_send_is_taken_away_too(bot, sandbox, content):
    """F50."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        sent = await olena.send(**content)
        await sandbox.until(lambda: sent not in olena.chat and len(olena.answers) == 1)
    assert CYRILLIC.search(olena.answers[0].text)
    assert not sandbox.called("getFile")


async def test_a_location_answers_the_place(bot, sandbox):
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        await olena.tap("a:concern:work")
        await olena.answer()
        await olena.send_location(51.757, 14.329)
        await olena.sees(lambda message: "a:age:27_plus" in str(message.keyboard))


async def test_a_language_changed_in_the_middle_keeps_the_answers(bot, sandbox):
    """F55."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        await olena.tap("a:concern:work")
        await olena.answer()
        await olena.tap("m:languages")
        await olena.answer()
        await olena.tap("l:de")
        seen = await olena.answer()
    assert "In welchem Ort wohnen Sie?" in seen.text


async def test_a_button_of_yesterday_shows_where_the_person_stands(bot, sandbox, clock):
    """F47."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        first = await olena.answer()
    clock.goes_on(hours=30)
    async with bot():
        tap = await olena.press(first, "a:concern:work")
        await sandbox.until(lambda: tap.answered)
        # A talk of a day ago is forgotten: what the button says is the first thing that is known.
        await olena.sees(lambda message: message.button("a:place:elsewhere"))
        tap = await olena.press(first, "s:no_such_door")
        await sandbox.until(lambda: tap.answered)
        await olena.sees(lambda message: message.button("a:place:elsewhere"))
    assert len(olena.answers) == 1


@pytest.mark.parametrize(
    "name", ["<b>\u202ex", "N" * 4096, "🔥" * 2000, "a\x00b", "half a pair: \ud83d"]
)
async def test_names_with_markup_do_no_harm(bot, sandbox, name):
    """F52: none is ever read."""
    strange = sandbox.person(11, first_name=name, language_code="de")
    async with bot():
        await strange.start()
        assert name[:5] not in (await strange.answer()).text
    assert 400 not in {call.status for call in sandbox.calls}


async def test_64_kilobytes_of_text_get_a_kind_answer(bot, sandbox):
    """F45."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        await olena.say("ж" * 4096)
        assert CYRILLIC.search((await olena.answer()).text)


async def test_a_group_is_left_with_one_sentence(bot, sandbox):
    """F53."""
    anna = sandbox.person(12, language_code="de")
    group = sandbox.group(-100123, "Verein")
    async with bot():
        await group.add_bot(anna)
        await anna.say("/start", where=group)
        await sandbox.until(lambda: sandbox.called("leaveChat"))


async def test_screens_are_shown_again_after_a_restart(bot, sandbox):
    """F14."""
    olena = sandbox.person(7, language_code="uk")
    async with bot():
        await olena.start()
        await olena.answer()
        await olena.tap("a:concern:work")
        await olena.answer()
    before = len(sandbox.called("editMessageText"))
    async with bot():
        await sandbox.until(lambda: len(sandbox.called("editMessageText")) > before)
    assert len(olena.answers) == 1
