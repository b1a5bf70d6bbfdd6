"""A database in a file is one process's: it holds a lock, so what a killed one held is free at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.mistakes import Mistakes
from storage import leases
from storage.engine import Database


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Raises Mistakes when another process has the file. On PostgreSQL any number of copies may run."""
    if not database.sqlite:
        yield
        return
    path = Path(f"{database.url.database}.lock")
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Mistakes(
                [f"another wangge runs on {database.url.database}: several copies need PostgreSQL"]
            ) from error
        yield


def forget_leases(database: Database) -> None:
    """Of the process that had the file before: it is dead for certain."""
    if database.sqlite:
        with database.begin() as connection:
            leases.forget(connection)
