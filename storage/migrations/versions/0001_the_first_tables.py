"""the first tables"""

import sqlalchemy as sa
from alembic import op

from storage.tables.base import BigInt, Json, Time

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
    )
    op.create_table(
        "chats",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("unreachable_at", Time(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_chats_channel_address")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("chat", BigInt, nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("flow", sa.String(length=40), nullable=False),
        sa.Column("flow_version", sa.Integer(), nullable=False),
        sa.Column("args", Json, nullable=False),
        sa.Column("steps", Json, nullable=False),
        sa.Column("asking", sa.String(length=60), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("touched_at", Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index("ix_conversations_chat_person", ["chat", "person"], unique=False)

    op.create_table(
        "heard",
        sa.Column("chat", BigInt, autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("draft", BigInt, nullable=False),
        sa.PrimaryKeyConstraint("chat", "ref", name=op.f("pk_heard")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("lane", sa.String(length=110), nullable=False),
        sa.Column("raw", Json, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("received_at", Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_inbox_channel_key")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_state_lane_id", ["state", "lane", "id"], unique=False)

    op.create_table(
        "leases",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_leases")),
    )
    op.create_table(
        "messages",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("chat", BigInt, nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("case", BigInt, nullable=True),
        sa.Column("person", BigInt, nullable=True),
        sa.Column("conversation", BigInt, nullable=True),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("chat", "ref", name=op.f("uq_messages_chat_ref")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_case_live", ["case", "live"], unique=False)
        batch_op.create_index("ix_messages_chat_case", ["chat", "case"], unique=False)
        batch_op.create_index("ix_messages_conversation", ["conversation"], unique=False)

    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("chat", BigInt, nullable=False),
        sa.Column("person", BigInt, nullable=True),
        sa.Column("klass", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("case", BigInt, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("conversation", BigInt, nullable=True),
        sa.Column("payload", Json, nullable=True),
        sa.Column("dedupe", sa.String(length=120), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("created_at", Time(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_outbox_dedupe")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_state_chat_id", ["state", "chat", "id"], unique=False)

    op.create_table(
        "persons",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("chat", BigInt, nullable=True),
        sa.Column("home", sa.String(length=24), nullable=False),
        sa.Column("consented_at", Time(), nullable=True),
        sa.Column("created_at", Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_table(
        "phone_messages",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("mine", sa.Boolean(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("revision", BigInt, nullable=False),
        sa.Column("at", Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_messages")),
    )
    with op.batch_alter_table("phone_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_messages_revision"), ["revision"], unique=False)

    op.create_table(
        "serials",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("day", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("district", "day", name=op.f("pk_serials")),
    )
    op.create_table(
        "texts",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", Time(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
    )
    op.create_table(
        "units",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False),
        sa.Column("path", sa.String(length=240), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("boundary", sa.String(), nullable=True),
        sa.Column("retired_at", Time(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "cases",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("id", BigInt, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("path", sa.String(length=240), nullable=False),
        sa.Column("desk", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("disputes", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=240), nullable=False),
        sa.Column("lat", sa.String(length=20), nullable=True),
        sa.Column("lon", sa.String(length=20), nullable=True),
        sa.Column("words", BigInt, nullable=False),
        sa.Column("draft", BigInt, nullable=True),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("tag", Json, nullable=False),
        sa.Column("holder", BigInt, nullable=True),
        sa.Column("reported_at", Time(), nullable=False),
        sa.Column("entered_at", Time(), nullable=False),
        sa.Column("clocked_at", Time(), nullable=True),
        sa.Column("next_at", Time(), nullable=True),
        sa.Column("policy", sa.String(length=24), nullable=False),
        sa.Column("taxonomy", sa.String(length=24), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_cases_unit")),
        sa.ForeignKeyConstraint(["words"], ["texts.id"], name=op.f("fk_cases_words")),
        sa.PrimaryKeyConstraint("district", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint("district", "draft", "part", name=op.f("uq_cases_district_draft_part")),
        sa.UniqueConstraint("district", "number", name=op.f("uq_cases_district_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_desk_state", ["desk", "state"], unique=False)
        batch_op.create_index("ix_cases_holder_state", ["holder", "state"], unique=False)
        batch_op.create_index(
            "ix_cases_next_at",
            ["next_at"],
            unique=False,
            postgresql_where=sa.text("next_at IS NOT NULL"),
            sqlite_where=sa.text("next_at IS NOT NULL"),
        )

    op.create_table(
        "contacts",
        sa.Column("person", BigInt, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("masked", sa.String(length=24), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_contacts_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_digest"), ["digest"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("chat", BigInt, nullable=False),
        sa.Column("words", BigInt, nullable=False),
        sa.Column("media", Json, nullable=False),
        sa.Column("album", sa.String(length=64), nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("created_at", Time(), nullable=False),
        sa.Column("remind_at", Time(), nullable=True),
        sa.ForeignKeyConstraint(["words"], ["texts.id"], name=op.f("fk_drafts_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_person_state", ["person", "state"], unique=False)
        batch_op.create_index("ix_drafts_remind_at", ["remind_at"], unique=False)

    op.create_table(
        "identities",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_identities_person")),
        sa.PrimaryKeyConstraint("channel", "user", name=op.f("pk_identities")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_person"), ["person"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", BigInt, nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("created_by", BigInt, nullable=True),
        sa.Column("expires_at", Time(), nullable=False),
        sa.Column("used_at", Time(), nullable=True),
        sa.Column("used_by", BigInt, nullable=True),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_invitations_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_invitations_unit")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_table(
        "media",
        sa.Column("id", BigInt, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", Time(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_media_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_table(
        "posts",
        sa.Column("person", BigInt, nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("since", Time(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["persons.id"], name=op.f("fk_posts_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_posts_unit")),
        sa.PrimaryKeyConstraint("person", "role", "unit", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_unit_role", ["unit", "role"], unique=False)

    op.create_table(
        "unit_places",
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.code"], name=op.f("fk_unit_places_unit")),
        sa.PrimaryKeyConstraint("unit", "name", name=op.f("pk_unit_places")),
    )
    op.create_table(
        "assignments",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("case", BigInt, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("person", BigInt, nullable=False),
        sa.Column("given_at", Time(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "case"], ["cases.district", "cases.id"], name=op.f("fk_assignments_district_case")
        ),
        sa.PrimaryKeyConstraint("district", "case", "seq", name=op.f("pk_assignments")),
    )
    op.create_table(
        "entries",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("case", BigInt, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("at", Time(), nullable=False),
        sa.Column("hat", sa.String(length=12), nullable=False),
        sa.Column("by", BigInt, nullable=True),
        sa.Column("before", sa.String(length=12), nullable=True),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("given", Json, nullable=False),
        sa.Column("words", BigInt, nullable=True),
        sa.Column("media", Json, nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "case"], ["cases.district", "cases.id"], name=op.f("fk_entries_district_case")
        ),
        sa.ForeignKeyConstraint(["words"], ["texts.id"], name=op.f("fk_entries_words")),
        sa.PrimaryKeyConstraint("district", "case", "seq", name=op.f("pk_entries")),
    )
    op.create_table(
        "media_files",
        sa.Column("media", BigInt, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["media"], ["media.id"], name=op.f("fk_media_files_media")),
        sa.PrimaryKeyConstraint("media", "channel", name=op.f("pk_media_files")),
    )
    op.create_table(
        "parties",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("case", BigInt, autoincrement=False, nullable=False),
        sa.Column("person", BigInt, autoincrement=False, nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("chat", BigInt, nullable=True),
        sa.ForeignKeyConstraint(
            ["district", "case"], ["cases.district", "cases.id"], name=op.f("fk_parties_district_case")
        ),
        sa.PrimaryKeyConstraint("district", "case", "person", "part", name=op.f("pk_parties")),
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index("ix_parties_person", ["person"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("case", BigInt, autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stars", sa.String(length=12), nullable=False),
        sa.Column("at", Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "case"], ["cases.district", "cases.id"], name=op.f("fk_ratings_district_case")
        ),
        sa.PrimaryKeyConstraint("district", "case", "round", name=op.f("pk_ratings")),
    )
    op.create_table(
        "rounds",
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("case", BigInt, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", Time(), nullable=True),
        sa.Column("ack_due", Time(), nullable=True),
        sa.Column("contact_due", Time(), nullable=True),
        sa.Column("due", Time(), nullable=True),
        sa.Column("accepted_at", Time(), nullable=True),
        sa.Column("contacted_at", Time(), nullable=True),
        sa.Column("resolved_at", Time(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["district", "case"], ["cases.district", "cases.id"], name=op.f("fk_rounds_district_case")
        ),
        sa.PrimaryKeyConstraint("district", "case", "number", name=op.f("pk_rounds")),
    )


def downgrade() -> None:
    op.drop_table("rounds")
    op.drop_table("ratings")
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index("ix_parties_person")

    op.drop_table("parties")
    op.drop_table("media_files")
    op.drop_table("entries")
    op.drop_table("assignments")
    op.drop_table("unit_places")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("ix_posts_unit_role")

    op.drop_table("posts")
    op.drop_table("media")
    op.drop_table("invitations")
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identities_person"))

    op.drop_table("identities")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_drafts_remind_at")
        batch_op.drop_index("ix_drafts_person_state")

    op.drop_table("drafts")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_digest"))

    op.drop_table("contacts")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cases_next_at",
            postgresql_where=sa.text("next_at IS NOT NULL"),
            sqlite_where=sa.text("next_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_cases_holder_state")
        batch_op.drop_index("ix_cases_desk_state")

    op.drop_table("cases")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))

    op.drop_table("units")
    op.drop_table("texts")
    op.drop_table("serials")
    with op.batch_alter_table("phone_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phone_messages_revision"))

    op.drop_table("phone_messages")
    op.drop_table("persons")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_state_chat_id")

    op.drop_table("outbox")
    op.drop_table("meta")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_conversation")
        batch_op.drop_index("ix_messages_chat_case")
        batch_op.drop_index("ix_messages_case_live")

    op.drop_table("messages")
    op.drop_table("leases")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_state_lane_id")

    op.drop_table("inbox")
    op.drop_table("heard")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index("ix_conversations_chat_person")

    op.drop_table("conversations")
    op.drop_table("chats")
    op.drop_table("blobs")
