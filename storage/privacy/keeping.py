"""What is kept no longer: words, pictures and places of cases that ended long ago, and people who asked to go.

A tombstone stays: that there was a case, what was done and when, and the digests its chain of entries hangs on.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, exists, func, select, update

from cases.states import FINAL, REPORTED, State
from storage.content import words
from storage.tables import (
    blobs,
    blocks,
    cases,
    chats,
    contacts,
    conversations,
    drafts,
    entries,
    identities,
    inbox,
    invitations,
    media,
    media_files,
    messages,
    outbox,
    parties,
    persons,
    phone_messages,
    texts,
)

#: cases in one transaction
AT_ONCE = 50
#: rows of a queue in one transaction
ROWS = 5000
ENDED = (*FINAL, State.ARCHIVED)


def forget_old(connection: Connection, before: datetime, now: datetime) -> int:
    """The words of cases that ended before; how many cases, at most `AT_ONCE`."""
    old = (
        select(cases.c.district, cases.c.id)
        .where(cases.c.erased_at.is_(None), cases.c.entered_at < before, cases.c.state.in_(ENDED))
        .order_by(cases.c.entered_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(old).all()
    for district, case in found:
        _forget(connection, district, case, now)
    return len(found)


def _forget(connection: Connection, district: str, case: int, now: datetime, *, by: int | None = None) -> None:
    """All free text of a case; with `by`, what this person said in somebody else's."""
    told = select(entries.c.words, entries.c.media).where(entries.c.district == district, entries.c.case == case)
    rows = connection.execute(told.where(entries.c.by == by) if by is not None else told).all()
    for row in rows:
        if row.words is not None:
            words.erase(connection, row.words, now)
    drop_media(connection, [id_ for row in rows for id_ in row.media])
    if by is None:
        at = (cases.c.district == district, cases.c.id == case)
        draft = connection.execute(select(cases.c.draft).where(*at)).scalar()
        if draft is not None:
            drop_drafts(connection, select(drafts.c.id).where(drafts.c.id == draft), now)
        connection.execute(delete(messages).where(messages.c.case == case, messages.c.district == district))
        empty: dict[str, Any] = {"place": "", "lat": None, "lon": None, "tag": {}, "erased_at": now}
        connection.execute(update(cases).where(*at).values(**empty))
        connection.execute(
            update(parties).where(parties.c.district == district, parties.c.case == case).values(relation="")
        )


def drop_media(connection: Connection, ids: Sequence[int]) -> None:
    """The files, and their bytes where nothing else shows them."""
    if not ids:
        return
    hashes = list(connection.execute(select(media.c.sha256).where(media.c.id.in_(ids))).scalars())
    connection.execute(delete(media_files).where(media_files.c.media.in_(ids)))
    connection.execute(delete(media).where(media.c.id.in_(ids)))
    connection.execute(
        delete(blobs).where(blobs.c.sha256.in_(hashes), ~exists().where(media.c.sha256 == blobs.c.sha256))
    )


def drop_drafts(connection: Connection, which: Select[Any], now: datetime) -> None:
    for row in connection.execute(select(drafts).where(drafts.c.id.in_(which))).all():
        words.erase(connection, row.words, now)
        drop_media(connection, row.media)
    state = {"state": "dropped"}
    open_ = update(drafts).where(drafts.c.id.in_(which), drafts.c.state == "open")
    connection.execute(open_.values(**state))
    connection.execute(update(drafts).where(drafts.c.id.in_(which)).values(facts={}, media=[], remind_at=None))


def forget_drafts(connection: Connection, before: datetime, now: datetime) -> int:
    """What was said and understood before there was a case, and questions that still asked about it."""
    old = (
        select(drafts.c.id)
        .join(texts, texts.c.id == drafts.c.words)
        .where(drafts.c.created_at < before, texts.c.erased_at.is_(None))
        .limit(AT_ONCE)
    )
    found = list(connection.execute(old).scalars())
    drop_drafts(connection, select(drafts.c.id).where(drafts.c.id.in_(found)), now)
    asked = conversations.c.args["draft"].as_integer().in_(found)
    connection.execute(delete(conversations).where(asked))
    return len(found)


def forget_talks(connection: Connection, before: datetime, now: datetime) -> int:  # noqa: ARG001 - one form for all
    """Questions nobody answered any more, with the names and numbers that were given up to there."""
    old = select(conversations.c.id).where(conversations.c.touched_at < before).limit(ROWS)
    found = list(connection.execute(old).scalars())
    connection.execute(delete(messages).where(messages.c.conversation.in_(found)))
    return connection.execute(delete(conversations).where(conversations.c.id.in_(found))).rowcount


