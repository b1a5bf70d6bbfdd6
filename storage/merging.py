"""Two records turn out to be one person: what the first began, the second goes on with."""

from typing import Any

from sqlalchemy import Table, update

from storage import belongings
from storage.people import People
from storage.tables import contacts, conversations, drafts, identities, messages, outbox, parties, persons

#: everything that names the person it belongs to; entries do not move: they say who it was then
BELONGINGS: tuple[Table, ...] = (parties, drafts, conversations, messages, outbox, identities)


def merge(people: People, old: int, new: int) -> None:
    """Language, home, consent and number stay the new one's own where he has them already."""
    connection = people.connection
    for table in BELONGINGS:
        connection.execute(update(table).where(table.c.person == old).values(person=new))
    belongings.merge(connection, old, new)
    before, after = people.person(old), people.person(new)
    kept: dict[str, Any] = {"language": before.language}
    if not after.home:
        kept["home"] = before.home
    if after.consented_at is None:
        kept["consented_at"] = before.consented_at
    if not after.phone_masked and before.phone_masked:
        connection.execute(update(contacts).where(contacts.c.person == old).values(person=new))
    chat = people.chats_of([old]).get(old)
    people.change(new, chat=chat, **kept)
    # nobody is told anything under the old name any more
    connection.execute(update(persons).where(persons.c.id == old).values(chat=None))
    people.forget(old)
