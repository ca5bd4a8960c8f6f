"""The page with a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox


async def serve(sandbox: Sandbox, request: web.BaseRequest) -> web.StreamResponse:
    _ = sandbox, request
    return web.Response(status=404, text="Not found")
