"""Two records turn out to be one person: whatever the first began, held or was, the second goes on with."""

from pathlib import Path

import pytest
from sqlalchemy import BigInteger, func, select

from storage.people import merging
from storage.posts import invitations
from storage.tables import cases, identities, items, members, metadata, parties, persons, posts, rosters
from tests.records.test_belongings import CENTRE, HOUSEHOLD, count, person
from tests.stage.player import Player
from tests.stage.saying import REPORT, say, seen
from tests.stage.town import TUESDAY, Town, town

#: what a column that names a person is called
NAMES = {"resolved_by", "person", "holder", "by", "keeper", "stand_in", "created_by", "used_by"}


def named_twice(made: Town, of: str) -> tuple[int, str]:
    """A record of somebody who is known already under another one, and the token of an invitation by name for it."""
    with made.database.begin() as connection:
        desk = made.running.house.desk(connection, "test")
        new = desk.people.new("王建国")
        return new, invitations.invite(connection, "worker", of, TUESDAY, person=new)


def test_every_column_that_names_a_person_is_thought_of() -> None:
    columns = {
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is persons.c.id for key in column.foreign_keys)
        or (column.name in NAMES and isinstance(column.type, BigInteger | type(cases.c.holder.type)))
    }
    assert columns == {*merging.MOVING, *merging.STAYING}


@pytest.mark.asyncio
async def test_who_reported_before_keeps_his_cases(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        await say(made, "a", *REPORT)
        new, token = named_twice(made, "370481001001002")
        await say(made, "a", f"/start {token}", "我的工单")
        assert seen(made, "a")[-1].startswith("您报的事（1 件）")
        player = Player(made)
        await player.say("a", "[补充]")
        await player.say("a", "又多了两袋")
        assert seen(made, "a")[-1].startswith("补充好了")
        # and his own report is not his to solve
        with made.database.look() as connection:
            desk = made.running.house.desk(connection, "test")
            found = desk.would_hold("370481001001002", new)
            assert found
            assert found.person != new
            assert desk.person(new).consented_at is not None


@pytest.mark.asyncio
async def test_a_worker_with_cases_opens_a_link_made_for_another_record(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        await say(made, "resident", *REPORT)
        with made.database.look() as connection:
            desk = made.running.house.desk(connection, "test")
            holder, unit = connection.execute(select(cases.c.holder, cases.c.unit)).one()
            user = connection.execute(select(identities.c.user).where(identities.c.person == holder)).scalar_one()
            assert desk.person(holder).posts
        await say(made, user, f"/start {named_twice(made, unit)[1]}", "我的任务")
        assert seen(made, user)[-1].startswith("您手上的任务（1 件）"), seen(made, user)[-1]
        player = Player(made)
        await player.say(user, "[接单]")
        assert states(made) == {"working"}


def states(made: Town) -> set[str]:
    with made.database.look() as connection:
        return set(connection.execute(select(cases.c.state)).scalars())


@pytest.mark.asyncio
async def test_what_both_were_they_are_once(tmp_path: Path) -> None:
    """Both are parties of one case, members of one item, at one desk at one time, and hold one post."""
    with town(tmp_path, units=CENTRE) as made:
        await Player(made).play(HOUSEHOLD)
        old, new = person(made, "resident"), person(made, "volunteer")
        with made.database.begin() as connection:
            people = made.running.house.desk(connection, "test").people
            item = connection.execute(select(items.c.id)).scalar_one()
            connection.execute(members.insert().values(item=item, person=new, part="party"))
            held = connection.execute(select(posts).where(posts.c.person == new)).first()
            assert held is not None
            connection.execute(posts.insert().values(**held._asdict() | {"person": old}))
            party = connection.execute(select(parties).where(parties.c.person == old)).first()
            assert party is not None
            connection.execute(parties.insert().values(**party._asdict() | {"person": new}))
            for who in (old, new):
                now = made.clock.now()
                connection.execute(rosters.insert().values(unit="370481", person=who, begins=now, ends=now))
            merging.merge(people, old, new)
            for column in merging.MOVING:
                assert not connection.execute(select(func.count()).where(column == old)).scalar(), column
        assert count(made, members, members.c.person == new) == 1
        assert count(made, rosters) == 1
        assert count(made, items, items.c.by == new) == 1
        assert count(made, parties, parties.c.person == new) == 1
