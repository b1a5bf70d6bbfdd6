"""Kill the process anywhere and see what is left: the harness.

A process is forked for every life, so that imports are paid once. The platform is two files: what people did (sent
again from the last acknowledged one, as a platform does) and what reached their phones. A counter runs over every
point: before each statement, at each commit, before and after each send; at the chosen one the process kills itself.
"""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.composition import Running, compose
from bot.gateway import Part, Sent
from bot.gateways.memory import MemoryGateway
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from cases.errors import Transient
from config.settings import Settings
from handlers.chat import Message
from storage.database import leases
from storage.database.engine import Database
from storage.traffic import deliveries, inbox
from tests.stage.town import TUESDAY, town_settings

#: what each person does, in order; typed labels, so that no button data is needed
LIFE = ("荷花里垃圾没人收", "提交", "同意并提交", "补充", "又多了两袋")
#: what they report; of one thing fewer than make a storm, whose bells are held
TROUBLES = ("荷花里垃圾没人收", "荷花里路灯不亮", "荷花里下水道堵了")


def deeds(person: int) -> tuple[str, ...]:
    return (TROUBLES[person % len(TROUBLES)], *LIFE[1:])


@dataclass
class Killer:
    """Counts points; at `at` the process is gone."""

    at: int | None = None
    seen: int = 0

    def point(self, *_: Any) -> None:
        self.seen += 1
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class PhoneFile(MemoryGateway):
    """Phones whose screens survive the process: one line per message that arrived."""

    def __init__(self, path: Path, killer: Killer) -> None:
        super().__init__("web")
        self._path, self._killer = path, killer
        self._next = int.from_bytes(os.urandom(4))  # names of messages must differ between lives

    async def send(self, address: str, part: Part) -> Sent:
        self._killer.point()
        ref = await super().send(address, part)
        with self._path.open("a") as out:
            out.write(json.dumps([address, part.message.text]) + "\n")
            out.flush()
            os.fsync(out.fileno())
        self._killer.point()
        return ref

    async def edit(self, address: str, ref: str, message: Message) -> None:
        self._killer.point()

    async def strip(self, address: str, ref: str) -> None:
        self._killer.point()


@dataclass
class Stage:
    """One story on one database, lived as often as it takes."""

    folder: Path
    settings: Settings
    people: int = 1
    at_once: bool = False
    lives: int = 0
    points: int = 0
    killed: list[int] = field(default_factory=list)

    @property
    def deeds(self) -> list[dict[str, str]]:
        """Everybody's deeds, taken in turn."""
        return [
            {"user": f"r{who}", "text": deeds(who)[step], "ref": f"{who}-{step}"}
            for step in range(len(LIFE))
            for who in range(self.people)
        ]

    def live(self, kill_at: int | None, *, helpers: int = 0) -> bool:
        """One life. False: it was killed before everything was done. `helpers`: more copies that share the work."""
        self.lives += 1
        (self.folder / "acted").unlink(missing_ok=True)
        child = self._fork(Killer(kill_at))
        others = [self._fork(Killer(), receives=False) for _ in range(helpers)]
        whole = self._waited(child, kill_at)
        (self.folder / "acted").touch()
        for other in others:
            assert self._waited(other, None)
        if whole:
            self.points = int((self.folder / "points").read_text())
        return whole

    def _fork(self, killer: Killer, *, receives: bool = True) -> int:
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            asyncio.run(self._life(killer, receives=receives))
            if receives:
                (self.folder / "points").write_text(str(killer.seen))
            status = 0
        finally:
            os._exit(status)

    def _waited(self, child: int, kill_at: int | None) -> bool:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.killed.append(kill_at or 0)
            return False
        assert os.waitstatus_to_exitcode(status) == 0, "the process died of itself"
        return True

    async def _life(self, killer: Killer, *, receives: bool) -> None:
        leases.LEASE = 0.3  # a dead owner is succeeded at once
        event.listen(Engine, "before_cursor_execute", killer.point)
        event.listen(Engine, "commit", killer.point)
        database = Database(self.settings.url, durable=False)
        running = compose(self.settings, database, PushedClock(TUESDAY))
        running.house.gateways["web"] = PhoneFile(self.folder / "phones", killer)
        if receives:
            await self._people_act(running)
        while await database.read(_unfinished) or not (receives or (self.folder / "acted").exists()):
            with contextlib.suppress(Transient):  # another copy has it
                await running.settle()  # a dead owner's lease runs out by the database's clock

    async def _people_act(self, running: Running) -> None:
        """As a platform does: again from the last deed that was acknowledged."""
        offset = self.folder / "offset"
        done = int(offset.read_text()) if offset.exists() else 0
        for number, deed in enumerate(self.deeds[done:], done):
            await receive(running.house, "web", str(number), deed)
            offset.write_text(str(number + 1))
            if not self.at_once:
                await running.settle()

    def seen(self) -> list[list[str]]:
        path = self.folder / "phones"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _unfinished(connection: Any) -> bool:
    waiting = inbox.counts(connection).get("waiting", 0) + deliveries.counts(connection).get("waiting", 0)
    return waiting > 0


def stages(folder: Path, template: Callable[[], str], **options: Any) -> Callable[[], Stage]:
    """Fresh stages on copies of a database that was set up once; `template` gives the next copy's address."""
    number = iter(range(10**6))

    def fresh() -> Stage:
        place = folder / f"stage{next(number)}"
        place.mkdir()
        shutil.copy(folder / "contact.key", place / "contact.key")
        return Stage(place, town_settings(place, template()), **options)

    return fresh


def sweep(fresh: Callable[[], Stage], points: range) -> list[Stage]:
    """A life killed at each of these points, and lived on to the end."""
    done = []
    for at in points:
        stage = fresh()
        if not stage.live(at):
            stage.live(None)
        done.append(stage)
    return done


def under_load(fresh: Callable[[], Stage], kills: int, seed: int, helpers: int = 0) -> Stage:
    """Many people at once, killed at random until it has happened `kills` times, then lived to the end."""
    chance = random.Random(seed)
    stage = fresh()
    for _ in range(kills):
        if stage.live(chance.randrange(20, 400), helpers=helpers):
            break
    stage.live(None, helpers=helpers)
    return stage
