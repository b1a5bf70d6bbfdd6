"""What `wangge check` and reports count."""

from datetime import datetime

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.engine import make_url

from cases.people import Role
from storage.presence import present
from storage.tables import cases, chats, persons, posts, units


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
