"""Invitations by link: a person known by name who reported before stays one person."""

from pathlib import Path

import pytest

from storage import invitations
from tests.player import Player
from tests.saying import REPORT, say, seen
from tests.town import TUESDAY, town


@pytest.mark.asyncio
async def test_who_reported_before_keeps_his_cases(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        await say(made, "a", *REPORT)
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            person = desk.people.new("钱进")
            token = invitations.invite(connection, "worker", "370481001001002", TUESDAY, person=person)
        await say(made, "a", f"/start {token}", "我的工单")
        assert seen(made, "a")[-1].startswith("您报的事（1 件）")
        player = Player(made)
        await player.say("a", "[补充]")
        await player.say("a", "又多了两袋")
        assert seen(made, "a")[-1].startswith("补充好了")
        # and his own report is not his to solve
        with made.database.look() as connection:
            desk = made.running.house.desk(connection, "test")
            found = desk.would_hold("370481001001002", person)
            assert found
            assert found.person != person
            assert desk.person(person).consented_at is not None
