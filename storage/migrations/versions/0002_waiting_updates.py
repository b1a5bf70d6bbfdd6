"""An index for the oldest waiting update: claiming a lane costs what waits, not what was ever received."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_inbox_waiting", "inbox", ["state", "id"])


def downgrade() -> None:
    op.drop_index("ix_inbox_waiting", "inbox")
