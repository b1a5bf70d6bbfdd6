"""Up, down, and up again with data in it; and what the code says is what the database has."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from storage.database import schema
from storage.database.engine import Database
from storage.tables import inbox, metadata


@pytest.fixture
def database(url: str) -> Database:
    made = Database(url, durable=False)
    with made.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    return made


def test_up_gives_what_the_code_says_and_down_nothing(database: Database) -> None:
    schema.upgrade(database)
    assert schema.difference(database) == []
    with database.look() as connection:
        assert schema.current(connection) == schema.head()
    schema.downgrade(database, "base")
    with database.look() as connection:
        assert schema.current(connection) is None
    schema.upgrade(database)
    database.close()


def test_an_upgrade_keeps_what_is_there(database: Database) -> None:
    schema.upgrade(database, "0001")
    with database.begin() as connection:
        for number in range(50):
            # as the version of then wrote it
            connection.execute(
                text(
                    "INSERT INTO inbox (channel, key, lane, raw, state, attempts, error, received_at) "
                    "VALUES ('web', :key, 'web:a', :raw, 'waiting', 0, '', '2026-11-24 02:00:00')"
                ),
                {"key": str(number), "raw": json.dumps({"text": "电梯坏了"})},
            )
    schema.upgrade(database)
    with database.look() as connection:
        assert connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 50
        assert connection.execute(select(inbox.c.raw).limit(1)).scalar_one() == {"text": "电梯坏了"}
    database.close()


def test_every_revision_has_a_way_back() -> None:
    for path in sorted((Path(schema.MIGRATIONS) / "versions").glob("*.py")):
        body = path.read_text().partition("def downgrade")[2]
        assert "op." in body, path.name
