"""Units, people, their posts, chats and contact data."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint, text

from storage.tables.base import BigInt, Time, key, metadata

units = Table(
    "units",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("level", String(12), nullable=False),
    Column("parent", String(24), nullable=False, default=""),
    # codes from the root, each ended by '/': whoever stands above is a prefix
    Column("path", String(240), nullable=False, index=True),
    Column("lat", Float),
    Column("lon", Float),
    # WKT
    Column("boundary", String),
    Column("retired_at", Time),
    # who answers for what was its
    Column("successor", String(24)),
)

unit_places = Table(
    "unit_places",
    metadata,
    Column("unit", ForeignKey("units.code"), primary_key=True),
    Column("name", String(120), primary_key=True),
)

persons = Table(
    "persons",
    metadata,
    key(),
    Column("name", String(80), nullable=False, default=""),
    Column("language", String(5), nullable=False, default="zh"),
    # where a notice reaches them when the case itself names no chat
    Column("chat", BigInt),
    Column("home", String(24), nullable=False, default=""),
    Column("consented_at", Time),
    Column("created_at", Time, nullable=False),
    # when the next list of the day is looked into, for whoever holds a post
    Column("list_at", Time),
    # the steps of a first case that were explained; whoever was here before needs none
    Column("taught", String(8), nullable=False, default="acr", server_default="acr"),
    # wants no notices from the unit
    Column("silent_at", Time),
    # asked to be forgotten: what of them is still needed goes when it is not
    Column("erased_at", Time),
    Index("ix_persons_home", "home", "id", postgresql_where=text("home <> ''"), sqlite_where=text("home <> ''")),
    Index(
        "ix_persons_erased_at",
        "erased_at",
        postgresql_where=text("erased_at IS NOT NULL"),
        sqlite_where=text("erased_at IS NOT NULL"),
    ),
    Index(
        "ix_persons_list_at",
        "list_at",
        postgresql_where=text("list_at IS NOT NULL"),
        sqlite_where=text("list_at IS NOT NULL"),
    ),
)

# Apart, and sealed: whoever reads the other tables reads no telephone number.
contacts = Table(
    "contacts",
    metadata,
    Column("person", ForeignKey("persons.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("masked", String(24), nullable=False),
    # keyed digest, to find a person by number without opening the seal
    Column("digest", String(64), nullable=False, index=True),
    # the platform said that it is theirs, or who keeps the books; else they typed it, as anybody could
    Column("proven", Boolean, nullable=False, default=False, server_default=text("false")),
)

posts = Table(
    "posts",
    metadata,
    Column("person", ForeignKey("persons.id"), primary_key=True),
    Column("role", String(12), primary_key=True),
    Column("unit", ForeignKey("units.code"), primary_key=True),
    Column("since", Time, nullable=False),
    # declared hours (cases/timing/hours.py), and of a micro-worker whether he handles first or is called in
    Column("hours", String(40), nullable=False, default=""),
    Column("mode", String(8), nullable=False, default=""),
    # the B post: who does it when this one cannot
    Column("stand_in", BigInt),
    Index("ix_posts_unit_role", "unit", "role"),
)

# On leave: from the first moment of its first day to the last of its last.
absences = Table(
    "absences",
    metadata,
    key(),
    Column("person", ForeignKey("persons.id"), nullable=False, index=True),
    Column("begins", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("stand_in", ForeignKey("persons.id")),
    # the cases of whoever went are with others
    Column("handed", Boolean, nullable=False, default=False),
    Index("ix_absences_handed_begins", "handed", "begins"),
)

# A chat has its own id, so that a group that becomes a supergroup changes one row.
chats = Table(
    "chats",
    metadata,
    key(),
    Column("channel", String(40), nullable=False),
    Column("address", String(64), nullable=False),
    Column("private", Boolean, nullable=False, default=True),
    Column("unreachable_at", Time),
    # the group of this unit: its cards are shown there
    Column("unit", String(24), index=True),
    # a digest of the command menu it was given
    Column("menu", String(16), nullable=False, default=""),
    UniqueConstraint("channel", "address"),
)

identities = Table(
    "identities",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("user", String(64), primary_key=True),
    Column("person", ForeignKey("persons.id"), nullable=False, index=True),
)

# Not listened to for a while: why, by whom, until when.
blocks = Table(
    "blocks",
    metadata,
    Column("person", ForeignKey("persons.id"), primary_key=True),
    Column("reason", String(200), nullable=False),
    Column("by", String(80), nullable=False),
    Column("since", Time, nullable=False),
    Column("until", Time),
    # when they heard of it
    Column("told_at", Time),
)

# Only a digest of the token: who reads the table can use no invitation.
invitations = Table(
    "invitations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", ForeignKey("persons.id")),
    Column("role", String(12), nullable=False),
    Column("unit", ForeignKey("units.code"), nullable=False),
    Column("created_by", BigInt),
    Column("expires_at", Time, nullable=False),
    Column("used_at", Time),
    Column("used_by", BigInt),
    # a coordinator's word about whoever used it: none is wanted for somebody invited by name
    Column("answered_at", Time),
    # an opening (招募): many may use it
    Column("many", Boolean, nullable=False, default=False, server_default=text("false")),
)
