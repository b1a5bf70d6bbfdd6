"""CPU per intake and per accept, beside the very same statements issued by the bare driver, in the same run.

    python -m bench.intake

An intake is the update that submits a report: stored, understood, worked, and committed with its case, its entry and
everything to be sent. An accept is a press of 接单. The floor replays the statements that were recorded, in the same
transactions, on a copy of the database as it was before. CPU is this process's; the server's own is not in it.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, update
from sqlalchemy.engine import Engine

from bench.stage import Stage, stages
from bot.composition import Running
from bot.gateways.memory import MemoryGateway
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from storage.cases.storms import MANY, WITHIN
from storage.database.engine import Database
from storage.tables import persons
from tests.stage.town import TUESDAY

PEOPLE = 100
#: between two reports: more at once would be a storm, whose bells are held
APART = WITHIN / (MANY - 2)

Statement = tuple[str, Any, bool]


class Recorder:
    """The statements and commits of the measured stretch; None marks a commit."""

    def __init__(self) -> None:
        self.on = False
        self.taken: list[Statement | None] = []
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)

    def _statement(self, _c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if self.on:
            self.taken.append((statement, parameters, many))

    def _commit(self, _: Any) -> None:
        if self.on:
            self.taken.append(None)


async def say(running: Running, user: str, key: str, **what: str) -> None:
    await receive(running.house, "web", key, {"user": user, **what})
    await running.lanes.settle()


async def prepare(running: Running, database: Database) -> None:
    """Everybody said what is wrong and has agreed before; the measured update is the one that submits."""
    for number in range(PEOPLE):
        await say(running, f"r{number}", f"a{number}", text="荷花里垃圾没人收")
    with database.begin() as connection:
        connection.execute(update(persons).values(consented_at=TUESDAY, home="370481001001002"))
    for number in range(PEOPLE):
        await say(running, f"r{number}", f"b{number}", text="取消")
        await say(running, f"r{number}", f"c{number}", text="荷花里垃圾没人收")
    await running.settle()


async def measured(recorder: Recorder, work: Callable[[int], Any]) -> tuple[float, list[Statement | None]]:
    """Milliseconds of CPU a piece, and what was said to the database."""
    recorder.taken, recorder.on = [], True
    started = time.process_time()
    for number in range(PEOPLE):
        await work(number)
    used = time.process_time() - started
    recorder.on = False
    return 1000 * used / PEOPLE, recorder.taken


def bare(url: str, taken: list[Statement | None]) -> float:
    """The same statements by the driver alone, in milliseconds of CPU a piece."""
    if url.startswith("sqlite"):
        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        begin, commit = (lambda: connection.execute("BEGIN IMMEDIATE")), (lambda: connection.execute("COMMIT"))
    else:
        import psycopg

        connection = psycopg.connect(url)
        begin, commit = (lambda: None), connection.commit
    cursor = connection.cursor()
    open_ = False
    started = time.process_time()
    for step in taken:
        if step is None:
            if open_:
                commit()
            open_ = False
            continue
        if not open_:
            begin()
            open_ = True
        statement, parameters, many = step
        if statement.startswith(("PRAGMA", "BEGIN")):
            continue
        (cursor.executemany if many else cursor.execute)(statement, parameters)
        if cursor.description:
            cursor.fetchall()
    used = time.process_time() - started
    connection.close()
    return 1000 * used / PEOPLE


async def run(stage: Stage, recorder: Recorder) -> None:
    running, gateway, database = stage.open()
    await prepare(running, database)
    database.close()
    before_intake = stage.copy("before_intake")
    clock = PushedClock(TUESDAY)
    running, gateway, database = stage.open(clock)

    async def submit(number: int) -> None:
        clock.push(APART)
        await say(running, f"r{number}", f"d{number}", text="提交")

    intake, said = await measured(recorder, submit)
    await running.settle()
    database.close()
    before_accept = stage.copy("before_accept")
    taps = _accepts(gateway)
    running, _, database = stage.open(clock)
    accept, answered = await measured(recorder, lambda n: say(running, "worker2", f"e{n}", tap=taps[n]))
    database.close()
    for what, ours, url, taken in (
        ("intake", intake, before_intake, said),
        ("accept", accept, before_accept, answered),
    ):
        floor = bare(url, taken)
        statements = sum(step is not None for step in taken) / PEOPLE
        commits = sum(step is None for step in taken) / PEOPLE
        print(
            f"{stage.name:11} {what}: {ours:5.2f} ms CPU, bare driver {floor:5.2f} ms, ratio {ours / floor:4.1f} "
            f"({statements:.0f} statements, {commits:.0f} transactions)"
        )


def _accepts(gateway: MemoryGateway) -> list[str]:
    buttons = [b for shown in gateway.chats["worker2"] for row in shown.message.rows for b in row]
    return [button.data for button in buttons if button.data.startswith("a.accept.")]


def main() -> None:
    recorder = Recorder()
    with stages() as found:
        for stage in found:
            asyncio.run(run(stage, recorder))


if __name__ == "__main__":
    main()
