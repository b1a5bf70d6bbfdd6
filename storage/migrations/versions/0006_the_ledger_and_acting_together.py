"""The ledger, rosters of duty, and several units on one case."""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt, Json, Time

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("plan", sa.Integer(), nullable=False, server_default="0"))
    for name in ("due", "accepted_at", "ended_at"):
        op.add_column("assignments", sa.Column(name, Time(), nullable=True))
    part = sa.text("NOT lead")
    op.create_index("ix_assignments_person", "assignments", ["person"], postgresql_where=part, sqlite_where=part)
    op.add_column("persons", sa.Column("taught", sa.String(8), nullable=False, server_default="acr"))
    op.add_column("persons", sa.Column("silent_at", Time(), nullable=True))
    homes = sa.text("home <> ''")
    op.create_index("ix_persons_home", "persons", ["home", "id"], postgresql_where=homes, sqlite_where=homes)
    op.add_column("media", sa.Column("made", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.execute("UPDATE media SET made = true WHERE name IN ('wangge-my-data.json', 'chart.png')")
    op.add_column("invitations", sa.Column("many", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("inbox", sa.Column("priority", sa.SmallInteger(), nullable=False, server_default="1"))
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index("ix_inbox_waiting", "inbox", ["state", "priority", "id"])
    _items()
    _beside_items()
    op.create_table(
        "rosters",
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("begins", Time(), nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("ends", Time(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_rosters_unit")),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_rosters_person")),
        sa.PrimaryKeyConstraint("unit", "begins", "person", name=op.f("pk_rosters")),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("district", sa.String(6), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("path", sa.String(240), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("by", BigInt, nullable=True),
        sa.Column("keeper", BigInt, nullable=True),
        sa.Column("case", BigInt, nullable=True),
        sa.Column("title", BigInt, nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Time(), nullable=False),
        sa.Column("entered_at", Time(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_items_unit")),
        sa.ForeignKeyConstraint(["title"], ["texts.id"], name=op.f("fk_items_title")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("district", "number", name=op.f("uq_items_district_number")),
    )
    op.create_index("ix_items_path_kind", "items", ["path", "kind"], postgresql_ops={"path": "varchar_pattern_ops"})
    op.create_index("ix_items_keeper", "items", ["keeper"])
    of_case = sa.text('"case" IS NOT NULL')
    op.create_index(
        "ix_items_district_case", "items", ["district", "case"], postgresql_where=of_case, sqlite_where=of_case
    )


def _beside_items() -> None:
    op.create_table(
        "members",
        sa.Column("item", BigInt, nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("part", sa.String(12), nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_members_item")),
        sa.PrimaryKeyConstraint("item", "person", "part", name=op.f("pk_members")),
    )
    op.create_index("ix_members_person", "members", ["person"])
    op.create_table(
        "notes",
        sa.Column("item", BigInt, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("at", Time(), nullable=False),
        sa.Column("by", BigInt, nullable=True),
        sa.Column("given", Json, nullable=False),
        sa.Column("words", BigInt, nullable=True),
        sa.Column("media", Json, nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_notes_item")),
        sa.ForeignKeyConstraint(["words"], ["texts.id"], name=op.f("fk_notes_words")),
        sa.PrimaryKeyConstraint("item", "seq", name=op.f("pk_notes")),
    )
    op.create_table(
        "duties",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("item", BigInt, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("person", BigInt, nullable=True),
        sa.Column("unit", sa.String(24), nullable=False),
        sa.Column("words", BigInt, nullable=True),
        sa.Column("made_at", Time(), nullable=False),
        sa.Column("due", Time(), nullable=False),
        sa.Column("due_before", Time(), nullable=True),
        sa.Column("done_at", Time(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("next_at", Time(), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name=op.f("fk_duties_item")),
        sa.ForeignKeyConstraint(["words"], ["texts.id"], name=op.f("fk_duties_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
    )
    op.create_index("ix_duties_item", "duties", ["item"])
    waits = sa.text("next_at IS NOT NULL")
    op.create_index("ix_duties_next_at", "duties", ["next_at"], postgresql_where=waits, sqlite_where=waits)
    op.create_index("ix_duties_person_state", "duties", ["person", "state"])


def downgrade() -> None:
    op.drop_table("rosters")
    for name in ("duties", "notes", "members", "items"):
        op.drop_table(name)
    op.drop_index("ix_inbox_waiting", "inbox")
    op.create_index("ix_inbox_waiting", "inbox", ["state", "id"])
    op.drop_column("inbox", "priority")
    op.drop_column("media", "made")
    op.drop_column("invitations", "many")
    op.drop_index("ix_persons_home", "persons")
    op.drop_column("persons", "silent_at")
    op.drop_column("persons", "taught")
    op.drop_index("ix_assignments_person", "assignments")
    for name in ("ended_at", "accepted_at", "due"):
        op.drop_column("assignments", name)
    op.drop_column("cases", "plan")
