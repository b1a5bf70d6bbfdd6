"""Whose number it is, as far as that is proven; who said that a case is done; what is looked up while erasing."""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.false()))
    # of staff their places keep the books, and nobody speaks as somebody without a chat
    op.execute(
        "UPDATE contacts SET proven = true"
        " WHERE person IN (SELECT person FROM posts) OR person NOT IN (SELECT person FROM identities)"
    )
    op.add_column("rounds", sa.Column("resolved_by", BigInt, nullable=True))
    op.create_index("ix_media_sha256", "media", ["sha256"])
    op.create_index("ix_entries_by", "entries", ["by"])


def downgrade() -> None:
    op.drop_index("ix_entries_by", "entries")
    op.drop_index("ix_media_sha256", "media")
    op.drop_column("rounds", "resolved_by")
    op.drop_column("contacts", "proven")
