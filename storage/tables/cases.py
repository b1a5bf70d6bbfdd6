"""Cases, their rounds, assignments, parties and history. The district stands in every key (docs/decisions/0006)."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import BigInt, Json, Time, metadata

cases = Table(
    "cases",
    metadata,
    Column("district", String(6), primary_key=True),
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("number", String(32), nullable=False),
    Column("matter", String(40), nullable=False),
    Column("unit", ForeignKey("units.code"), nullable=False),
    # the unit's path at reporting time, for scopes
    Column("path", String(240), nullable=False),
    Column("desk", String(24), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("disputes", Integer, nullable=False),
    Column("decided", Boolean, nullable=False, default=False),
    # the entry in which those who act together agreed
    Column("plan", Integer, nullable=False, default=0, server_default="0"),
    Column("pending", String(20), nullable=False, default=""),
    Column("urgent", Boolean, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("place", String(240), nullable=False),
    Column("lat", String(20)),
    Column("lon", String(20)),
    Column("source", String(20), nullable=False, default="resident"),
    Column("outside", String(60), nullable=False, default=""),
    Column("outside_due", Time),
    # the first of many like it within minutes
    Column("storm", BigInt),
    Column("words", ForeignKey("texts.id"), nullable=False),
    # one draft becomes one case
    Column("draft", BigInt),
    Column("part", String(12), nullable=False, default="whole"),
    Column("tag", Json, nullable=False),
    Column("holder", BigInt),
    Column("reported_at", Time, nullable=False),
    Column("entered_at", Time, nullable=False),
    Column("clocked_at", Time),
    Column("next_at", Time),
    Column("policy", String(24), nullable=False),
    Column("taxonomy", String(24), nullable=False),
    Column("head", String(64), nullable=False),
    # when its words were erased
    Column("erased_at", Time),
    UniqueConstraint("district", "number"),
    UniqueConstraint("district", "draft", "part"),
    # what is due costs what is due, not what is open
    Index(
        "ix_cases_next_at",
        "next_at",
        postgresql_where=text("next_at IS NOT NULL"),
        sqlite_where=text("next_at IS NOT NULL"),
    ),
    Index("ix_cases_holder_state", "holder", "state"),
    Index("ix_cases_desk_state", "desk", "state"),
    # what is open, and what ended lately
    Index("ix_cases_state_entered_at", "state", "entered_at"),
    Index(
        "ix_cases_draft",
        "draft",
        postgresql_where=text("draft IS NOT NULL"),
        sqlite_where=text("draft IS NOT NULL"),
    ),
    # what is old enough to be forgotten
    Index(
        "ix_cases_entered_at",
        "entered_at",
        postgresql_where=text("erased_at IS NULL"),
        sqlite_where=text("erased_at IS NULL"),
    ),
    # what lies under a unit: boards, storms
    Index("ix_cases_path", "path", postgresql_ops={"path": "varchar_pattern_ops"}),
    # another system's case comes in once
    Index(
        "uq_cases_source_outside",
        "source",
        "outside",
        unique=True,
        postgresql_where=text("outside <> ''"),
        sqlite_where=text("outside <> ''"),
    ),
)


def _of_case() -> tuple[Column[str], Column[int], ForeignKeyConstraint]:
    return (
        Column("district", String(6), primary_key=True),
        Column("case", BigInt, primary_key=True, autoincrement=False),
        ForeignKeyConstraint(["district", "case"], ["cases.district", "cases.id"]),
    )


rounds = Table(
    "rounds",
    metadata,
    *_of_case(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started_at", Time),
    Column("ack_due", Time),
    Column("contact_due", Time),
    Column("due", Time),
    Column("accepted_at", Time),
    Column("contacted_at", Time),
    Column("resolved_at", Time),
    Column("resolved_by", BigInt),
    Column("outcome", String(20), nullable=False, default=""),
    Column("appointed_at", Time),
    Column("due_before", Time),
    Column("yellow_at", Time),
)

assignments = Table(
    "assignments",
    metadata,
    *_of_case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("round", Integer, nullable=False),
    Column("unit", String(24), nullable=False),
    Column("person", BigInt, nullable=False),
    Column("given_at", Time, nullable=False),
    Column("lead", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("hours", String(40), nullable=False, default=""),
    # of a part
    Column("due", Time),
    Column("accepted_at", Time),
    Column("ended_at", Time),
    Index("ix_assignments_person", "person"),
)

parties = Table(
    "parties",
    metadata,
    *_of_case(),
    Column("person", BigInt, primary_key=True, autoincrement=False),
    Column("part", String(12), primary_key=True),
    Column("chat", BigInt),
    # what a subject is to the proxy: "mother"
    Column("relation", String(20), nullable=False, default=""),
    Index("ix_parties_person", "person"),
)

# Appended only. Free words live in `texts`; here stands their salted digest, so that erasing keeps the chain whole.
entries = Table(
    "entries",
    metadata,
    *_of_case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("action", String(20), nullable=False),
    Column("at", Time, nullable=False),
    Column("hat", String(12), nullable=False),
    Column("by", BigInt, index=True),
    Column("before", String(12)),
    Column("after", String(12), nullable=False),
    Column("given", Json, nullable=False),
    Column("words", ForeignKey("texts.id")),
    Column("media", Json, nullable=False),
    Column("cause", String(40), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_entries_district_at", "district", "at"),
)

# Every night one more: whoever rewrites the history of a day must rewrite every seal after it, in every copy kept.
seals = Table(
    "seals",
    metadata,
    Column("district", String(6), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("begins", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("entries", Integer, nullable=False),
    # over the entries of the day, and over that and the seal before
    Column("root", String(64), nullable=False),
    Column("head", String(64), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    *_of_case(),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("stars", String(12), nullable=False),
    Column("at", Time, nullable=False),
)

serials = Table(
    "serials",
    metadata,
    Column("district", String(6), primary_key=True),
    Column("day", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)
