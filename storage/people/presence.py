"""Who is there: in office, not on leave, and reachable in some chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from storage.tables import absences, chats, persons, posts


def within_reach() -> Any:
    """Whoever of `posts` and `persons` has a chat of his own that takes our messages, or a group of his unit's."""
    own = select(chats.c.id).where(chats.c.id == persons.c.chat, chats.c.unreachable_at.is_(None))
    shared = select(chats.c.id).where(chats.c.unit == posts.c.unit, chats.c.unreachable_at.is_(None))
    return or_(own.exists(), shared.exists())


def on_leave(now: Any) -> Any:
    """Whoever of `posts` is away at this moment (or at that of a parameter)."""
    return (
        select(absences.c.id)
        .where(absences.c.person == posts.c.person, absences.c.begins <= now, absences.c.ends > now)
        .exists()
    )


def present(now: datetime) -> Any:
    return within_reach() & ~on_leave(now)
