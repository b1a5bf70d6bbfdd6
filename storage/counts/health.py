"""What `wangge check` and reports count."""

from datetime import datetime

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.engine import make_url

from cases.people import Role
from cases.states import OPEN
from storage.cases import board
from storage.people.presence import present
from storage.tables import cases, chats, outbox, persons, posts, rounds, units
from storage.tables import inbox as updates
from storage.traffic import deliveries, inbox


def shown_url(url: str) -> str:
    """The database's address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def count_units(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(units)).scalar_one())


def count_posts(connection: Connection, role: Role) -> int:
    query = select(func.count()).select_from(posts).where(posts.c.role == role)
    return int(connection.execute(query).scalar_one())


def units_without(connection: Connection, level: str, role: Role, now: datetime) -> list[str]:
    """Names of the units of a level where nobody with this role is present."""
    there = (
        select(posts.c.unit)
        .join(persons, persons.c.id == posts.c.person)
        .where(posts.c.unit == units.c.code, posts.c.role == role, present(now))
    )
    query = select(units.c.name).where(units.c.level == level, units.c.retired_at.is_(None), ~exists(there))
    return list(connection.execute(query.order_by(units.c.code)).scalars())


def unreachable(connection: Connection) -> list[str]:
    """Names of those with a post whose chat takes no messages."""
    query = (
        select(persons.c.name)
        .join(posts, posts.c.person == persons.c.id)
        .join(chats, chats.c.id == persons.c.chat)
        .where(chats.c.unreachable_at.is_not(None))
        .distinct()
        .order_by(persons.c.name)
    )
    return list(connection.execute(query).scalars())


def cases_by_matter(connection: Connection) -> dict[str, int]:
    query = select(cases.c.matter, func.count()).group_by(cases.c.matter)
    return {row[0]: row[1] for row in connection.execute(query)}


#: what `depths` counts, in words
DEPTHS = {
    "updates_waiting": "Updates that wait to be worked",
    "updates_dead": "Updates that could not be worked: wangge letters list",
    "lanes_waiting": "People whose updates wait",
    "outbox_waiting": "Messages that wait to be sent",
    "outbox_oldest_seconds": "Seconds the oldest of them has waited",
    "outbox_kept": "Messages kept until the quiet hours are over",
    "outbox_failed": "Messages that could not be delivered",
    "cases_open": "Cases that somebody has to do something about",
    "cases_overdue": "Those of them that are late",
    "cases_unheld": "Those of them that nobody holds",
    "people_unreachable": "People with a post whose chat takes no messages",
}


def depths(connection: Connection, now: datetime) -> dict[str, float]:
    """The figures of `DEPTHS`. They read what waits and what is open, never what is done."""
    received, sent = inbox.counts(connection), deliveries.counts(connection)
    waiting = select(func.count(updates.c.lane.distinct())).where(updates.c.state == "waiting")
    oldest = select(func.min(outbox.c.created_at)).where(outbox.c.state == "waiting", outbox.c.release_at.is_(None))
    since = connection.execute(oldest).scalar()
    query = (
        select(
            func.count().label("open"),
            func.count().filter(board.late(now)).label("late"),
            func.count().filter(cases.c.holder.is_(None)).label("unheld"),
        )
        .select_from(cases)
        .join(rounds, board.CURRENT_ROUND)
        .where(cases.c.state.in_(OPEN))
    )
    of_cases = connection.execute(query).one()
    return {
        "updates_waiting": received.get("waiting", 0),
        "updates_dead": received.get("dead", 0),
        "lanes_waiting": connection.execute(waiting).scalar_one(),
        "outbox_waiting": sent.get("waiting", 0),
        "outbox_oldest_seconds": max(0.0, (now - since).total_seconds()) if since else 0.0,
        "outbox_kept": sent.get("kept", 0),
        "outbox_failed": sent.get("failed", 0),
        "cases_open": of_cases.open,
        "cases_overdue": of_cases.late,
        "cases_unheld": of_cases.unheld,
        "people_unreachable": len(unreachable(connection)),
    }
