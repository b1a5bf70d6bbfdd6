"""The conversations, a file each. Importing this package registers them."""

from handlers.flows import (
    act,
    bind,
    here,
    invite,
    item,
    join,
    language,
    leave,
    opening,
    person,
    pick,
    privacy,
    report,
    staff,
    which,
)

__all__ = [
    "act",
    "bind",
    "here",
    "invite",
    "item",
    "join",
    "language",
    "leave",
    "opening",
    "person",
    "pick",
    "privacy",
    "report",
    "staff",
    "which",
]
