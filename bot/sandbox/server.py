"""The local Telegram: the Bot API and the page, on one port of this machine."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from bot.sandbox import faults, methods, parameters, phone, settings_methods
from bot.sandbox.refusals import Refusal, flood
from bot.sandbox.webhook import Deliverer
from bot.sandbox.world import Call, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.parameters import Parameters

WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)

METHODS: dict[str, Callable[[World, Parameters], object]] = {
    "answercallbackquery": methods.answer_callback_query,
    "deletemessage": methods.delete_message,
    "deletemessages": methods.delete_messages,
    "deletemycommands": settings_methods.delete_my_commands,
    "deletewebhook": settings_methods.delete_webhook,
    "editmessagereplymarkup": methods.edit_message_reply_markup,
    "editmessagetext": methods.edit_message_text,
    "getchat": settings_methods.get_chat,
    "getchatadministrators": settings_methods.get_chat_administrators,
    "getchatmember": settings_methods.get_chat_member,
    "getchatmembercount": settings_methods.get_chat_member_count,
    "getme": settings_methods.get_me,
    "getmycommands": settings_methods.get_my_commands,
    "getmydescription": settings_methods.get_my_description,
    "getmyshortdescription": settings_methods.get_my_short_description,
    "getwebhookinfo": settings_methods.get_webhook_info,
    "leavechat": settings_methods.leave_chat,
    "pinchatmessage": methods.pin_chat_message,
    "sendchataction": methods.send_chat_action,
    "senddocument": methods.send_document,
    "sendmessage": methods.send_message,
    "sendphoto": methods.send_photo,
    "sendvenue": methods.send_venue,
    "setmycommands": settings_methods.set_my_commands,
    "setmydescription": settings_methods.set_my_description,
    "setmyshortdescription": settings_methods.set_my_short_description,
    "setwebhook": settings_methods.set_webhook,
}


@dataclass(slots=True, eq=False)
class Sandbox(World):
    """A world with a door: start it, give the bot `url + "/bot"`, and move people."""

    url: str = ""
    _runner: web.ServerRunner | None = None
    _closing: asyncio.Event = field(default_factory=asyncio.Event)
    _deliverer: Deliverer | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, and return the base address; port 0 takes a free one."""
        self._closing.clear()
        server = web.Server(self._serve, access_log=None, keepalive_timeout=3600)
        self._runner = web.ServerRunner(server, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        address = self._runner.addresses[0]
        self.url = f"http://{host}:{address[1]}"
        self._deliverer = Deliverer(self)
        return self.url

    async def stop(self) -> None:
        """Close every connection; people, chats and waiting updates stay for a next start."""
        self._closing.set()
        self.updates.release()
        self.tick()
        if self._deliverer is not None:
            await self._deliverer.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def closing(self) -> bool:
        return self._closing.is_set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if not path.startswith("/bot"):
            return await phone.serve(self, request)
        token, slash, method = path[4:].partition("/")
        if not slash:
            return _refused(Refusal(404, "Not Found"))
        if token != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            given = await parameters.read(request)
        except Refusal as refusal:
            return _refused(refusal)
        call = Call(method, given, self.clock())
        self.calls.append(call)
        fault = self.faults.next(method.lower(), given.text("chat_id"))
        if fault is None:
            return await self._answer(call)
        return await self._answer_badly(call, fault, request)

    async def _answer(self, call: Call) -> web.Response:
        name = call.method.lower()
        if name == "getupdates":
            return await self._updates(call)
        work = METHODS.get(name)
        self.running += 1
        try:
            if work is None:
                raise Refusal(501, f"Not Implemented: the sandbox does not know {call.method}")  # noqa: TRY301 - answered like every other refusal
            call.result = work(self, call.parameters)
        except Refusal as refusal:
            call.result = refusal.description
            call.status = refusal.status
            return _refused(refusal)
        finally:
            self.running -= 1
            self.tick()
        call.status = 200
        return _json(200, {"ok": True, "result": call.result})

    async def _updates(self, call: Call) -> web.Response:
        p = call.parameters
        try:
            if self.webhook.url:
                raise Refusal(409, WEBHOOK_IS_ACTIVE)  # noqa: TRY301 - answered like every other refusal
            settings_methods.allow(self, p)
            waiting = self.updates.get(
                p.number("offset"),
                min(100, max(1, p.number("limit", 100))),
                0 if self.closing else p.number("timeout"),
                self.now(),
            )
            # Whoever waits for quiet wants to know that the bot listens again.
            asyncio.get_running_loop().call_soon(self.tick)
            batch = await waiting
        except Refusal as refusal:
            call.status = refusal.status
            return _refused(refusal)
        call.status = 200
        body = f'{{"ok":true,"result":[{",".join(batch)}]}}'
        return web.Response(body=body.encode(), content_type="application/json")

    async def _answer_badly(
        self, call: Call, fault: faults.Fault, request: web.BaseRequest
    ) -> web.Response:
        match fault:
            case faults.Refuse(status, description, more):
                call.status = status
                return _refused(Refusal(status, description, dict(more) if more else None))
            case faults.Flood(seconds):
                call.status = 429
                return _refused(flood(seconds))
            case faults.Answer(status, body, content_type, processed):
                await self._process(call, processed=processed)
                call.status = status
                return web.Response(status=status, text=body, content_type=content_type)
            case faults.Lost(processed):
                await self._process(call, processed=processed)
                _hang_up(request)
                return web.Response()
            case faults.Silence(seconds, processed):
                answer = await self._process(call, processed=processed)
                try:
                    async with asyncio.timeout(seconds):
                        await self._closing.wait()
                except TimeoutError:
                    return answer or await self._answer(call)
                _hang_up(request)
                return web.Response()

    async def _process(self, call: Call, *, processed: bool) -> web.Response | None:
        return await self._answer(call) if processed else None


def _hang_up(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()


def _json(status: int, body: dict[str, Any]) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.parameters is not None:
        body["parameters"] = refusal.parameters
    response = _json(refusal.status, body)
    if refusal.parameters is not None and "retry_after" in refusal.parameters:
        response.headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return response
