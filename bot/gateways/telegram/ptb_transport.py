"""python-telegram-bot over aiohttp. Its own client scans every connection for every waiting request, and collapses
under load: 67 to 108 updates a CPU-second against 647 to 784 through this one (docs/decisions/0010)."""

from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

#: seconds to connect, and for a whole call; an upload of 50 MB over a slow line takes as long
CONNECT, TOTAL = 10.0, 60.0
CONNECTIONS = 64


class AiohttpRequest(BaseRequest):
    def __init__(self) -> None:
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return TOTAL

    async def initialize(self) -> None:
        self._open()

    def _open(self) -> ClientSession:
        """A session belongs to the event loop that runs when it is first wanted."""
        if self._session is None:
            timeout = ClientTimeout(total=TOTAL, connect=CONNECT)
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS), timeout=timeout)
        return self._session

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """The library's timeouts for single stages are one here: `TOTAL`."""
        try:
            async with self._open().request(method, url, data=_body(request_data)) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error  # its words may hold the address, and so the token


def _body(data: RequestData | None) -> FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.multipart_data:
        return data.json_parameters
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, body, mime) in data.multipart_data.items():
        form.add_field(name, body, filename=filename, content_type=mime)
    return form
