"""Both libraries in turn, the process that forks the bot's, and a PostgreSQL database of one's own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.telegram.stage import Zygote, zygote


@pytest.fixture(params=["ptb", "aiogram"])
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def seed() -> Iterator[Zygote]:
    with zygote() as made:
        yield made


@pytest.fixture
def own_postgresql(servers: Callable[[str], Any], postgresql: str) -> str:
    """The address of an empty database."""
    engine = create_engine(
        postgresql.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS telegram WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE telegram ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()
    return postgresql.replace("/wangge", "/telegram")
