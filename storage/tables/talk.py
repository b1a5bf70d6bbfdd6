"""Conversations: what is open, what was drafted, and which message belongs to what."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import BigInt, Json, Time, key, metadata

conversations = Table(
    "conversations",
    metadata,
    key(),
    Column("chat", BigInt, nullable=False),
    Column("person", BigInt, nullable=False),
    Column("flow", String(40), nullable=False),
    Column("flow_version", Integer, nullable=False),
    Column("args", Json, nullable=False),
    # [[question key, answer or look-up result], …]: enough to run the flow again up to here
    Column("steps", Json, nullable=False),
    # key of the question that waits for an answer, and how often it was asked
    Column("asking", String(60), nullable=False, default=""),
    Column("revision", Integer, nullable=False, default=0),
    Column("touched_at", Time, nullable=False),
    Index("ix_conversations_chat_person", "chat", "person"),
    # a number is never used again: an old button must not answer a new question
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    key(),
    Column("person", BigInt, nullable=False),
    Column("chat", BigInt, nullable=False),
    Column("words", ForeignKey("texts.id"), nullable=False),
    Column("media", Json, nullable=False),
    Column("album", String(64)),
    # what was understood, as ids
    Column("facts", Json, nullable=False),
    # open, submitted or dropped
    Column("state", String(12), nullable=False, default="open"),
    Column("created_at", Time, nullable=False),
    # when to ask once about an unanswered draft; empty afterwards
    Column("remind_at", Time),
    Index("ix_drafts_remind_at", "remind_at"),
    Index("ix_drafts_person_state", "person", "state"),
)

# What we heard: an edited or answered message finds its draft (and through it its case).
heard = Table(
    "heard",
    metadata,
    Column("chat", BigInt, primary_key=True, autoincrement=False),
    Column("ref", String(64), primary_key=True),
    Column("draft", BigInt, nullable=False),
)

# What we sent and may touch again: cards, rings and questions with live buttons.
messages = Table(
    "messages",
    metadata,
    key(),
    Column("chat", BigInt, nullable=False),
    Column("ref", String(64), nullable=False),
    Column("district", String(6)),
    Column("case", BigInt),
    Column("person", BigInt),
    Column("conversation", BigInt),
    Column("live", Boolean, nullable=False, default=True),
    # of what the text was, so that an edit that changes nothing is not sent
    Column("digest", String(64), nullable=False, default=""),
    UniqueConstraint("chat", "ref"),
    Index("ix_messages_chat_case", "chat", "case"),
    Index("ix_messages_case_live", "case", "live"),
    Index("ix_messages_conversation", "conversation"),
)
