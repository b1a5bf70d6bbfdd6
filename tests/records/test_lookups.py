"""What is looked up while a message is worked costs what is found, not what there is: no plan walks through a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from cases.views import CaseKey
from storage.counts import figures, health
from tests.stage.saying import REPORT, say
from tests.stage.town import TUESDAY, town

#: tables that a million cases fill
LARGE = ("cases", "rounds", "assignments", "parties", "entries", "ratings")


@contextmanager
def plans(connection: Connection) -> Iterator[list[str]]:
    """How SQLite would find what is asked for meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    found: list[str] = []
    try:
        yield found
    finally:
        event.remove(connection, "before_cursor_execute", note)
    for statement, parameters in asked:
        cursor = connection.connection.cursor()
        found += [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert asked


@pytest.mark.asyncio
async def test_no_look_up_walks_through_a_large_table(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await say(made, "a", *REPORT)
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            (line,) = desk.lists.tasks(2)
            with plans(connection) as found:
                desk.cases_of_draft(1)
                desk.case_by_number(line.number)
                desk.lists.lines([line.key, CaseKey(line.key.district, 1)])
                desk.lists.tasks(2)
                figures.held_by(connection, 2, TUESDAY, TUESDAY + timedelta(days=1))
                figures.reported_by(connection, 2, TUESDAY, TUESDAY + timedelta(days=1))
                health.depths(connection, TUESDAY)
            assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 1
    walked = [step for step in found if step.startswith("SCAN") and step.split()[1] in LARGE]
    assert walked == []
