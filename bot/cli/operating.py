"""wangge backup, wangge letters, wangge blocks: what an operator does while the bot runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.mistakes import Mistakes
from config.settings import Settings, load

if TYPE_CHECKING:
    from storage.database.engine import Connection, Database
    from storage.traffic.letters import Letter

letters = typer.Typer(no_args_is_help=True, help="What could not be worked, or not be delivered.")
blocks = typer.Typer(no_args_is_help=True, help="Who is not listened to for a while.")
Names = Annotated[list[str], typer.Argument(metavar="NAME…", help="as `wangge letters list` names them, or: all")]
Who = Annotated[str, typer.Argument(metavar="CHANNEL:USER", help="telegram:7")]


@contextmanager
def database_of_this_version(settings: Settings | None = None) -> Iterator["Database"]:
    """Raises Mistakes when its tables are not those of this version."""
    from bot.composition import open_database
    from storage.database import schema

    database = open_database(settings or load())
    try:
        with database.look() as connection:
            if trouble := schema.trouble(connection):
                raise Mistakes([trouble])
        yield database
    finally:
        database.close()


def backup(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """A copy of the SQLite database, made while the bot runs. PostgreSQL has a tool of its own."""
    import sqlite3

    from storage.counts.health import shown_url
    from storage.database import backup as the_backup

    with database_of_this_version() as database:
        if not database.sqlite:
            raise Mistakes(
                [
                    f"PostgreSQL is copied by its own tool: pg_dump --format=custom --file={file} "
                    f"'{shown_url(load().url)}' (docs/howto/backup.md)"
                ]
            )
        try:
            the_backup.to_file(database, file)
        except (OSError, sqlite3.Error) as error:
            raise Mistakes([f"{file}: not written: {error}; what stood there before stands there still"]) from error
    print(f"{file}: {file.stat().st_size // 1024} KiB. The key for telephone numbers is not in it: keep that apart.")


@letters.command("list")
def listed() -> None:
    """Each with its name, when it came, how often it was tried, and why it failed."""
    from bot.logs import hidden
    from storage.traffic import letters as the_letters

    with database_of_this_version() as database, database.look() as connection:
        found = the_letters.listed(connection)
    for letter in found:
        print(
            f"{letter.name}  {letter.at:%Y-%m-%d %H:%M}Z  {letter.channel}  tried {letter.attempts}  "
            f"{hidden(letter.error.splitlines()[0] if letter.error else '')}"
        )
    print(f"{len(found)} letters" if found else "none: everything was worked and delivered")


@letters.command()
def retry(names: Names) -> None:
    """Work or deliver them once more; a running bot finds them within a second."""
    from storage.traffic import letters as the_letters

    print(f"{_each(names, the_letters.retry)} wait again")


@letters.command()
def drop(names: Names) -> None:
    """Let them go for good: their words are deleted."""
    from storage.traffic import letters as the_letters

    print(f"{_each(names, the_letters.drop)} dropped")


def _each(names: list[str], what: "Callable[[Connection, Letter], None]") -> int:
    """How many of them there were."""
    from storage.traffic import letters as the_letters

    with database_of_this_version() as database, database.begin() as connection:
        chosen = _chosen(the_letters.listed(connection), names)
        for letter in chosen:
            what(connection, letter)
    return len(chosen)


def _chosen(found: list["Letter"], names: list[str]) -> list["Letter"]:
    """Raises Mistakes naming every name that nothing has."""
    if names == ["all"]:
        return found
    known = {letter.name: letter for letter in found}
    if wrong := [name for name in names if name not in known]:
        raise Mistakes([f"{name}: no such letter; see `wangge letters list`" for name in wrong])
    return [known[name] for name in names]


@blocks.command("list")
def blocked() -> None:
    """Who, until when, and why."""
    from storage.people import blocks as the_blocks

    with database_of_this_version() as database, database.look() as connection:
        for user, name, block in the_blocks.listed(connection):
            until = f"{block.until:%Y-%m-%d %H:%M}Z" if block.until else "without end"
            print(f"{user}  {name}  until {until}: {block.reason}")


@blocks.command()
def add(who: Who, reason: Annotated[str, typer.Argument()], days: Annotated[int, typer.Option(min=1)] = 30) -> None:
    """Not listen to somebody, except in an emergency; it is said to them once, with the reason and the end."""
    from datetime import timedelta

    from bot.parts.clock import SystemClock
    from storage.people import blocks as the_blocks

    now = SystemClock().now()
    with database_of_this_version() as database, database.begin() as connection:
        the_blocks.add(connection, _known(connection, who), reason, "operator", now, now + timedelta(days=days))
    print(f"{who} is not listened to for {days} days")


@blocks.command()
def remove(who: Who) -> None:
    """Listen again."""
    from storage.people import blocks as the_blocks

    with database_of_this_version() as database, database.begin() as connection:
        if not the_blocks.remove(connection, _known(connection, who)):
            raise Mistakes([f"{who} is not blocked"])
    print(f"{who} is listened to")


def _known(connection: object, who: str) -> int:
    """Raises Mistakes when nobody is known by this name."""
    from storage.database.engine import Connection
    from storage.people import blocks as the_blocks

    assert isinstance(connection, Connection)
    channel, _, user = who.rpartition(":")
    person = the_blocks.known_as(connection, channel, user)
    if person is None:
        raise Mistakes([f"{who}: nobody wrote under this name"])
    return person
