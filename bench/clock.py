"""A tick costs what is due, not what is open: 1,000,000 open cases with 10,000 due against 10,000 open, all due.

    python -m bench.clock [OPEN]        OPEN cases in the large database, 1,000,000 by default

Both databases hold the same due cases; the others are open and due later. Measured is what a tick does with each due
case: claimed, loaded, ticked, committed. Then four copies on PostgreSQL claim the rest: every case is ticked once.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bench.stage import Stage, stages
from bot.clockwork.ticks import Ticks
from storage import due
from storage.database.engine import Connection, Database
from storage.desk import Desk
from storage.tables import assignments, cases, entries, parties, posts, rounds, texts
from tests.stage.town import TUESDAY, standards_of

DUE, BATCH, MEASURED = 10_000, 5_000, 2_000
COPIES = 4
GRID, PATH = "370481001001002", "370481/370481001/370481001001/370481001001002/"


def rows(first: int, count: int, holder: int, words: int, *, now: bool) -> Iterator[dict[str, Any]]:
    """Cases in work; `now`: about to be late at this very moment, else in a month."""
    for number in range(first, first + count):
        before = TUESDAY - timedelta(days=2)
        yield {
            "district": "370481",
            "id": number,
            "number": f"370481-20261101-{number}",
            "matter": "sanitation",
            "unit": GRID,
            "path": PATH,
            "desk": "370481001001",
            "state": "working",
            "version": 3,
            "round": 1,
            "returns": 0,
            "disputes": 0,
            "urgent": False,
            "confidential": False,
            "private": False,
            "place": "",
            "words": words,
            "tag": {},
            "holder": holder,
            "reported_at": before,
            "entered_at": before,
            "clocked_at": before,
            "policy": "",
            "taxonomy": "",
            "head": "",
            "next_at": TUESDAY if now else TUESDAY + timedelta(days=30),
        }


def fill(database: Database, total: int, holder: int) -> None:
    with database.begin() as connection:
        query = texts.insert().values(body="垃圾没人收", salt=b"", digest="").returning(texts.c.id)
        words = connection.execute(query).scalar_one()
    for first in range(1, total + 1, BATCH):
        many = list(rows(first, min(BATCH, total + 1 - first), holder, words, now=first <= DUE))
        keys = [{"district": row["district"], "case": row["id"]} for row in many]
        at = TUESDAY if first <= DUE else TUESDAY + timedelta(days=30)
        round_ = {
            "number": 1,
            "started_at": TUESDAY - timedelta(days=2),
            "accepted_at": TUESDAY - timedelta(days=2),
            "contacted_at": TUESDAY - timedelta(days=2),
            "due": at,
            "yellow_at": at,
            "outcome": "",
        }
        lead = {
            "seq": 1,
            "round": 1,
            "unit": GRID,
            "person": holder,
            "given_at": TUESDAY - timedelta(days=2),
            "lead": True,
            "state": "open",
        }
        with database.begin() as connection:
            connection.execute(cases.insert(), many)
            connection.execute(rounds.insert(), [key | round_ for key in keys])
            connection.execute(assignments.insert(), [key | lead for key in keys])
            connection.execute(parties.insert(), [key | {"person": holder, "part": "reporter"} for key in keys])
    with database.begin() as connection:
        if not database.sqlite:
            connection.exec_driver_sql("ANALYZE")


def tick(database: Database, law: Any, count: int) -> float:
    """Milliseconds a due case."""
    started = time.perf_counter()
    for _ in range(count):
        with database.begin() as connection:
            key = due.claim(connection, TUESDAY)
            assert key
            due.work(Desk(connection, TUESDAY, law, "bench"), key)
    return 1000 * (time.perf_counter() - started) / count


def idle(database: Database, count: int = 200) -> float:
    """Milliseconds of a look when nothing is due."""
    started = time.perf_counter()
    for _ in range(count):
        with database.begin() as connection:
            due.claim(connection, TUESDAY - timedelta(days=365))
    return 1000 * (time.perf_counter() - started) / count


async def shared(stage: Stage, left: int) -> None:
    """Copies of the house tick until nothing is due; every case has one more entry, no more."""
    houses = [stage.open() for _ in range(COPIES)]
    started = time.perf_counter()
    await asyncio.gather(*(Ticks(running.house).settle() for running, _, _ in houses))
    spent = time.perf_counter() - started
    with houses[0][2].look() as connection:
        doubled = connection.execute(
            select(func.count()).select_from(
                select(entries.c.case).group_by(entries.c.case).having(func.count() > 1).subquery()
            )
        ).scalar_one()
        ticked = connection.execute(select(func.count()).select_from(entries)).scalar_one()
    print(f"{stage.name:11} {COPIES} copies: {ticked:,} cases ticked, {doubled} twice, {left / spent:,.0f} a second")
    for _, _, database in houses:
        database.close()


def holder_of(connection: Connection) -> int:
    query = select(posts.c.person).where(posts.c.unit == GRID, posts.c.role == "worker")
    return int(connection.execute(query).scalar_one())


def measure(stage: Stage, total: int) -> tuple[float, float]:
    running, _, database = stage.open()
    law = standards_of(running.house.settings)
    with database.look() as connection:
        holder = holder_of(connection)
    fill(database, total, holder)
    tick(database, law, 50)  # warm
    found = tick(database, law, MEASURED), idle(database)
    database.close()
    return found


def main(total: int) -> None:
    small: dict[str, float] = {}
    with stages() as found:
        for stage in found:
            small[stage.name], nothing = measure(stage, DUE)
            print(
                f"{stage.name:11} {DUE:>9,} open: {small[stage.name]:.2f} ms a due case, {nothing:.3f} ms when none is"
            )
    with stages() as found:
        for stage in found:
            each, nothing = measure(stage, total)
            print(
                f"{stage.name:11} {total:>9,} open: {each:.2f} ms a due case, {nothing:.3f} ms when none is; "
                f"ratio {each / small[stage.name]:.2f}",
                flush=True,
            )
            if stage.name == "PostgreSQL":
                asyncio.run(shared(stage, DUE - MEASURED - 50))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