def begin_to_forget(connection: Connection, person: int, now: datetime) -> int:
    """What is said of a person outside of open cases goes now; how many cases are open still."""
    connection.execute(delete(contacts).where(contacts.c.person == person))
    connection.execute(delete(conversations).where(conversations.c.person == person))
    # of a case it is the case's
    unsubmitted = (drafts.c.person == person, ~exists().where(cases.c.draft == drafts.c.id))
    drop_drafts(connection, select(drafts.c.id).where(*unsubmitted), now)
    values: dict[str, Any] = {"name": "", "home": "", "consented_at": None, "erased_at": now}
    connection.execute(update(persons).where(persons.c.id == person).values(**values))
    _forget_ended(connection, person, now)
    return _open(connection, person)


def forget_people(connection: Connection, before: datetime, now: datetime) -> int:
    """Those who asked before, and for whom nothing is open any more: the chat that leads to them goes, too."""
    open_ = (
        select(parties.c.person)
        .join(cases, (cases.c.district == parties.c.district) & (cases.c.id == parties.c.case))
        .where(parties.c.person == persons.c.id, cases.c.state.not_in(ENDED))
    )
    known = exists().where(identities.c.person == persons.c.id)
    asked = select(persons.c.id).where(persons.c.erased_at < before, known, ~open_.exists()).limit(AT_ONCE)
    found = list(connection.execute(asked).scalars())
    for person in found:
        _forget_ended(connection, person, now)
        _cut_off(connection, person, now)
    return len(found)


def _cut_off(connection: Connection, person: int, now: datetime) -> None:
    users = connection.execute(
        select(identities.c.user, identities.c.channel).where(identities.c.person == person)
    ).all()
    connection.execute(delete(identities).where(identities.c.person == person))
    chat = connection.execute(select(persons.c.chat).where(persons.c.id == person)).scalar()
    if chat is not None:
        address = connection.execute(select(chats.c.address).where(chats.c.id == chat)).scalar()
        connection.execute(delete(phone_messages).where(phone_messages.c.address == address))
        gone = {"address": f"gone-{chat}", "unreachable_at": now}
        connection.execute(update(chats).where(chats.c.id == chat).values(**gone))
        connection.execute(delete(outbox).where(outbox.c.chat == chat))
    for user, channel in users:
        lane = f"{channel}:{user}"
        connection.execute(delete(inbox).where(inbox.c.lane == lane, inbox.c.state != "waiting"))


def _forget_ended(connection: Connection, person: int, now: datetime) -> None:
    theirs = (
        select(cases.c.district, cases.c.id, parties.c.part)
        .join(parties, (parties.c.district == cases.c.district) & (parties.c.case == cases.c.id))
        .where(parties.c.person == person, cases.c.state.in_(ENDED), cases.c.erased_at.is_(None))
    )
    for district, case, part in connection.execute(theirs).all():
        _forget(connection, district, case, now, by=None if part in REPORTED else person)


def _open(connection: Connection, person: int) -> int:
    query = (
        select(func.count())
        .select_from(parties.join(cases, (cases.c.district == parties.c.district) & (cases.c.id == parties.c.case)))
        .where(parties.c.person == person, cases.c.state.not_in(ENDED))
    )
    return int(connection.execute(query).scalar_one())


def forget_copies(connection: Connection, before: datetime, now: datetime) -> int:  # noqa: ARG001 - one form for all
    """What was made for somebody: what they took along, figures, papers, sheets."""
    old = select(media.c.id).where(media.c.made, media.c.created_at < before).limit(AT_ONCE)
    found = list(connection.execute(old).scalars())
    drop_media(connection, found)
    return len(found)


def prune(connection: Connection, before: datetime) -> int:
    """Blocks and invitations that are over, questions long answered, and rows of the queues that are done with; of
    those how many, at most `ROWS` of each queue."""
    count = 0
    asked = exists().where(conversations.c.id == messages.c.conversation)
    unsent = select(outbox.c.conversation).where(
        outbox.c.state.in_(("waiting", "kept")), outbox.c.conversation.is_not(None)
    )
    over = select(messages.c.id).where(messages.c.conversation.not_in(unsent), messages.c.case.is_(None), ~asked)
    count += connection.execute(delete(messages).where(messages.c.id.in_(over.limit(ROWS)))).rowcount
    done: Iterable[tuple[Any, Any]] = (
        (inbox, (inbox.c.state.in_(("done", "dead", "flooded")), inbox.c.received_at < before)),
        (
            outbox,
            (
                outbox.c.state.in_(("sent", "merged", "listed", "expired", "failed", "dropped")),
                outbox.c.created_at < before,
            ),
        ),
    )
    for table, where in done:
        some = select(table.c.id).where(*where).limit(ROWS)
        count += connection.execute(delete(table).where(table.c.id.in_(some))).rowcount
    connection.execute(delete(blocks).where(blocks.c.until < before))
    waits = (invitations.c.used_at.is_not(None), invitations.c.answered_at.is_(None), invitations.c.person.is_(None))
    connection.execute(delete(invitations).where(invitations.c.expires_at < before, ~and_(*waits)))
    return count
