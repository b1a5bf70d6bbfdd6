"""Everybody who could press, and a case in every situation: written down by hand, for the tests of permissions."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from cases.states import Hat, State
from cases.views import CaseKey
from storage.tables import cases, conversations, entries, identities, posts
from tests import PLACES
from tests.stage.player import PEOPLE, Player
from tests.stage.town import Town

LEVELS = PLACES / "levels"
#: beside those of the four levels: a county next door, and people whose role decides about no case
MORE_UNITS = """370402,邻县,county,370400,,,,
370402001,邻县街道,street,370402,,,,
370402001001,邻县社区,community,370402001,,,,
370402001001001,邻县第一网格,grid,370402001001,,,,槐树里
"""
MORE_PEOPLE = """韩邻,coordinator,370402001001,13800000051,web:next_coordinator,,,
曹邻,coordinator,370402,13800000052,web:next_county,,,
邓邻,worker,370402001001001,13800000053,web:next_worker,,,
许帮,volunteer,370481001001001,13800000061,web:volunteer,,,
何调,mediator,370481001001,13800000062,web:mediator,,,
吕导,leader,370481001001,13800000063,web:leader,,,
施管,admin,370400,13800000064,web:admin,,,
孔前,coordinator,370481001001,13800000065,web:former,,,
"""
#: everybody who presses, the resident who reported first
ACTORS = (
    "resident",
    "follower",
    "stranger",
    "worker",
    "worker2",
    "evening",
    "worker3",
    "micro",
    "judge",
    "volunteer",
    "mediator",
    "leader",
    "admin",
    "former",
    "coordinator",
    "beiguan",
    "street",
    "county",
    "city",
    "heat",
    "next_worker",
    "next_coordinator",
    "next_county",
)
WORDS = "中央城B区7号楼下水道堵了，一楼全是水"
OF_THE_WORKER = "中央城B区的网格员王建国态度太差，在我家门口骂人"
OF_THE_COORDINATOR = "居委会的人态度太差，骂人，推来推去 龙泉苑"
#: what is in these reports and nowhere else
TELLING = ("7号楼", "全是水", "家门口", "骂人", "1390000", "0007")
C = Hat.COORDINATOR
FAR_ABOVE = {"street": {C}, "county": {C}, "city": {C}}
ABOVE = FAR_ABOVE | {"coordinator": {C}}
REPORTED = {"resident": {Hat.REPORTER}}
MINE = REPORTED | {"follower": {Hat.FOLLOWER}}


@dataclass(frozen=True)
class Situation:
    """A case brought to a state by people, and what everybody is to it then; who is not named is nothing to it."""

    name: str
    state: State
    words: str
    script: str
    hats: dict[str, set[Hat]]
    private: bool = False
    offered: bool = False


FOLLOWED = "follower> {words}\nfollower> [我也是这事]\nfollower> [同意并提交]\n"
UNITS = ("370481001001", "370481001", "370481", "370481001001001", "370400", "370000", "370402", "370402001001")
#: the short form has who is nothing to the case try these alone
SOME = ("accept", "resolve", "see_phone", "tell", "void")
#: and leaves out those who are like another
ALIKE = ("county", "city", "judge", "evening", "mediator", "leader", "heat", "beiguan", "next_worker", "next_county")
REPORT = "居民> {words}\n居民> [提交]\n居民> (phone 13900000007) \n居民> [同意并提交]\n"
RETURNED = "网格员> [退回]\n网格员> [不在我网格]\n网格员乙> [退回]\n网格员乙> [不在我网格]\n"
RESOLVED = "网格员> [接单]\n网格员> [办结]\n网格员> [已解决]\n网格员> 通了\n网格员> [没有照片]\n"
HELD = MINE | ABOVE | {"worker": {Hat.HOLDER}}
SITUATIONS = (
    Situation("returned", State.WAITING, WORDS, RETURNED, MINE | ABOVE),
    Situation("dispatched", State.DISPATCHED, WORDS, "", HELD),
    Situation("accepted", State.WORKING, WORDS, "网格员> [接单]\n", HELD),
    Situation(
        "offered",
        State.WORKING,
        WORDS,
        "网格员> [接单]\n网格员> [转派]\n网格员> [李秀兰…]\n网格员> 我在外地\n",
        HELD | {"worker2": {Hat.RECEIVER}},
        offered=True,
    ),
    Situation("escalated", State.ESCALATED, WORDS, "网格员> [接单]\n网格员> [报上级]\n网格员> 要大修\n", MINE | ABOVE),
    Situation("resolved", State.RESOLVED, WORDS, RESOLVED, HELD),
    Situation("archived", State.ARCHIVED, WORDS, f"{RESOLVED}居民> [解决了]\n", HELD),
    Situation("void", State.VOID, WORDS, "协调员> 不予受理\n协调员> 这事请打热线\n", MINE | ABOVE),
    Situation("about the worker", State.WAITING, OF_THE_WORKER, "", REPORTED | FAR_ABOVE, private=True),
    Situation("about the coordinator", State.WAITING, OF_THE_COORDINATOR, "", REPORTED | FAR_ABOVE, private=True),
)


@dataclass
class Stage:
    """A town with one case in it, and the way back to that moment."""

    made: Town
    folder: Path
    case: str = ""
    number: str = ""
    saved: bytes = b""
    keys: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    @property
    def file(self) -> str:
        return str(self.made.database.url.database)

    def save(self) -> None:
        with sqlite3.connect(self.file) as source, sqlite3.connect(self.folder / "saved.db") as copy:
            source.backup(copy)

    def back(self) -> None:
        with sqlite3.connect(self.folder / "saved.db") as source, sqlite3.connect(self.file) as copy:
            source.backup(copy)
        self.made.gateway.chats.clear()

    async def tap(self, user: str, data: str) -> list[str]:
        """What this person saw because of it."""
        before, key = len(self.made.gateway.events), next(self.keys)
        await Player(self.made, _keys=key * 1000).send(
            {"user": user, "ref": f"t{key}", "name": user, "tap": data, "tap_id": f"t{key}"}
        )
        return [shown.message.text for _, address, shown in self.made.gateway.events[before:] if address == user]

    async def says(self, user: str, text: str) -> list[str]:
        before, key = len(self.made.gateway.events), next(self.keys)
        await Player(self.made, _keys=key * 1000).send({"user": user, "ref": f"s{key}", "name": user, "text": text})
        return [shown.message.text for _, address, shown in self.made.gateway.events[before:] if address == user]

    def marks(self, user: str) -> tuple[int, int]:
        """Entries of the case, and questions open to this person."""
        with self.made.database.look() as connection:
            written = connection.execute(select(func.count()).select_from(entries)).scalar_one()
            person = select(identities.c.person).where(identities.c.user == user).scalar_subquery()
            asked = select(func.count()).select_from(conversations).where(conversations.c.person == person)
            return int(written), int(connection.execute(asked).scalar_one())


def people(config: pytest.Config) -> list[str]:
    return [user for user in ACTORS if config.getoption("long") or user not in ALIKE]


async def play(made: Town, script: str) -> None:
    """Who says what; nobody looks yet."""
    for line in script.splitlines():
        name, _, said = line.partition("> ")
        key = sum(len(shown) for shown in made.gateway.chats.values()) + len(made.gateway.events) * 1000
        player = Player(made, _keys=key)
        await player.say(PEOPLE.get(name, name), said)
        assert not player._missing, (name, said, made.gateway.chats[PEOPLE.get(name, name)][-1].message.text)


async def staged(made: Town, folder: Path, situation: Situation) -> Stage:
    for user in ACTORS:  # everybody has written once, so that everybody has a chat
        await Player(made, _keys=100_000 + ACTORS.index(user) * 1000).say(user, "你好")
    await play(made, REPORT.format(words=situation.words))
    if not situation.private:
        await play(made, FOLLOWED.format(words=situation.words))
    await play(made, situation.script)
    stage = Stage(made, folder)
    with made.database.begin() as connection:
        row = connection.execute(select(cases.c.district, cases.c.id, cases.c.number, cases.c.state)).one()
        assert row.state == situation.state, (situation.name, made.gateway.chats["resident"][-1].message.text)
        former = select(identities.c.person).where(identities.c.user == "former").scalar_subquery()
        connection.execute(delete(posts).where(posts.c.person == former))  # his role is gone a second ago
    stage.case, stage.number = str(CaseKey(row.district, row.id)), row.number
    stage.save()
    return stage
