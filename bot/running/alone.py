"""A database in a file is one process's: it holds a lock, so what a killed one held is free at once."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.mistakes import Mistakes
from storage.database import leases
from storage.database.engine import Database

#: seconds a process may take to die, and between two looks
DYING, AGAIN = 2.0, 0.05


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Raises Mistakes when another process has the file and keeps it. On PostgreSQL any number of copies may run."""
    if not database.sqlite:
        yield
        return
    path = Path(f"{database.url.database}.lock")
    with path.open("w") as lock:
        if not _locked(lock):
            raise Mistakes([f"another wangge runs on {database.url.database}: several copies need PostgreSQL"])
        yield


def _locked(lock: IO[str]) -> bool:
    """One that was just killed holds its lock until it is gone."""
    until = time.monotonic() + DYING
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(AGAIN)  # noqa: TID251 - a lock tells nobody that it is free
        else:
            return True


def forget_leases(database: Database) -> None:
    """Of the process that had the file before: it is dead for certain."""
    if database.sqlite:
        with database.begin() as connection:
            leases.forget(connection)
