"""Nobody gives himself a post, nor takes one that is not his to take."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cases.errors import Refused
from cases.people import Role
from storage.posts import invitations
from storage.tables import posts
from tests.stage.town import TUESDAY, Town, town

STREET = "370481001"


def known(made: Town, name: str) -> int:
    with made.database.begin() as connection:
        return made.running.house.desk(connection, "test").people.greet("web", name, name, "zh").id


def roles(made: Town, person: int) -> set[str]:
    with made.database.look() as connection:
        return set(connection.execute(select(posts.c.role).where(posts.c.person == person)).scalars())


def test_nobody_decides_on_his_own_application(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        street = known(made, "street")
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            token = invitations.invite(connection, Role.COORDINATOR, "370481001002", TUESDAY, by=street)
            taken = desk.staffing.redeem(token, street, "web", "street", "")
            assert taken is not None
            with pytest.raises(Refused, match="own_application"):
                desk.staffing.admit(taken.mark, street, yes=True)


def test_a_coordinator_ends_no_leader_s_post(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        street, other = known(made, "street"), known(made, "worker2")
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            for role in (Role.COORDINATOR, Role.LEADER):
                invitations.take_on(desk.people, other, role, STREET)
        with made.database.begin() as connection:
            made.running.house.desk(connection, "test").staffing.dismiss(other, STREET, street)
        assert roles(made, other) == {"worker", "leader"}
