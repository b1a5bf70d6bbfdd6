"""A database without units, and the desk an import works at."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.database.engine import Connection, Database
from storage.desk import Desk
from tests.stage.town import TUESDAY, empty, standards_of, town_settings


@pytest.fixture
def database(tmp_path: Path, url: str) -> Iterator[Database]:
    made = empty(town_settings(tmp_path, url))
    yield made
    made.close()


@pytest.fixture
def desk_at(tmp_path: Path, url: str) -> Callable[[Connection], Desk]:
    known = standards_of(town_settings(tmp_path, url))
    return lambda connection: Desk(connection, TUESDAY, known, "import")
