"""Seals over the history, who is blocked, and when something was forgotten."""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt, Time

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("district", sa.String(6), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("begins", Time(), nullable=False),
        sa.Column("ends", Time(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("district", "day", name=op.f("pk_seals")),
    )
    op.create_table(
        "blocks",
        sa.Column("person", BigInt, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("since", Time(), nullable=False),
        sa.Column("until", Time(), nullable=True),
        sa.Column("told_at", Time(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_blocks_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_blocks")),
    )
    op.add_column("persons", sa.Column("erased_at", Time(), nullable=True))
    op.add_column("cases", sa.Column("erased_at", Time(), nullable=True))
    given = sa.text("erased_at IS NOT NULL")
    op.create_index("ix_persons_erased_at", "persons", ["erased_at"], postgresql_where=given, sqlite_where=given)
    kept = sa.text("erased_at IS NULL")
    op.create_index("ix_cases_entered_at", "cases", ["entered_at"], postgresql_where=kept, sqlite_where=kept)
    op.create_index("ix_entries_district_at", "entries", ["district", "at"])


def downgrade() -> None:
    op.drop_index("ix_entries_district_at", "entries")
    op.drop_index("ix_cases_entered_at", "cases")
    op.drop_index("ix_persons_erased_at", "persons")
    op.drop_column("cases", "erased_at")
    op.drop_column("persons", "erased_at")
    op.drop_table("blocks")
    op.drop_table("seals")
