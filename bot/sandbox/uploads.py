"""The address that a file is sent to between asking for it and completing the upload."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.api import WebApi, cut, pause
from bot.sandbox.records import File

NAME = "upload"
"""What the dials' faults and the record of calls call it."""


class Uploads:
    """Takes what is sent. It asks for no token: who has the address may send."""

    def __init__(self, api: WebApi) -> None:
        self.api = api

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Take one file, as the dials say."""
        ws = self.api.ws
        if ws.dials.offline:
            self.api.note(NAME, {}, "offline", 0)
            return cut(request)
        await pause(ws.dials.latency / 2)
        fault = ws.dials.fault(NAME)
        if fault is not None and fault.kind in ("429", "500", "hang"):
            return await self.api.fail(NAME, {}, fault)
        answer = self.keep(request.match_info["key"], await body(request))
        if fault is not None and fault.kind in ("lost", "cut"):
            if fault.kind == "lost":
                await self.api.stopping.wait()
            return cut(request)
        await pause(ws.dials.latency / 2)
        return answer

    def keep(self, key: str, data: bytes) -> web.Response:
        """Keep it, unless the address is unknown, its file is completed, or it is not as long as was said."""
        ws = self.api.ws
        file = ws.files.get(ws.uploads.get(key, ""))
        shown = {"file": file.id if file else key, "bytes": len(data)}
        refused = self.refusal(file, data)
        self.api.note(NAME, shown, refused, 400 if refused else 200)
        if file is None or refused:
            return web.Response(text=str(refused), status=400)
        file.data = data
        return web.Response(text=f"OK - {len(data)}")

    def refusal(self, file: File | None, data: bytes) -> str | None:
        """Why this file is not taken."""
        if file is None or file.shared:
            return "unknown_upload"
        return None if len(data) == file.length else "wrong_length"


async def body(request: web.Request) -> bytes:
    """What was sent, as it is or as the first file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
