"""What people said and sent: words that can be erased, and media with their own id, hash and bytes."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text, false

from storage.tables.base import Time, key, metadata

texts = Table(
    "texts",
    metadata,
    key(),
    Column("body", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("erased_at", Time),
)

# The blob store all copies share; the same bytes are kept once.
blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

media = Table(
    "media",
    metadata,
    key(),
    Column("kind", String(12), nullable=False),
    Column("mime", String(80), nullable=False, default=""),
    Column("name", String(120), nullable=False, default=""),
    Column("size", Integer, nullable=False),
    Column("sha256", ForeignKey("blobs.sha256"), nullable=False, index=True),
    # made by us for one reader, and kept for a few days only
    Column("made", Boolean, nullable=False, default=False, server_default=false()),
    Column("created_at", Time, nullable=False),
)

# A platform's own name for a file we sent it before: sent again without uploading. Per bot.
media_files = Table(
    "media_files",
    metadata,
    Column("media", ForeignKey("media.id"), primary_key=True),
    Column("channel", String(40), primary_key=True),
    Column("file", String(200), nullable=False),
)
