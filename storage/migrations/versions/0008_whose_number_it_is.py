"""Whose number it is, as far as that is proven; ids that are never given twice; what is looked up while erasing."""

import sqlalchemy as sa
from alembic import op

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


def downgrade() -> None:
    op.drop_column("contacts", "proven")
