"""Two records turn out to be one person: what the first began, the second goes on with."""

from typing import Any

from sqlalchemy import Column, update

from storage.database import meta
from storage.database.statements import name_anew
from storage.people.records import People
from storage.tables import (
    absences,
    assignments,
    blocks,
    cases,
    contacts,
    conversations,
    drafts,
    duties,
    entries,
    identities,
    invitations,
    items,
    members,
    messages,
    notes,
    outbox,
    parties,
    persons,
    posts,
    rosters,
    rounds,
)

#: everything that names a person goes over to the new record …
MOVING: tuple[Column[Any], ...] = (
    cases.c.holder,
    assignments.c.person,
    rounds.c.resolved_by,
    parties.c.person,
    posts.c.person,
    posts.c.stand_in,
    absences.c.person,
    absences.c.stand_in,
    items.c.by,
    items.c.keeper,
    members.c.person,
    duties.c.person,
    rosters.c.person,
    drafts.c.person,
    conversations.c.person,
    messages.c.person,
    outbox.c.person,
    identities.c.person,
    blocks.c.person,
    invitations.c.person,
    invitations.c.created_by,
    invitations.c.used_by,
)
#: … except what says who it was then, and the one number, of which the newer counts
STAYING: tuple[Column[Any], ...] = (entries.c.by, notes.c.by, contacts.c.person)


def merge(people: People, old: int, new: int) -> None:
    """Home, consent and number stay the new one's own where he has them already; the language is the one he spoke
    before."""
    connection = people.connection
    for column in MOVING:
        name_anew(connection, column, old, new)
    before, after = people.person(old), people.person(new)
    kept: dict[str, Any] = {"language": before.language}
    if not after.home:
        kept["home"] = before.home
    if after.consented_at is None:
        kept["consented_at"] = before.consented_at
    if not after.phone_masked and before.phone_masked:
        name_anew(connection, contacts.c.person, old, new)
    chat = people.chats_of([old]).get(old)
    people.change(new, chat=chat, **kept)
    # nobody is told anything under the old name any more
    connection.execute(update(persons).where(persons.c.id == old).values(chat=None))
    meta.touch(connection, meta.STAFF)
    people.forget(old)
