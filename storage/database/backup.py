"""A copy of a SQLite database in a file, made while it is used."""

import os
import sqlite3
from pathlib import Path

from storage.database.engine import Database


def to_file(database: Database, file: Path) -> None:
    """The database as it stood when the copy began, readable by its owner alone, without what was erased from it.

    VACUUM INTO and not the page-wise backup: that begins anew whenever somebody writes, and so never ends. What stands
    under this name is replaced when the copy is complete and sound. Raises OSError, sqlite3.Error.
    """
    if file.resolve() in {Path(f"{database.url.database}{more}").resolve() for more in ("", "-wal", "-shm", ".lock")}:
        raise OSError("that is the database itself")
    half = file.with_name(f"{file.name}.part")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy(str(database.url.database), str(half))
        with half.open("rb") as written:
            os.fsync(written.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _copy(source: str, to: str) -> None:
    connection = sqlite3.connect(source, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", (to,))
    finally:
        connection.close()
    copy = sqlite3.connect(to)
    try:
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
    finally:
        copy.close()
    if sound != "ok":
        raise sqlite3.DatabaseError(sound)
