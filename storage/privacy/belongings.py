"""What the ledger keeps of people, when they change: somebody leaves, or wants to be forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from cases.ledger.effects import OVER
from cases.ledger.model import Kind, Part
from storage.content import words
from storage.privacy import keeping
from storage.tables import duties, items, members, notes, posts, rosters, texts

#: items of one commit
AT_ONCE = 200


def hand_on(connection: Connection, person: int, unit: str, to: int | None) -> int:
    """Somebody left a unit, or everything: open duties and what he kept there are the other's; None: nobody's, and the
    coordinators hear when it is late. How many duties."""
    weekly = (duties.c.kind == "weekly", duties.c.person == person, duties.c.state == "open")
    connection.execute(update(duties).where(*weekly).values(state="dropped", next_at=None))
    left = not connection.execute(select(posts.c.unit).where(posts.c.person == person).limit(1)).first()
    there = () if left else (duties.c.unit == unit,)
    if left:  # who serves no more mediates no more
        connection.execute(delete(members).where(members.c.person == person, members.c.part == Part.MEDIATOR))
    moved = update(duties).where(duties.c.person == person, duties.c.state == "open", *there).values(person=to)
    kept = () if left else (items.c.unit == unit,)
    connection.execute(
        update(items).where(items.c.keeper == person, items.c.state.not_in(OVER), *kept).values(keeper=to)
    )
    connection.execute(delete(rosters).where(rosters.c.person == person, *(() if left else (rosters.c.unit == unit,))))
    return connection.execute(moved).rowcount


def of(connection: Connection, person: int) -> list[dict[str, Any]]:
    """What the ledger has of somebody who is a party to it: for them alone."""
    query = (
        select(items.c.number, items.c.kind, items.c.state, items.c.created_at, texts.c.body.label("title"))
        .join(members, members.c.item == items.c.id)
        .join(texts, texts.c.id == items.c.title)
        .where(members.c.person == person, members.c.part == Part.PARTY)
        .order_by(items.c.id)
    )
    said = (
        select(texts.c.body)
        .join(duties, duties.c.words == texts.c.id)
        .join(items, items.c.id == duties.c.item)
        .order_by(duties.c.id)
    )
    return [
        {**row._mapping, "needs": list(connection.execute(said.where(items.c.number == row.number)).scalars())}
        for row in connection.execute(query).all()
    ]


def forget(connection: Connection, person: int, now: datetime) -> None:
    """A household that asks to be forgotten is off the list, and nothing it said is left; of what somebody is a party
    to with others, his own words go."""
    own = select(members.c.item).where(members.c.person == person, members.c.part == Part.PARTY)
    homes = list(
        connection.execute(select(items.c.id).where(items.c.id.in_(own), items.c.kind == Kind.HOUSEHOLD)).scalars()
    )
    gone = {"state": "gone", "entered_at": now}
    connection.execute(update(items).where(items.c.id.in_(homes), items.c.state != "gone").values(**gone))
    connection.execute(
        update(duties).where(duties.c.item.in_(homes), duties.c.state == "open").values(state="dropped", next_at=None)
    )
    _erase(connection, homes, now)
    said = select(notes.c.words).where(notes.c.by == person, notes.c.item.in_(own), notes.c.words.is_not(None))
    for text in connection.execute(said).scalars().all():
        words.erase(connection, text, now)


def forget_old(connection: Connection, before: datetime, now: datetime) -> int:
    """The words of what was over before; how many items, at most `AT_ONCE`."""
    old = (
        select(items.c.id)
        .join(texts, texts.c.id == items.c.title)
        .where(items.c.state.in_(OVER), items.c.entered_at < before, texts.c.erased_at.is_(None))
        .order_by(items.c.id)
        .limit(AT_ONCE)
    )
    found = list(connection.execute(old).scalars())
    _erase(connection, found, now)
    return len(found)


def _erase(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    for column in (items.c.title, notes.c.words, duties.c.words):
        of = items.c.id if column.table is items else column.table.c.item
        query = select(column).join(texts, texts.c.id == column).where(of.in_(ids), texts.c.erased_at.is_(None))
        for text in connection.execute(query).scalars().all():
            words.erase(connection, text, now)
    shown = connection.execute(select(notes.c.media).where(notes.c.item.in_(ids))).scalars().all()
    keeping.drop_media(connection, [number for media in shown for number in media])
    connection.execute(update(notes).where(notes.c.item.in_(ids)).values(media=[]))
