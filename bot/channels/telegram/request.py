"""The transport under python-telegram-bot: aiohttp, at half the CPU of its own httpx."""

import json
from http import HTTPStatus
from typing import Final, NoReturn

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL


class Flood(TelegramError):  # noqa: N818 - like the errors of python-telegram-bot beside it
    """Too many calls. Instead of PTB's `RetryAfter`, whose making warns of its own future."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many calls: wait {seconds:g} seconds.")
        self.seconds = seconds


class Unconnected(NetworkError):  # noqa: N818 - likewise
    """Surely not sent: there was no connection at all."""


class AiohttpRequest(BaseRequest):
    """One session for all calls.

    Errors carry kinds only: aiohttp's own words may hold the address, and with it the token.
    """

    def __init__(self, *, read_timeout: float = 10.0, connect_timeout: float = 5.0) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._timeouts: dict[float, aiohttp.ClientTimeout] = {}
        self._urls: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=("Accept-Encoding",),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of the whole
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - likewise
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - likewise
    ) -> tuple[int, bytes]:
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        if request_data is None:
            return await self.exchange(method, url, None, seconds)
        form = aiohttp.FormData(request_data.json_parameters)
        if request_data.contains_files:
            seconds += _UPLOAD
            for name, (file_name, content, kind) in request_data.multipart_data.items():
                form.add_field(name, content, filename=file_name, content_type=kind)
        status, payload = await self.exchange(method, url, form, seconds)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise_for(status, payload)
        return status, payload

    async def exchange(
        self, method: str, url: str, body: bytes | aiohttp.FormData | None, seconds: float
    ) -> tuple[int, bytes]:
        """Status and body of the answer to one HTTP request; `bytes` go out as JSON.

        Raises:
            Unconnected: the server was not reached.
            TimedOut: when the whole answer is not there `seconds` after the connection.
            NetworkError: for every other fault on the way.
        """
        if self._session is None:
            raise Unconnected("The transport is closed.")
        try:
            async with self._session.request(
                method,
                self._url(url),
                data=body,
                headers=_JSON if isinstance(body, bytes) else None,
                timeout=self._timeout(seconds),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as problem:
            raise Unconnected(f"aiohttp: {type(problem).__name__}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as problem:
            raise NetworkError(f"aiohttp: {type(problem).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The answer as JSON. PTB's own writes what it cannot read into the log; this does not."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    def _url(self, url: str) -> URL:
        known = self._urls.get(url)
        if known is None:
            known = self._urls[url] = URL(url)
        return known

    def _timeout(self, seconds: float) -> aiohttp.ClientTimeout:
        known = self._timeouts.get(seconds)
        if known is None:
            known = self._timeouts[seconds] = aiohttp.ClientTimeout(
                total=seconds + self._connect_timeout, sock_connect=self._connect_timeout
            )
        return known


def result_of(status: int, payload: bytes) -> object:
    """What a call returned.

    Raises:
        TelegramError: the kind that PTB raises for the same answer, but `Flood` for 429; an answer
            that is no answer is a `NetworkError`: the call may have been carried out.
    """
    if status != HTTPStatus.OK:
        raise_for(status, payload)
    try:
        return AiohttpRequest.parse_json_payload(payload)["result"]
    except (TelegramError, KeyError):
        raise NetworkError("The answer cannot be read.") from None


def raise_for(status: int, payload: bytes) -> NoReturn:
    """Telegram's refusal as an exception; see `result_of`."""
    try:
        answer = AiohttpRequest.parse_json_payload(payload)
    except TelegramError:
        # A gateway's page: what it says may quote the address, so only its number is kept.
        answer = {}
    description = answer.get("description")
    said = description if isinstance(description, str) else f"HTTP status {status}"
    more = answer.get("parameters")
    if isinstance(more, dict):
        if isinstance(seconds := more.get("retry_after"), int | float):
            raise Flood(seconds)
        if isinstance(chat := more.get("migrate_to_chat_id"), int):
            raise ChatMigrated(chat)
    raise _KINDS.get(status, NetworkError)(said)


_CONNECTIONS: Final = 256
"""So many slow calls may hang before the next one waits for a connection."""
_KEPT_ALIVE: Final = 60.0
_UPLOAD: Final = 20.0
"""Seconds on top for a call that carries a file."""
_JSON: Final = {"Content-Type": "application/json"}
_KINDS: Final[dict[int, type[TelegramError]]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}
"""Every other status is a fault of the network: the call may be made again."""
