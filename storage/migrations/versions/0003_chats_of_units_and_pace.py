"""A unit's group, the menu a chat was given, parts of a message already sent, and the pace all copies share."""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt, Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chats", sa.Column("unit", sa.String(24), nullable=True))
    op.add_column("chats", sa.Column("menu", sa.String(16), nullable=False, server_default=""))
    op.create_index("ix_chats_unit", "chats", ["unit"])
    op.add_column("outbox", sa.Column("parts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("priority", sa.SmallInteger(), nullable=False, server_default="2"))
    op.execute("UPDATE outbox SET priority = 0 WHERE urgent")
    op.execute("UPDATE outbox SET priority = 1 WHERE NOT urgent AND klass = 'answer'")
    op.create_index("ix_outbox_state_priority_id", "outbox", ["state", "priority", "id"])
    op.create_table(
        "paces",
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("stamps", Json, nullable=True),
        sa.Column("limited_chat", BigInt, nullable=True),
        sa.Column("limited_until", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paces")),
    )


def downgrade() -> None:
    op.drop_table("paces")
    op.drop_index("ix_outbox_state_priority_id", "outbox")
    op.drop_column("outbox", "priority")
    op.drop_column("outbox", "parts")
    op.drop_index("ix_chats_unit", "chats")
    op.drop_column("chats", "menu")
    op.drop_column("chats", "unit")
