"""Several copies, several people, one database."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from bot.incoming.receiving import receive
from cases.errors import Transient
from cases.model import Change, Entry, Round
from cases.states import Hat
from cases.views import CaseKey
from storage.cases import casefiles
from storage.tables import cases, conversations, entries
from storage.tables import leases as leases_table
from storage.traffic import inbox
from tests.stage.faults import TROUBLES
from tests.stage.saying import REPORT, count, say, seen, settled, until
from tests.stage.town import TUESDAY, Town, town


@pytest.mark.asyncio
@pytest.mark.slow
async def test_many_people_at_once(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        people = [f"r{number}" for number in range(20)]

        async def live(user: str) -> None:
            for words in REPORT:
                await receive(made.running.house, "web", f"{user}-{words}", {"user": user, "text": words})

        async def all_of_them() -> None:
            await asyncio.gather(*(live(user) for user in people))

        await all_of_them()
        await until(made, lambda: settled(made, len(people)))
        assert count(made, cases) == len(people)
        assert count(made, entries, entries.c.action == "dispatch") == len(people)
        with made.database.look() as connection:
            numbers = list(connection.execute(select(cases.c.number).order_by(cases.c.number)).scalars())
        assert len(set(numbers)) == len(people)


@pytest.mark.slow
@pytest.mark.asyncio
async def test_two_copies_share_one_database(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        other = made._compose()  # a second copy: its own owner, the same database and platform
        for number in range(12):
            for words in (TROUBLES[number % len(TROUBLES)], *REPORT[1:]):
                house = (made.running if number % 2 else other).house
                await receive(house, "web", f"r{number}-{words}", {"user": f"r{number}", "text": words})
        tasks = [asyncio.create_task(work.run()) for work in (other.lanes, other.outbox)]
        await until(made, lambda: settled(made, 12))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert count(made, cases) == 12
        assert made.running.lanes.worked + other.lanes.worked == 36
        rings = [w for w in seen(made, "worker2") if w.startswith("新工单")]
        assert len(rings) == 12


@pytest.mark.asyncio
async def test_a_lost_lease_makes_no_second_case(tmp_path: Path, url: str) -> None:
    """A copy that was thought dead comes back: its commit is refused."""
    with town(tmp_path, url) as made:
        await receive(made.running.house, "web", "1", {"user": "a", "text": "你好"})
        waiting = await made.running.lanes.claim()
        assert waiting
        with made.database.begin() as connection:
            connection.execute(update(leases_table).values(owner="another copy"))
        with pytest.raises(Transient, match="lost"):
            await made.database.write(inbox.done, waiting)


@pytest.mark.asyncio
async def test_two_claims_of_one_process_are_told_apart(tmp_path: Path, url: str) -> None:
    """A lease that ran out is taken anew by the same copy: what the first hand still does is refused."""
    with town(tmp_path, url) as made:
        await receive(made.running.house, "web", "1", {"user": "a", "text": "你好"})
        first = await made.running.lanes.claim()
        with made.database.begin() as connection:
            connection.execute(update(leases_table).values(until=0))
        second = await made.running.lanes.claim()
        assert first
        assert second
        with pytest.raises(Transient, match="lost"):
            await made.database.write(inbox.done, first)
        await made.running.lanes.work(second)
        assert len(seen(made, "a")) == 0
        await made.running.settle()
        assert len(seen(made, "a")) == 1
        assert await made.running.lanes.claim() is None


@pytest.mark.asyncio
async def test_a_conversation_goes_on_once(tmp_path: Path, url: str) -> None:
    """An answer and a reminder at once: the second finds that it went on, and is worked again."""
    with town(tmp_path, url) as made:
        await say(made, "a", "荷花里垃圾没人收")
        with made.database.begin() as connection:
            talks = made.running.house.desk(connection, "test").talks
            found = connection.execute(select(conversations)).one()
            one, other = talks.get(found.id), talks.get(found.id)
            assert one
            assert other
            one.revision += 1
            talks.save(one)
            other.revision += 1
            with pytest.raises(Transient):
                talks.save(other)
            with pytest.raises(Transient):
                talks.end(replace(other, revision=other.revision - 1))


@pytest.mark.slow
@pytest.mark.asyncio
async def test_who_waited_for_a_case_sees_its_new_round(tmp_path: Path, postgresql: str) -> None:
    """On PostgreSQL a join is not read anew after waiting for a lock; the case's file is."""
    with town(tmp_path, postgresql) as made:
        await say(made, "a", *REPORT)
        with made.database.look() as connection:
            row = connection.execute(select(cases.c.district, cases.c.id)).one()
        key = CaseKey(row.district, row.id)
        with made.database.begin() as connection:
            before = casefiles.load(connection, key, lock=True)
            waiting = asyncio.create_task(made.database.write(lambda c: casefiles.load(c, key, lock=True)))
            await asyncio.to_thread(_until_blocked, made)
            new = replace(before, round=Round(2), case=replace(before.case, round=2, version=before.case.version + 1))
            entry = Entry(new.case.version, "amend", TUESDAY, Hat.REPORTER, 1, before.case.state, before.case.state)
            casefiles.save(connection, before, Change(new, entry, ()), "test")
        assert (await waiting).round.number == 2


def _until_blocked(made: Town) -> None:
    """Until PostgreSQL itself says that somebody waits for the lock."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(10_000):
        with made.database.look() as connection:
            if connection.execute(waits).scalar_one():
                return
    raise AssertionError("nobody waits")
