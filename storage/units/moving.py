"""A chat that has another address by now: a group that became a supergroup. Its own id, and what hangs on it, stays."""

from sqlalchemy import Connection, delete, select, update

from storage.tables import chats, conversations, drafts, heard, messages, outbox, parties, persons

#: everywhere a chat is named
_NAMED = (persons, parties, outbox, conversations, drafts)


def move_chat(connection: Connection, chat: int, address: str) -> None:
    """Messages in the old group can no longer be touched; what waits to be sent goes to the new one."""
    channel = select(chats.c.channel).where(chats.c.id == chat).scalar_subquery()
    double = connection.execute(
        select(chats.c.id).where(chats.c.channel == channel, chats.c.address == address)
    ).scalar()
    if double == chat:
        return
    for table in (heard, messages):
        connection.execute(delete(table).where(table.c.chat == chat))
    if double is not None:  # somebody spoke in the new group before we heard that it moved
        unit = connection.execute(select(chats.c.unit).where(chats.c.id == double)).scalar()
        for table in (*_NAMED, heard, messages):
            connection.execute(update(table).where(table.c.chat == double).values(chat=chat))
        connection.execute(delete(chats).where(chats.c.id == double))
        if unit is not None:
            connection.execute(update(chats).where(chats.c.id == chat).values(unit=unit))
    connection.execute(update(chats).where(chats.c.id == chat).values(address=address, unreachable_at=None))
