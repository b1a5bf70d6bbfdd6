"""The ledger: items, who belongs to them, their history, what is to be done by when; and rosters of duty."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from storage.tables.base import BigInt, Json, Time, key, metadata

items = Table(
    "items",
    metadata,
    key(),
    Column("district", String(6), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("number", String(32), nullable=False),
    Column("unit", ForeignKey("units.code"), nullable=False),
    Column("path", String(240), nullable=False),
    Column("state", String(12), nullable=False),
    Column("by", BigInt),
    Column("keeper", BigInt),
    Column("case", BigInt),
    Column("title", ForeignKey("texts.id"), nullable=False),
    # figures and dates, never people's words
    Column("facts", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("entered_at", Time, nullable=False),
    UniqueConstraint("district", "number"),
    Index("ix_items_path_kind", "path", "kind", postgresql_ops={"path": "varchar_pattern_ops"}),
    Index("ix_items_keeper", "keeper"),
    Index(
        "ix_items_district_case",
        "district",
        "case",
        postgresql_where=text('"case" IS NOT NULL'),
        sqlite_where=text('"case" IS NOT NULL'),
    ),
)

members = Table(
    "members",
    metadata,
    Column("item", ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("person", BigInt, primary_key=True, autoincrement=False),
    Column("part", String(12), primary_key=True),
    Column("answer", String(12), nullable=False, default=""),
    Column("unit", String(24), nullable=False, default=""),
    Index("ix_members_person", "person"),
)

# Appended only.
notes = Table(
    "notes",
    metadata,
    Column("item", ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("action", String(12), nullable=False),
    Column("at", Time, nullable=False),
    Column("by", BigInt),
    Column("given", Json, nullable=False),
    Column("words", ForeignKey("texts.id")),
    Column("media", Json, nullable=False),
)

duties = Table(
    "duties",
    metadata,
    key(),
    Column("item", ForeignKey("items.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("person", BigInt),
    Column("unit", String(24), nullable=False),
    Column("words", ForeignKey("texts.id")),
    Column("made_at", Time, nullable=False),
    Column("due", Time, nullable=False),
    Column("due_before", Time),
    Column("done_at", Time),
    Column("state", String(8), nullable=False),
    Column("told", Integer, nullable=False),
    Column("next_at", Time),
    Index(
        "ix_duties_next_at",
        "next_at",
        postgresql_where=text("next_at IS NOT NULL"),
        sqlite_where=text("next_at IS NOT NULL"),
    ),
    Index("ix_duties_person_state", "person", "state"),
)

# 值班: who sits at the desk of a unit, from when to when. Where it says nothing, all its coordinators do.
rosters = Table(
    "rosters",
    metadata,
    Column("unit", ForeignKey("units.code"), primary_key=True),
    Column("begins", Time, primary_key=True),
    Column("person", ForeignKey("persons.id"), primary_key=True),
    Column("ends", Time, nullable=False),
)
