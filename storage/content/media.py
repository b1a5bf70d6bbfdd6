"""Photos, voice notes and documents: the bytes once, by their hash, for all copies; platforms' names beside them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage.database.statements import insert, new_id
from storage.tables import blobs, media, media_files


@dataclass(frozen=True, slots=True)
class Blob:
    id: int
    kind: str
    mime: str
    name: str
    bytes: bytes
    #: the platform's own name, where it was sent or received there before
    file: str = ""


def keep(
    connection: Connection, kind: str, mime: str, name: str, body: bytes, now: datetime, *, made: bool = False
) -> int:
    """`made`: by us, for one reader: figures, papers, sheets, what somebody takes along."""
    sha = hashlib.sha256(body).hexdigest()
    connection.execute(insert(connection, blobs).values(sha256=sha, bytes=body).on_conflict_do_nothing())
    row = {"kind": kind, "mime": mime, "name": name[:120], "size": len(body), "sha256": sha, "made": made}
    number = new_id()
    connection.execute(media.insert().values(id=number, created_at=now, **row))
    return number


def copies(connection: Connection, ids: Sequence[int]) -> tuple[int, ...]:
    """The same pictures once more, with ids of their own; the bytes stay once."""
    rows = {row["id"]: dict(row) for row in connection.execute(select(media).where(media.c.id.in_(ids))).mappings()}
    twins = {of: new_id() for of in ids if of in rows}
    for of, number in twins.items():
        connection.execute(media.insert().values(**rows[of] | {"id": number}))
    return tuple(twins[of] for of in ids if of in twins)


def load(connection: Connection, ids: Sequence[int], channel: str = "") -> list[Blob]:
    query = (
        select(media, blobs.c.bytes, media_files.c.file)
        .join(blobs, blobs.c.sha256 == media.c.sha256)
        .outerjoin(media_files, (media_files.c.media == media.c.id) & (media_files.c.channel == channel))
        .where(media.c.id.in_(ids))
    )
    found = {r.id: Blob(r.id, r.kind, r.mime, r.name, r.bytes, r.file or "") for r in connection.execute(query)}
    return [found[id_] for id_ in ids if id_ in found]


def remember(connection: Connection, media_id: int, channel: str, file: str) -> None:
    """The platform's name of a file, so that it need not be uploaded again."""
    query = insert(connection, media_files).values(media=media_id, channel=channel, file=file)
    connection.execute(query.on_conflict_do_update(index_elements=["media", "channel"], set_={"file": file}))
