"""The command line in this process, on the sample town."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import cli
from storage.database import schema
from storage.tables import cases
from tests.stage.town import TUESDAY, Town, settle_in, town


@contextmanager
def migrated(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The sample town where the command line finds it, with the tables that migrations make."""
    patch.setenv("WANGGE_DATA_DIR", str(folder))
    patch.setenv("WANGGE_CONFIG", "")
    patch.chdir(folder)
    with town(folder, f"sqlite:///{folder / 'wangge.db'}") as made:
        with made.database.begin() as connection:
            for table in reversed(cases.metadata.sorted_tables):
                table.drop(connection)
        schema.upgrade(made.database)
        settle_in(made.database, made.settings, TUESDAY)
        yield made


def wangge(*arguments: str) -> None:
    """The command line in this process; raises SystemExit as it does for its caller."""
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    assert ended.value.code in (0, None), arguments
