"""The queues: updates that came in, messages that go out, who holds which lane."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint, text

from storage.tables.base import BigInt, Json, Time, key, metadata

# Committed before the platform is told "received". `key` is the platform's: a second delivery finds it taken.
inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String(40), nullable=False),
    Column("key", String(64), nullable=False),
    Column("lane", String(110), nullable=False),
    # emptied when the update is done: what people write does not lie about in queues
    Column("raw", Json),
    # waiting, done, dead, or flooded: more than one person types
    Column("state", String(8), nullable=False, default="waiting"),
    # 0: a word of danger is in it, so it goes before what waits longer; 1: everything else
    Column("priority", SmallInteger, nullable=False, default=1, server_default="1"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Column("received_at", Time, nullable=False),
    UniqueConstraint("channel", "key"),
    Index("ix_inbox_state_lane_id", "state", "lane", "id"),
    Index("ix_inbox_waiting", "state", "priority", "id"),
)

# `telegram:7` for the person whose updates are worked, `chat:…` for the chat that is sent to. One owner at a time.
leases = Table(
    "leases",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("until", Float, nullable=False),
)

# Written in the commit that decides it. `fact` is never lost, `answer` goes first in its chat and expires.
outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("chat", BigInt, nullable=False),
    Column("person", BigInt),
    Column("klass", String(8), nullable=False),
    # a card edited in place, a ring, a card shown; say; strip; menu; or what is made for it (bot/making/makers.py)
    Column("kind", String(8), nullable=False),
    Column("district", String(6)),
    Column("case", BigInt),
    Column("seq", Integer),
    Column("audience", String(12), nullable=False, default=""),
    Column("conversation", BigInt),
    Column("payload", Json),
    # of a notice that must be written once: what it is of, for whom, and of which moment
    Column("dedupe", String(120), unique=True),
    Column("urgent", Boolean, nullable=False, default=False),
    # 0 urgent, 1 an answer, 2 a fact, 3 what nobody waits for
    Column("priority", SmallInteger, nullable=False, default=2),
    # waiting, kept (until the quiet hours are over), sent, merged, listed, expired, failed (a dead letter) or dropped
    Column("state", String(8), nullable=False, default="waiting"),
    Column("attempts", Integer, nullable=False, default=0),
    # how many of the messages that the platform makes of it have arrived
    Column("parts", Integer, nullable=False, default=0),
    # seconds since 1970 by the database's clock
    Column("not_before", Float, nullable=False, default=0.0),
    Column("expires_at", Float),
    # of what is kept: the moment by the business clock when it waits to be sent
    Column("release_at", Time),
    Column("error", String(200), nullable=False, default=""),
    Column("cause", String(40), nullable=False, default=""),
    Column("created_at", Time, nullable=False),
    Column("sent_at", Float),
    Index("ix_outbox_state_chat_id", "state", "chat", "id"),
    Index("ix_outbox_state_priority_id", "state", "priority", "id"),
    Index(
        "ix_outbox_release_at",
        "release_at",
        postgresql_where=text("release_at IS NOT NULL"),
        sqlite_where=text("release_at IS NOT NULL"),
    ),
)

# When a platform may be spoken to again: a row a bot and a group. All copies share it.
paces = Table(
    "paces",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("at", Float, nullable=False),
    # of a group: when it was sent to lately
    Column("stamps", Json),
    # of a bot: the chat that was too much for it last, and until when
    Column("limited_chat", BigInt),
    Column("limited_until", Float),
)

meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Json, nullable=False))

# The browser chat's own platform: what its server would keep for it.
phone_messages = Table(
    "phone_messages",
    metadata,
    key(),
    Column("address", String(64), nullable=False),
    Column("mine", Boolean, nullable=False),
    Column("body", Json, nullable=False),
    # grows with every change, so that a page asks for what is new
    Column("revision", BigInt, nullable=False, index=True),
    Column("at", Time, nullable=False),
)
