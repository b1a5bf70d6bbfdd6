"""The page, its stream of messages, and what people do on it."""

import contextlib
import json
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.texts import LANGUAGES, Texts
from web.ports import Phones, Picture

HERE = Path(__file__).parent
#: the largest upload, in bytes: more than a messenger would take, so that the bot can say so itself
LARGEST = 64 * 1024 * 1024
#: a silent stream is spoken into so often, in seconds, or proxies close it
HEARTBEAT = 15.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")
KINDS = {"image": "photo", "audio": "voice", "video": "video"}
PUSHES = {"30m": timedelta(minutes=30), "2h": timedelta(hours=2), "1d": timedelta(days=1)}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; "
    "form-action 'self'; object-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: numbers of messages are smaller
MOST = 2**63

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Chat:
    def __init__(
        self,
        phones: Phones,
        texts: Texts,
        people: list[dict[str, Any]],
        places: list[dict[str, Any]],
        hosts: Collection[str] | None = None,
    ) -> None:
        """`hosts`: under which names the page answers; None: any."""
        self._phones, self._texts, self._hosts = phones, texts, hosts
        self._people, self._places = people, places
        # autoescape for everything: no template of ours is anything but HTML
        self._templates = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)

    def app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST, middlewares=[self._under_its_name, _guarded])
        app.on_response_prepare.append(_careful)
        app.add_routes(
            [
                web.get("/", self.page),
                web.get("/events", self.events),
                web.get("/media/{number}", self.media),
                web.post("/say", self.say),
                web.post("/tap", self.tap),
                web.post("/attach", self.attach),
                web.post("/place", self.place),
                web.post("/push", self.push),
                web.static("/static", HERE / "static"),
            ]
        )
        return app

    @web.middleware
    async def _under_its_name(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A foreign name that leads to this machine would make a foreign page ours."""
        if self._hosts is not None and request.url.host not in self._hosts:
            raise web.HTTPForbidden(text="this page answers only on its own machine")
        return await handler(request)

    async def page(self, request: web.Request) -> web.Response:
        language = request.query.get("lang", "zh")
        language = language if language in LANGUAGES else "zh"
        if "lang" in request.query:
            await self._phones.speak(language)

        def t(key: str) -> str:
            return self._texts.say(language, f"page.{key}")

        words = {key: t(key) for key in ("edited", "photo", "voice", "place", "reply", "failed", "file")}
        body = self._templates.get_template("page.html").render(
            t=t, language=language, people=self._people, places=self._places, words=words
        )
        return web.Response(text=body, content_type="text/html")

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: every message that is new or changed since `after`, then as they come."""
        revision = _number(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):  # the page was closed
            await self._stream(response, revision)
        return response

    async def _stream(self, response: web.StreamResponse, revision: int) -> None:
        while True:
            for shown in await self._phones.since(revision):
                revision = shown.revision
                data = shown._asdict() | {"at": f"{shown.at:%H:%M}"}
                await response.write(f"id: {revision}\ndata: {json.dumps(data)}\n\n".encode())
            clock = {"clock": f"{self._phones.now():%Y-%m-%d %H:%M}"}
            await response.write(f"data: {json.dumps(clock)}\n\n".encode())
            await self._phones.wait(HEARTBEAT)

    async def media(self, request: web.Request) -> web.Response:
        found = await self._phones.picture(_number(request.match_info["number"]))
        if found is None:
            raise web.HTTPNotFound
        safe = found.mime.startswith(("image/png", "image/jpeg", "image/webp", "image/gif", "audio/", "video/"))
        kind = found.mime if safe else "application/octet-stream"
        return web.Response(body=found.bytes, content_type=kind)

    async def say(self, request: web.Request) -> web.Response:
        data = await request.json()
        await self._phones.say(_who(data), str(data["text"]), str(data.get("reply_to", "")), str(data.get("key", "")))
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        data = await request.json()
        await self._phones.tap(_who(data), str(_number(data["ref"])), str(data["data"]), str(data.get("key", "")))
        return web.json_response({})

    async def attach(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="file: not a file")
        kind = KINDS.get(file.content_type.partition("/")[0], "document")
        picture = Picture(file.file.read(), file.content_type, file.filename)
        await self._phones.attach(_who(form), kind, picture, str(form.get("text", "")), str(form.get("key", "")))
        return web.json_response({})

    async def place(self, request: web.Request) -> web.Response:
        data = await request.json()
        lat, lon = float(data["lat"]), float(data["lon"])
        if not (abs(lat) <= 90 and abs(lon) <= 180):  # so that what is no number is refused, too
            raise ValueError("no place on earth")
        await self._phones.place(_who(data), lat, lon, str(data.get("key", "")))
        return web.json_response({})

    async def push(self, request: web.Request) -> web.Response:
        data = await request.json()
        await self._phones.push(PUSHES[str(data["by"])])
        return web.json_response({})


def _who(data: Any) -> str:
    return str(data["phone"])[:64]


def _number(given: Any) -> int:
    """Raises ValueError for what names nothing."""
    number = int(given)
    if not 0 <= number < MOST:
        raise ValueError("no such number")
    return number


async def _careful(_: web.Request, response: web.StreamResponse) -> None:
    """On everything that is served, refusals too."""
    response.headers.update(HEADERS)


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only our own page may act; what cannot be read is said so."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and origin.partition("://")[2] != request.host:
        raise web.HTTPForbidden(text="another page may not act here")
    try:
        return await handler(request)
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise web.HTTPBadRequest(text=f"not understood: {error}") from error
