"""Engines for both databases, their threads, and the database's own clock."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float

from cases.errors import Bug, Transient

__all__ = ["Connection", "Database", "db_now", "relaxed", "transient"]

T = TypeVar("T")


class db_now(FunctionElement[float]):  # noqa: N801 - reads as the SQL function it is
    """Seconds since 1970 by the database's clock: leases and pacing of all copies agree on it."""

    type = Float()
    inherit_cache = True
    name = "db_now"


@compiles(db_now, "sqlite")
def _sqlite_now(element: db_now, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ARG001
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(db_now, "postgresql")
def _postgresql_now(element: db_now, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ARG001
    return "extract(epoch FROM clock_timestamp())::float8"


def relaxed(connection: Connection) -> None:
    """What is written in this transaction is not waited for on PostgreSQL's disk. For leases and turns alone: after a
    crash of the server nobody holds them anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


class Database:
    """One writer thread on SQLite, a small pool on PostgreSQL; readers apart. `write` is one transaction."""

    def __init__(self, url: str, *, writers: int = 6, readers: int = 4, makers: int = 2, durable: bool = True) -> None:
        """`durable=False` (tests) skips fsync on SQLite."""
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        writers = 1 if self.sqlite else writers
        # a writer whose connection died is tried again like any Transient; a page that reads is not
        self._writing = self._engine(writers, "BEGIN IMMEDIATE", durable, ping=False)
        self._reading = self._engine(readers + makers, "BEGIN", durable, ping=True)
        self._writer = ThreadPoolExecutor(writers, thread_name_prefix="db-write")
        self._reader = ThreadPoolExecutor(readers, thread_name_prefix="db-read")
        self._maker = ThreadPoolExecutor(makers, thread_name_prefix="db-make")

    def _engine(self, size: int, begin: str, durable: bool, *, ping: bool) -> Engine:
        if not self.sqlite:
            return create_engine(
                self.url,
                pool_size=size,
                max_overflow=0,
                pool_pre_ping=ping,
                connect_args={"connect_timeout": 5},
                isolation_level="READ COMMITTED",
                hide_parameters=True,
            )
        engine = create_engine(
            self.url,
            pool_size=size,
            max_overflow=0,
            connect_args={"check_same_thread": False, "timeout": 30},
            hide_parameters=True,  # what people wrote is in no error and no log
        )

        @event.listens_for(engine, "connect")
        def configure(connection: Any, _: Any) -> None:
            connection.isolation_level = None  # we say BEGIN ourselves
            for pragma in (
                "journal_mode=WAL",
                f"synchronous={'FULL' if durable else 'OFF'}",
                "foreign_keys=ON",
                "case_sensitive_like=ON",
            ):  # else no index serves LIKE
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A write transaction in this thread. Raises Transient when the database cannot do it now."""
        with transient(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A read transaction in this thread."""
        with transient(), self._reading.connect() as connection:
            yield connection

    async def write(self, work: Callable[..., T], *args: Any) -> T:
        """Run `work(connection, *args)` as one transaction in a writer thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._run, self.begin, work, args)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._run, self.look, work, args)

    async def make(self, work: Callable[..., T], *args: Any) -> T:
        """As `read`, for what takes seconds: figures and sheets, which no answer waits for."""
        return await asyncio.get_running_loop().run_in_executor(self._maker, self._run, self.look, work, args)

    @staticmethod
    def _run(enter: Any, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        with enter() as connection:
            try:
                return work(connection, *args)
            except StopIteration as error:  # no future can carry it: whoever waits would wait for ever
                raise Bug("a search that found nothing") from error

    def close(self) -> None:
        self._writer.shutdown()
        self._reader.shutdown()
        self._maker.shutdown()
        self._writing.dispose()
        self._reading.dispose()


@contextmanager
def transient() -> Iterator[None]:
    """Busy, gone, full, or lost a race: worth another try. Everything else is left as it is."""
    try:
        yield
    except (OperationalError, InterfaceError, IntegrityError, PoolTimeout) as error:
        raise Transient(f"database: {str(error.args[0] if error.args else error).splitlines()[0]}") from error
    except DBAPIError as error:
        if error.connection_invalidated or getattr(error.orig, "sqlstate", "") in {"40001", "40P01"}:
            raise Transient(f"database: {error.orig}") from error
        raise
