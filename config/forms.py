"""Settings that are words of a certain form; a mistake is told in words."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except Exception as error:
        raise ValueError(f"no such time zone: {value}") from error
    return value


def _language(value: str) -> str:
    if value not in {"zh", "en"}:
        raise ValueError("zh or en")
    return value


def _bind(value: str) -> str:
    _, _, port = value.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise ValueError("write HOST:PORT")
    return value


def _database(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("write postgresql://user:password@host/name or sqlite:///FILE")
    return value


def _address(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s/]+.*", value):
        raise ValueError("write http://… or https://…")
    return value


def _secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value):
        raise ValueError("letters, digits, _ and - only")
    return value


#: of the time zone database: Asia/Shanghai
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
#: HOST:PORT to listen on
Bind = Annotated[str, AfterValidator(_bind)]
#: empty: SQLite in the folder of data
DatabaseUrl = Annotated[str, AfterValidator(_database)]
#: empty, or http(s)://…
Address = Annotated[str, AfterValidator(_address)]
WebhookSecret = Annotated[str, AfterValidator(_secret)]
