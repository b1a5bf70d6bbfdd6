"""Indexes for what is looked up at a million cases: a draft's cases, somebody's rounds, cases by state."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    drafted = sa.text("draft IS NOT NULL")
    op.create_index("ix_cases_draft", "cases", ["draft"], postgresql_where=drafted, sqlite_where=drafted)
    op.create_index("ix_cases_state_entered_at", "cases", ["state", "entered_at"])
    op.drop_index("ix_assignments_person", "assignments")
    op.create_index("ix_assignments_person", "assignments", ["person"])


def downgrade() -> None:
    op.drop_index("ix_assignments_person", "assignments")
    part = sa.text("NOT lead")
    op.create_index("ix_assignments_person", "assignments", ["person"], postgresql_where=part, sqlite_where=part)
    op.drop_index("ix_cases_state_entered_at", "cases")
    op.drop_index("ix_cases_draft", "cases")
