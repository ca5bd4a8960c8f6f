"""The page with the phones, and the few addresses through which it moves people."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.groups import Group
from bot.sandbox.people import Person
from bot.sandbox.view import changes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.chats import Chat
    from bot.sandbox.server import Sandbox

PAGE = Path(__file__).with_name("page")
FIRST_PERSON = 1_000_001
NUMBERS = "+493023125"
"""Followed by three digits: numbers for films and plays, which nobody has."""
PEOPLE = 900
"""With a number of their own; the last hundred are for the counsellors."""
HEARTBEAT = 15.0
"""Seconds after which a silent connection is asked whether somebody still listens."""
KINDS = {"css": "text/css", "html": "text/html", "js": "text/javascript"}
POLICY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


async def serve(sandbox: Sandbox, request: web.BaseRequest) -> web.StreamResponse:
    """Everything on this port that is not the Bot API."""
    path = request.path
    if request.method == "POST":
        return await _do(sandbox, request, path.removeprefix("/sandbox/"))
    if path == "/sandbox/events":
        return await _events(sandbox, request)
    if path == "/sandbox/people":
        return _json(_everybody(sandbox))
    if path.startswith("/sandbox/file/"):
        return _file(sandbox, path.removeprefix("/sandbox/file/"))
    return _page(path)


def _page(path: str) -> web.Response:
    name = "index.html" if path == "/" else path.removeprefix("/page/")
    # Only names that stand in the folder: no path of a visitor reaches the disk.
    if name not in {file.name for file in PAGE.iterdir()}:
        return web.Response(status=404, text="There is nothing here.")
    kind = KINDS[name.rpartition(".")[2]]
    return web.Response(
        body=(PAGE / name).read_bytes(), content_type=kind, charset="utf-8", headers=POLICY
    )


def _file(sandbox: Sandbox, number: str) -> web.Response:
    upload = sandbox.files.get(number)
    if upload is None:
        return web.Response(status=404, text="There is no such file.")
    headers = dict(POLICY)
    if not number.startswith("photo-"):
        name = "".join(c if c.isalnum() or c in "._-" else "_" for c in upload.name)
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return web.Response(
            body=upload.content, content_type="application/octet-stream", headers=headers
        )
    kind = "image/png" if upload.content.startswith(b"\x89PNG") else "image/jpeg"
    return web.Response(body=upload.content, content_type=kind, headers=headers)


async def _events(sandbox: Sandbox, request: web.BaseRequest) -> web.StreamResponse:
    """What the people of these views see, first as a whole and then as it changes.

    Server-sent events, all on one connection: a browser opens only six to the same place.
    """
    try:
        views = {name: _view(sandbox, name) for name in request.query.getall("view")}
    except (LookupError, ValueError) as error:
        return _json({"error": str(error)}, status=404)
    response = web.StreamResponse(headers={"Cache-Control": "no-store"})
    response.content_type = "text/event-stream"
    await response.prepare(request)
    seen = -1
    try:
        while not sandbox.closing:
            looks = ((name, changes(sandbox, *view, seen)) for name, view in views.items())
            news = {name: changed for name, changed in looks if changed}
            seen = sandbox.count
            if news:
                await response.write(f"data: {json.dumps(news)}\n\n".encode())
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await sandbox.change()
            except TimeoutError:
                await response.write(b": still here\n\n")
    except ConnectionError:
        pass
    return response


async def _do(sandbox: Sandbox, request: web.BaseRequest, deed: str) -> web.Response:
    # A foreign page cannot send JSON here without being asked first, and it is never allowed.
    if request.content_type != "application/json":
        return _json({"error": "Send JSON."}, status=415)
    try:
        body = await request.json()
        if deed == "people":
            return _json(_card(_new_person(sandbox, body)))
        person, group = _who(sandbox, body)
        await DEEDS[deed](sandbox, person, group, body)
    except (LookupError, TypeError, ValueError) as error:
        return _json({"error": f"{type(error).__name__}: {error}"}, status=400)
    return _json({"done": True})


def _new_person(sandbox: Sandbox, body: dict[str, Any]) -> Person:
    number = max([FIRST_PERSON - 1, *(person.id for person in sandbox.people)]) + 1
    name = str(body.get("first_name") or f"Person {number - FIRST_PERSON + 1}")
    return sandbox.person(
        number,
        name,
        language_code=str(body.get("language_code") or "en"),
        phone_number=f"{NUMBERS}{(number - FIRST_PERSON) % PEOPLE:03}",
    )


def _view(sandbox: Sandbox, name: str) -> tuple[Person, Chat]:
    """`7` is a person's private chat, `7:-5` is what the same person sees of a group."""
    person, _, room = name.partition(":")
    who, group = _who(sandbox, {"person": person, "chat": room})
    return who, group or who


def _who(sandbox: Sandbox, body: dict[str, Any]) -> tuple[Person, Group | None]:
    person = sandbox.chats.get(int(body.get("person", 0)))
    if not isinstance(person, Person):
        raise LookupError(  # noqa: TRY004 - the page asks for somebody who is not there
            "There is no such person; open the page again."
        )
    room = body.get("chat")
    group = None if room in (None, "") else sandbox.chats.get(int(room))
    if group is person:
        return person, None
    if group is not None and not isinstance(group, Group):
        raise LookupError("This chat belongs to somebody else.")
    return person, group


async def _say(_: Sandbox, person: Person, group: Group | None, body: dict[str, Any]) -> None:
    if text := str(body["text"]).strip()[:4096]:
        await person.say(text, where=group)


async def _press(_: Sandbox, person: Person, group: Group | None, body: dict[str, Any]) -> None:
    message = (group or person).messages[int(body["message"])]
    await person.press(message, str(body["data"]))


async def _use(_: Sandbox, person: Person, group: Group | None, body: dict[str, Any]) -> None:
    await person.use(str(body["label"]), group)


async def _location(_: Sandbox, person: Person, __: Group | None, body: dict[str, Any]) -> None:
    await person.send_location(float(body["latitude"]), float(body["longitude"]))


async def _attach(_: Sandbox, person: Person, __: Group | None, body: dict[str, Any]) -> None:
    kinds: dict[str, Callable[[], Awaitable[object]]] = {
        "photo": person.send_photo,
        "voice": person.send_voice,
        "contact": person.send_contact,
        "sticker": person.send_sticker,
    }
    await kinds[str(body["kind"])]()


async def _language(
    sandbox: Sandbox, person: Person, _: Group | None, body: dict[str, Any]
) -> None:
    person.language_code = str(body["language_code"])
    person.changed = sandbox.tick()


async def _block(_: Sandbox, person: Person, __: Group | None, body: dict[str, Any]) -> None:
    if body["blocked"]:
        person.block()
    else:
        person.unblock()


DEEDS: dict[str, Callable[[Sandbox, Person, Group | None, dict[str, Any]], Awaitable[None]]] = {
    "attach": _attach,
    "block": _block,
    "language": _language,
    "location": _location,
    "press": _press,
    "say": _say,
    "use": _use,
}


def _everybody(sandbox: Sandbox) -> dict[str, Any]:
    """Who is on which phone."""
    office = sandbox.office
    colleagues = office.people if office else []
    on_the_first = [p for p in sandbox.people if not p.is_bot and p not in colleagues]
    shown: dict[str, Any] = {"people": [_card(person) for person in on_the_first]}
    if office:
        shown["office"] = {"group": office.id, "people": [_card(person) for person in colleagues]}
    return shown


def _card(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.first_name, "language_code": person.language_code}


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )
