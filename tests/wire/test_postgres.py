"""`clearing run` on PostgreSQL, which ends in the middle of a talk and comes back."""

import asyncio
import os
import sys

TOKEN = "100200300:" + "A" * 35


async def test_the_talk_goes_on_when_the_database_is_back(
    sandbox, tmp_path, postgres, postgres_server
):
    """F07."""
    person = sandbox.person(20, language_code="de")
    environment = {
        **os.environ,
        "CLEARING_TOKEN": TOKEN,
        "CLEARING_API_URL": sandbox.url,
        "CLEARING_DATA": str(tmp_path),
        "CLEARING_DATABASE_URL": postgres.new(),
    }
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        await person.start()
        await person.answer()
        postgres_server.stop()
        try:
            await person.press(person.last, "a:concern:work")
            said = [await bot.stderr.readuntil(b"the same is asked again")]
        finally:
            postgres_server.start()
        await person.sees(lambda message: message.button("a:place:elsewhere"), within=20)
        bot.terminate()
        said.append((await bot.communicate())[1])
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
    log = b"".join(said).decode()
    assert bot.returncode == 0
    assert "s3cret" not in log
    assert "Traceback" not in log
    assert not (tmp_path / "clearing.db").exists()
    assert (tmp_path / "keys.db").exists()
