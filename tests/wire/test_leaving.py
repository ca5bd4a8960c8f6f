"""Quick exit, when the network or the moment is against it: nothing may stay on the phone."""

import pytest

from bot.channels.telegram import polling
from bot.sandbox.faults import Lost, Silence


async def test_a_quick_exit_is_finished_after_a_restart(bot, sandbox, monkeypatch):
    monkeypatch.setattr(polling, "DRAIN", 0.1)
    sara = sandbox.person(7, language_code="de")
    async with bot():
        await sara.start("12052000-work")
        asked = await sara.answer()
        for method in ("deleteMessages", "deleteMessage"):
            sandbox.faults.script(method, Lost(processed=False), times=50)
        await sara.press(asked, "x")
        await sandbox.until(lambda: sandbox.called("deleteMessages"))
    assert sara.chat
    sandbox.faults.stop()
    async with bot():
        await sandbox.until(lambda: not sara.chat)
    sent = len(sandbox.called("deleteMessages"))
    async with bot():
        await sandbox.quiet()
    assert len(sandbox.called("deleteMessages")) == sent, "it was done, so nothing is known"


async def test_who_cleared_the_chat_gets_no_message_after_a_restart(bot, sandbox):
    sara = sandbox.person(7, language_code="de")
    anna = sandbox.person(8, language_code="de")
    async with bot():
        for person in (sara, anna):
            await person.start("12052000-work")
            await person.answer()
    for message in list(sara.chat):
        message.deleted = True
    sent = len(sandbox.called("sendMessage"))
    edited = len(sandbox.called("editMessageText"))
    async with bot():
        await sandbox.until(lambda: len(sandbox.called("editMessageText")) == edited + 2)
        # Once Anna is answered, Sara's lane has had its turn too.
        await anna.tap("a:age:27_plus")
        await anna.answer()
    assert len(sandbox.called("sendMessage")) == sent
    assert sara.chat == []


@pytest.mark.parametrize(("method", "opens"), [("sendPhoto", "m:share"), ("sendMessage", None)])
async def test_what_was_on_its_way_is_taken_away_too(bot, sandbox, method, opens):
    sara = sandbox.person(7, language_code="de")
    async with bot():
        await sara.start("12052000-work")
        await sara.answer()
        await sara.tap("a:age:27_plus")
        asked = await sara.answer()
        before = len(sandbox.called(method))
        sandbox.faults.script(method, Silence(seconds=0.3))
        if opens:
            await sara.press(asked, opens)
        else:
            await sara.say("zzzz qqqq")
        await sandbox.until(lambda: len(sandbox.called(method)) > before)
        await sara.press(asked, "x")
        await sandbox.until(lambda: not sara.chat)
    assert sara.chat == []
