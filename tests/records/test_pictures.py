"""Pictures belong to one case each: what one forgets, no other loses, and nobody is shown another's."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.content.media import load
from storage.privacy import keeping
from storage.tables import blobs, cases, entries, media
from tests.stage.player import Player
from tests.stage.town import Town, town

BOTH = "(photo) 荷花里3号楼电梯坏了两天，网格员李秀兰找了三次都不管，态度很差"


async def says(player: Player, user: str, *said: str) -> None:
    for each in said:
        await player.say(user, each)


def listed(made: Town) -> dict[int, list[int]]:
    """Case -> the pictures its history lists."""
    with made.database.look() as connection:
        rows = connection.execute(select(entries.c.case, entries.c.media).order_by(entries.c.case, entries.c.seq)).all()
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.case, []).extend(row.media)
    return found


def shown(made: Town, ids: Sequence[int]) -> int:
    with made.database.look() as connection:
        return len(load(connection, ids))


@pytest.mark.asyncio
async def test_of_two_cases_of_one_message_each_has_its_own(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        player = Player(made)
        await says(player, "resident", BOTH, "[提交]", "[同意并提交]")
        (_, first), (_, second) = listed(made).items()
        assert len(first) == len(second) == 1
        assert set(first).isdisjoint(second)
        with made.database.begin() as connection:
            old = connection.execute(select(cases.c.district, cases.c.id).order_by(cases.c.id).limit(1)).one()
            keeping._forget(connection, old.district, old.id, made.clock.now())
        assert (shown(made, first), shown(made, second)) == (0, 1)


@pytest.mark.asyncio
async def test_what_is_open_keeps_its_pictures_though_the_reporter_asked_to_be_forgotten(
    tmp_path: Path, url: str
) -> None:
    with town(tmp_path, url) as made:
        player = Player(made)
        await says(player, "resident", "(photo) 荷花里路灯不亮", "[提交]", "[同意并提交]")
        await says(player, "resident", "(photo) 荷花里井盖没了", "/privacy", "[删除我的资料]", "[删吧]")
        (ids,) = listed(made).values()
        assert shown(made, ids) == 1
        with made.database.look() as connection:  # and of what was never submitted nothing is left
            assert list(connection.execute(select(media.c.id)).scalars()) == ids


@pytest.mark.asyncio
async def test_what_the_discipline_body_gets_is_not_kept(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        player = Player(made)
        await says(player, "resident", "(photo) 书记收了老板两万块钱，把集体的地给他了")
        with made.database.look() as connection:
            assert connection.execute(select(blobs.c.sha256)).first() is None


@pytest.mark.asyncio
async def test_the_picture_of_an_erased_case_is_nobody_else_s(tmp_path: Path, url: str) -> None:
    """An id that was given is not given again: SQLite would, where the last row is gone."""
    with town(tmp_path, url) as made:
        player = Player(made)
        await says(player, "resident", "(photo) 荷花里路灯不亮", "[提交]", "[同意并提交]", "[不报了]")
        await says(player, "resident", "/privacy", "[删除我的资料]", "[删吧]")
        (ids,) = listed(made).values()
        assert shown(made, ids) == 0
        await says(player, "stranger", "(photo) 荷花里井盖没了")
        assert shown(made, ids) == 0
