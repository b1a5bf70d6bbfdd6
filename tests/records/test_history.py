"""Whoever rewrites the history is found: a line, a word, the end of a chain, a whole day with its seal."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from cases import chain
from storage.cases import history
from storage.cases.rows import entry_of
from storage.tables import cases, entries, seals, texts
from tests.stage.player import Player
from tests.stage.town import Town, town

SAID = (("resident", "荷花里路灯不亮"), ("resident", "[提交]"), ("resident", "[同意并提交]"), ("worker2", "[接单]"))


async def lived(made: Town) -> None:
    player = Player(made)
    for user, said in SAID:
        await player.say(user, said)
    await made.push(timedelta(days=1))
    await player.say("worker2", "[已联系]")
    await player.say("worker2", "[打过电话]")
    await made.push(timedelta(days=1))


def line(connection: Connection) -> None:
    connection.execute(update(entries).where(entries.c.action == "accept").values(by=1))


def word(connection: Connection) -> None:
    connection.execute(update(texts).where(texts.c.body == "荷花里路灯不亮").values(body="没这事"))


def the_end(connection: Connection) -> None:
    last = connection.execute(select(entries.c.seq).order_by(entries.c.seq.desc()).limit(1)).scalar_one()
    connection.execute(delete(entries).where(entries.c.seq == last))


def the_middle(connection: Connection) -> None:
    connection.execute(delete(entries).where(entries.c.action == "accept"))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("hand", "why"),
    [
        (line, "the line was changed"),
        (word, "its words were changed"),
        (the_end, "the last entries are missing"),
        (the_middle, "an entry is missing before it"),
    ],
)
async def test_a_change_is_found_and_named(tmp_path: Path, hand: Callable[[Connection], None], why: str) -> None:
    with town(tmp_path) as made:
        await lived(made)
        with made.database.begin() as connection:
            assert history.verify(connection)[1] == []
            hand(connection)
            found = history.verify(connection)[1]
    assert [(broken.number, broken.why) for broken in found] == [("370481-20261124-0001", why)]


@pytest.mark.asyncio
async def test_whoever_makes_the_chain_fit_again_is_found_by_the_seal(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        await lived(made)
        with made.database.begin() as connection:
            newest, broken = history.verify_seals(connection)
            assert [(seal.district, seal.day) for seal in newest] == [("370481", "2026-11-25")]
            assert broken == []
            connection.execute(update(entries).where(entries.c.action == "accept").values(by=1))
            _fit_again(connection)
            assert history.verify(connection)[1] == []
            assert [(b.number, b.where) for b in history.verify_seals(connection)[1]] == [("370481", "2026-11-24")]
            connection.execute(update(seals).where(seals.c.day == "2026-11-24").values(root="0" * 64))
            assert history.verify_seals(connection)[1][0].why == "the seal was changed"


def _fit_again(connection: Connection) -> None:
    query = select(entries, texts.c.digest).outerjoin(texts, texts.c.id == entries.c.words).order_by(entries.c.seq)
    head = ""
    for row in connection.execute(query).all():
        head = chain.link(head, row.case, entry_of(row), row.digest or "")
        connection.execute(update(entries).where(entries.c.seq == row.seq).values(hash=head))
    connection.execute(update(cases).values(head=head))


@pytest.mark.asyncio
async def test_every_day_is_sealed_once(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await lived(made)
        await made.push(timedelta(hours=1))
        with made.database.look() as connection:
            days = connection.execute(select(seals.c.day, seals.c.entries).order_by(seals.c.day)).all()
            until = connection.execute(select(func.max(seals.c.ends))).scalar_one()
            sealed = connection.execute(select(func.count()).where(entries.c.at < until)).scalar_one()
    assert [day for day, _ in days] == ["2026-11-24", "2026-11-25"]
    assert sum(count for _, count in days) == sealed
    assert all(count for _, count in days)
