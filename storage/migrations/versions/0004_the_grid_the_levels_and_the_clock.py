"""Leave and stand-ins, hours, extensions, appointments, cases of other systems, storms, notices kept for morning."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt, Time

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ADDED: dict[str, list[sa.Column[Any]]] = {
    "cases": [
        sa.Column("decided", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("pending", sa.String(20), nullable=False, server_default=""),
        sa.Column("source", sa.String(20), nullable=False, server_default="resident"),
        sa.Column("outside", sa.String(60), nullable=False, server_default=""),
        sa.Column("outside_due", Time(), nullable=True),
        sa.Column("storm", BigInt, nullable=True),
    ],
    "rounds": [sa.Column(name, Time(), nullable=True) for name in ("appointed_at", "due_before", "yellow_at")],
    "assignments": [sa.Column("hours", sa.String(40), nullable=False, server_default="")],
    "parties": [sa.Column("relation", sa.String(20), nullable=False, server_default="")],
    "persons": [sa.Column("list_at", Time(), nullable=True)],
    "posts": [
        sa.Column("hours", sa.String(40), nullable=False, server_default=""),
        sa.Column("mode", sa.String(8), nullable=False, server_default=""),
        sa.Column("stand_in", BigInt, nullable=True),
    ],
    "invitations": [sa.Column("answered_at", Time(), nullable=True)],
    "units": [sa.Column("successor", sa.String(24), nullable=True)],
    "outbox": [sa.Column("release_at", Time(), nullable=True)],
}


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", BigInt, sa.Identity(), nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("begins", Time(), nullable=False),
        sa.Column("ends", Time(), nullable=False),
        sa.Column("stand_in", BigInt, nullable=True),
        sa.Column("handed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_absences_person")),
        sa.ForeignKeyConstraint(["stand_in"], ["persons.id"], name=op.f("fk_absences_stand_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_person", "absences", ["person"])
    op.create_index("ix_absences_handed_begins", "absences", ["handed", "begins"])
    for table, columns in ADDED.items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("ix_cases_path", "cases", ["path"], postgresql_ops={"path": "varchar_pattern_ops"})
    not_empty = sa.text("outside <> ''")
    op.create_index(
        "uq_cases_source_outside",
        "cases",
        ["source", "outside"],
        unique=True,
        postgresql_where=not_empty,
        sqlite_where=not_empty,
    )
    for table, name in (("persons", "list_at"), ("outbox", "release_at")):
        given = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_{table}_{name}", table, [name], postgresql_where=given, sqlite_where=given)
    # who holds a post today looks at tomorrow's list
    op.execute("UPDATE persons SET list_at = created_at WHERE id IN (SELECT person FROM posts)")


def downgrade() -> None:
    for table, name in (("persons", "list_at"), ("outbox", "release_at")):
        op.drop_index(f"ix_{table}_{name}", table)
    op.drop_index("uq_cases_source_outside", "cases")
    op.drop_index("ix_cases_path", "cases")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column.name)
    op.drop_table("absences")
