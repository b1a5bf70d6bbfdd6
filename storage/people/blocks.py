"""Who is not listened to for a while: a person's decision, with a reason and an end."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from cases.errors import Refused
from cases.people import Block
from cases.states import Hat
from cases.views import CaseKey
from storage.database.statements import insert
from storage.tables import blocks, identities, parties, persons


def add(connection: Connection, person: int, reason: str, by: str, now: datetime, until: datetime | None) -> None:
    values = {"reason": reason[:200], "by": by[:80], "since": now, "until": until, "told_at": None}
    query = insert(connection, blocks).values(person=person, **values)
    connection.execute(query.on_conflict_do_update(index_elements=["person"], set_=values))


def remove(connection: Connection, person: int) -> bool:
    return bool(connection.execute(delete(blocks).where(blocks.c.person == person)).rowcount)


def told(connection: Connection, person: int, now: datetime) -> None:
    connection.execute(update(blocks).where(blocks.c.person == person).values(told_at=now))


def reporter(connection: Connection, case: CaseKey) -> int:
    """Whoever wrote it. Raises Refused where nobody with a chat did."""
    query = select(parties.c.person).where(
        parties.c.district == case.district,
        parties.c.case == case.id,
        parties.c.chat.is_not(None),
        parties.c.part.in_((Hat.REPORTER, Hat.PROXY)),
    )
    found = connection.execute(query.limit(1)).scalar()
    if found is None:
        raise Refused("refused.no_case")
    return int(found)


def known_as(connection: Connection, channel: str, user: str) -> int | None:
    query = select(identities.c.person).where(identities.c.channel == channel, identities.c.user == user)
    return connection.execute(query).scalar()


def listed(connection: Connection) -> list[tuple[str, str, Block]]:
    """(channel:user, name, block) of everybody."""
    query = (
        select(blocks, identities.c.channel, identities.c.user, persons.c.name)
        .join(persons, persons.c.id == blocks.c.person)
        .outerjoin(identities, identities.c.person == blocks.c.person)
        .order_by(blocks.c.since)
    )
    rows = connection.execute(query)
    return [(f"{r.channel}:{r.user}", r.name, Block(r.reason, r.until, told=r.told_at is not None)) for r in rows]
