"""The calls that the channel makes; errors are those of `telegram.error` and `Flood`."""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Final, Self
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.request import AiohttpRequest, result_of
from bot.delivery.numbers import Numbers

DEFAULT_API: Final = "https://api.telegram.org"
LONG_POLL: Final = 25.0
"""Seconds for which Telegram holds a getUpdates that has nothing to say."""

UPDATES: Final = ("message", "callback_query", "my_chat_member", "chat_member")
"""Kinds that are asked for; all others would be acknowledged without effect."""


class ChannelError(Exception):
    """The channel cannot work; names the problem and the cure, never the token."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(f"{problem} {cure}")
        self.problem = problem
        self.cure = cure


class Client:
    """Telegram's Bot API as this bot uses it.

    `bot` is python-telegram-bot's typed client, for the calls made now and then. Those that make
    up the traffic go past it: it builds typed objects of keyboards and of answers that nobody
    reads, at ten times the cost, and to it one odd update is an error of the whole batch.
    """

    def __init__(self, token: str, api_url: str = DEFAULT_API) -> None:
        if not _TOKEN.fullmatch(token):
            raise ChannelError(
                "The token does not look like one (123456:ABC-DEF…).",
                "Copy it from @BotFather into CLEARING_TOKEN.",
            )
        # Below this level python-telegram-bot logs the token and what is sent.
        logging.getLogger("telegram").setLevel(logging.WARNING)
        self._request = AiohttpRequest()
        self.numbers = Numbers(row_of)
        base = api_url.rstrip("/")
        self._base = f"{base}/bot{token}"
        self.host = urlsplit(base).hostname or base
        self.bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    async def get_updates(self, offset: int | None, wait: float = LONG_POLL) -> list[object]:
        """The waiting updates as they came, after at most `wait` seconds.

        Telegram forgets every update before `offset`: it counts as done.
        """
        given: dict[str, object] = {"timeout": int(wait), "allowed_updates": UPDATES}
        if offset is not None:
            given["offset"] = offset
        updates = await self._call("getUpdates", given, wait)
        if not isinstance(updates, list):
            raise NetworkError("The answer is no list of updates.")
        for update in updates:
            self._note_number(update)
        return updates

    async def send_message(self, chat: int, content: dict[str, object]) -> int:
        """The number of the new message."""
        async with self.numbers.posting(chat):
            message = await self._call("sendMessage", {"chat_id": chat, **content})
            number = message.get("message_id") if isinstance(message, dict) else None
            if not isinstance(number, int):
                raise NetworkError("The answer is no message.")
            self.numbers.saw(chat, number)
        return number

    async def edit_message(self, chat: int, message: int, content: dict[str, object]) -> None:
        given = {"chat_id": chat, "message_id": message, **content}
        await self._call("editMessageText", given)

    async def answer_tap(self, tap: str, **content: object) -> None:
        await self._call("answerCallbackQuery", {"callback_query_id": tap, **content})

    async def delete_messages(self, chat: int, numbers: Sequence[int]) -> None:
        """At most 100; either all of them or none."""
        await self._call("deleteMessages", {"chat_id": chat, "message_ids": list(numbers)})

    async def delete_message(self, chat: int, number: int) -> None:
        await self._call("deleteMessage", {"chat_id": chat, "message_id": number})

    async def chat(self, chat: int) -> Mapping[str, object]:
        """Telegram's ChatFullInfo, unread."""
        return _object(await self._call("getChat", {"chat_id": chat}))

    async def administrators(self, chat: int) -> tuple[Mapping[str, object], ...]:
        """Telegram's ChatMembers, unread; other than those, all bots may ask for them."""
        members = await self._call("getChatAdministrators", {"chat_id": chat})
        if not isinstance(members, list):
            raise NetworkError("The answer is no list of members.")
        return tuple(_object(member) for member in members)

    async def member_count(self, chat: int) -> int:
        """Everybody in the chat, this bot too."""
        count = await self._call("getChatMemberCount", {"chat_id": chat})
        if not isinstance(count, int):
            raise NetworkError("The answer is no number.")
        return count

    async def send_photo(self, chat: int, content: bytes, file_name: str) -> int:
        """The number of the new message."""
        async with self.numbers.posting(chat):
            try:
                number = (await self.bot.send_photo(chat, content, filename=file_name)).message_id
            except KeyError:
                # What python-telegram-bot makes of an answer without a result.
                raise NetworkError("The answer is no message.") from None
            self.numbers.saw(chat, number)
        return number

    def _note_number(self, update: object) -> None:
        """What others write takes a number too: nobody need look there for ours."""
        message = update.get("message") if isinstance(update, dict) else None
        chat = message.get("chat") if isinstance(message, dict) else None
        where = chat.get("id") if isinstance(chat, dict) else None
        number = message.get("message_id") if isinstance(message, dict) else None
        if isinstance(where, int) and isinstance(number, int):
            self.numbers.saw(where, number)

    async def _call(self, method: str, given: dict[str, object], wait: float = 0) -> object:
        # Half a surrogate pair has no bytes in UTF-8 and would stop the whole message.
        body = json.dumps(given, ensure_ascii=False).encode("utf-8", "replace")
        seconds = self._request.read_timeout + wait
        answer = await self._request.exchange("POST", f"{self._base}/{method}", body, seconds)
        return result_of(*answer)


def row_of(chat: int) -> int:
    """Each supergroup counts its messages for itself; one row runs through all other chats."""
    return chat if chat < _SUPERGROUPS else 0


async def username(client: Client) -> str:
    """The bot's own name, without @; the first sign of life.

    Raises:
        ChannelError: when Telegram does not accept the token or cannot be reached.
    """
    try:
        return (await client.bot.get_me()).username or ""
    except InvalidToken:
        raise wrong_token() from None
    except (TelegramError, KeyError) as problem:
        kind = kind_of(problem) if isinstance(problem, TelegramError) else "no result"
        raise ChannelError(
            f"{client.host} does not answer as Telegram does ({kind}).",
            "Check the network and CLEARING_API_URL, then start again.",
        ) from None


def wrong_token() -> ChannelError:
    return ChannelError(
        "Telegram does not accept the token.",
        "Copy it again from @BotFather into CLEARING_TOKEN; a revoked one stays wrong.",
    )


def _object(answer: object) -> Mapping[str, object]:
    if not isinstance(answer, dict):
        raise NetworkError("The answer is no object.")
    return answer


def kind_of(problem: TelegramError) -> str:
    """The error in words that are safe in a log: of a fault on the way only its kind."""
    if isinstance(problem, NetworkError) and not isinstance(problem, BadRequest):
        return type(problem).__name__
    return _TOKEN.sub("(token)", str(problem))


_SUPERGROUPS: Final = -1_000_000_000_000
_TOKEN: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
