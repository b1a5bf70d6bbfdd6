"""The tables, a file each for what changes together. `metadata` knows them all."""

from storage.tables.base import metadata
from storage.tables.cases import assignments, cases, entries, parties, ratings, rounds, seals, serials
from storage.tables.ledger import duties, items, members, notes, rosters
from storage.tables.people import (
    absences,
    blocks,
    chats,
    contacts,
    identities,
    invitations,
    persons,
    posts,
    unit_places,
    units,
)
from storage.tables.talk import conversations, drafts, heard, messages
from storage.tables.texts import blobs, media, media_files, texts
from storage.tables.work import inbox, leases, meta, outbox, paces, phone_messages

__all__ = [
    "absences",
    "assignments",
    "blobs",
    "blocks",
    "cases",
    "chats",
    "contacts",
    "conversations",
    "drafts",
    "duties",
    "entries",
    "heard",
    "identities",
    "inbox",
    "invitations",
    "items",
    "leases",
    "media",
    "media_files",
    "members",
    "messages",
    "meta",
    "metadata",
    "notes",
    "outbox",
    "paces",
    "parties",
    "persons",
    "phone_messages",
    "posts",
    "ratings",
    "rosters",
    "rounds",
    "seals",
    "serials",
    "texts",
    "unit_places",
    "units",
]
