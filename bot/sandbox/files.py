"""Photos and documents that the bot sends; the page shows them."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Any

from bot.sandbox.refusals import bad

if TYPE_CHECKING:
    from bot.sandbox.parameters import Parameters, Upload
    from bot.sandbox.world import World

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def photo(world: World, p: Parameters) -> dict[str, Any]:
    number, upload = _kept(world, p, "photo")
    width, height = _size(upload.content)
    return {"photo": [{**_shown(number, upload), "width": width, "height": height}]}


def document(world: World, p: Parameters) -> dict[str, Any]:
    number, upload = _kept(world, p, "document")
    return {
        "document": {
            **_shown(number, upload),
            "file_name": upload.name,
            "mime_type": upload.kind,
        }
    }


def _kept(world: World, p: Parameters, name: str) -> tuple[str, Upload]:
    value = p.text(name)
    upload = p.uploads.get(value.removeprefix("attach://") if value else name)
    if upload is None:
        if not value:
            raise bad(f"there is no {name} in the request")
        if value not in world.files:
            raise bad("wrong file identifier/HTTP URL specified")
        return value, world.files[value]
    if not upload.content:
        raise bad("file must be non-empty")
    number = f"{name}-{hashlib.sha256(upload.content).hexdigest()[:24]}"
    world.files[number] = upload
    return number, upload


def _shown(number: str, upload: Upload) -> dict[str, Any]:
    return {
        "file_id": number,
        "file_unique_id": number[-16:],
        "file_size": len(upload.content),
    }


def _size(content: bytes) -> tuple[int, int]:
    if content.startswith(_PNG) and len(content) > 24:  # noqa: PLR2004 - a PNG's head
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(_JPEG):
        return 640, 640
    raise bad("IMAGE_PROCESS_FAILED")
