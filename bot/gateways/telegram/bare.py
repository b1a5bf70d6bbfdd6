"""The Bot API by one HTTP call, where no library is wanted: the raw updates are what we keep, and a check need not load
one."""

from typing import Any

import aiohttp

from bot.gateway import Closed, Limited
from cases.errors import Transient

#: seconds, where Telegram names none
AGAIN = 2.0


async def call(
    session: aiohttp.ClientSession, base: str, token: str, method: str, *, seconds: float = 15, **fields: Any
) -> Any:
    """Raises Closed, Limited, Transient. `seconds`: how long an answer may take. No error's words hold the token."""
    timeout = aiohttp.ClientTimeout(total=seconds, connect=10)
    try:
        async with session.post(f"{base.rstrip('/')}/bot{token}/{method}", json=fields, timeout=timeout) as response:
            status, answer = response.status, await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Transient(f"telegram: {type(error).__name__}") from None
    if isinstance(answer, dict) and answer.get("ok"):
        return answer["result"]
    told = answer if isinstance(answer, dict) else {}  # what stands between us may answer anything
    words = f"telegram: {told.get('description', status)}"
    if status in (401, 404):
        raise Closed(words)
    if status == 429:
        raise Limited(words, retry_after=float(told.get("parameters", {}).get("retry_after", AGAIN)))
    raise Transient(words)
