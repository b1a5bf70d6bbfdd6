"""Something made for one person: a message, and the files that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.people import Person
from handlers.chat import Message
from storage.content import media
from storage.database.engine import Connection
from storage.desk import Desk
from storage.traffic import receipts
from storage.traffic.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class File:
    kind: str
    mime: str
    name: str
    body: bytes


def page(name: str, html: str) -> File:
    """A document that prints on any machine with a browser."""
    return File("document", "text/html", name, html.encode())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for, by the state of now."""

    desk: Desk
    person: Person
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    message: Message
    at: datetime
    files: tuple[File, ...] = ()


def keep(connection: Connection, d: Delivery, made: Made | None) -> None:
    """In the place of what was to be made; None: it is not theirs to see any more."""
    if made is None:
        receipts.made(connection, d, None)
        return
    numbers = tuple(media.keep(connection, f.kind, f.mime, f.name, f.body, made.at, made=True) for f in made.files)
    receipts.made(connection, d, replace(made.message, media=numbers).pack())
