"""A power cut: 2,000 people report it within a minute, on one bot, and one reports a fire in the midst of it.

    python -m bench.storm [PEOPLE]

Everybody answers the questions as soon as they come, and Telegram's limits are kept as in earnest, so it takes its
time: three messages to each of 2,000 people at 28 a second are almost four minutes. What is printed: how long the
platform waited for its "received", how long people waited for the first word, when the coordinator was asked whether
it is one thing, how long the fire took, when the last message was out, and the most that was sent in any second.
"""

import asyncio
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select

from bench.stage import Stage, stages
from bot.gateway import Part, Sent
from bot.gateways.memory import MemoryGateway
from bot.gateways.telegram.gateway import TelegramGateway
from bot.house import House
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from bot.running.scheduler import Scheduler
from storage.database.engine import Connection
from storage.tables import cases, inbox, outbox
from tests.stage.town import TUESDAY

MINUTE = 60.0
#: what a resident presses when it is offered, the first of these
ANSWERS = ("同意并提交", "提交")
FIRE = "中央城B区3号楼着火了"


@dataclass
class Seen:
    received: list[float] = field(default_factory=list)
    asked: dict[str, float] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    sent: Counter[int] = field(default_factory=Counter)
    offered: float = 0.0
    fire: dict[str, float] = field(default_factory=dict)
    last: float = 0.0


class Phones(MemoryGateway):
    """As many phones as people, each answering by itself; as slow to speak to as Telegram."""

    pace = TelegramGateway.pace

    def __init__(self, house: House, seen: Seen) -> None:
        super().__init__("web")
        self._house, self._of, self._presses, self._tasks = house, seen, 0, set[asyncio.Task[bool]]()

    async def send(self, address: str, part: Part) -> Sent:
        sent = await super().send(address, part)
        now, text = time.perf_counter(), part.message.text
        self._of.sent[int(now)] += 1
        self._of.last = now
        if address in self._of.asked:
            self._of.first.setdefault(address, now)
        if not self._of.offered and any(b.data.startswith("m.y.") for row in part.message.rows for b in row):
            self._of.offered = now
        if "fire" in self._of.asked and "119" in text and address not in self._of.fire:
            self._of.fire[address] = now
        for label in ANSWERS:
            data = next((b.data for row in part.message.rows for b in row if b.label == label), "")
            if data and address.startswith("r"):
                self._presses += 1
                raw = {"user": address, "tap": data}
                task = asyncio.create_task(receive(self._house, "web", f"p{self._presses}", raw))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                break
        return sent


async def say(house: House, seen: Seen, user: str, text: str) -> None:
    begun = seen.asked[user] = time.perf_counter()
    await receive(house, "web", user, {"user": user, "text": text})
    seen.received.append(time.perf_counter() - begun)


async def storm(stage: Stage, people: int) -> None:
    running, _, database = stage.open()
    seen, house, clock = Seen(), running.house, PushedClock(TUESDAY)
    house.clock = clock
    house.gateways["web"] = Phones(house, seen)
    work = [asyncio.create_task(w) for w in (running.lanes.run(), running.outbox.run(), Scheduler(running).run())]
    begun = time.perf_counter()
    for number in range(people):
        await asyncio.sleep(max(0.0, begun + number * MINUTE / people - time.perf_counter()))
        clock.pushed = timedelta(seconds=time.perf_counter() - begun)
        await say(house, seen, f"r{number}", "荷花里整个停电了")
        if number == people // 2:
            await say(house, seen, "fire", FIRE)
    while await database.read(_unfinished, people):
        await asyncio.sleep(0.5)
        clock.pushed = timedelta(seconds=time.perf_counter() - begun)
    for task in work:
        task.cancel()
    await asyncio.gather(*work, return_exceptions=True)
    with database.look() as connection:
        filed = connection.execute(select(func.count()).select_from(cases).where(cases.c.source == "resident")).scalar()
        rows = connection.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
        states: dict[str, int] = {row[0]: row[1] for row in rows}
    first = sorted(seen.first[user] - seen.asked[user] for user in seen.asked if user != "fire")
    waited = sorted(seen.received)
    fire = seen.asked["fire"]
    print(
        f"{stage.name}: {people} reports in a minute, {filed} cases, of the outbox {states}\n"
        f"  'received' to the platform: median {1000 * statistics.median(waited):.0f} ms, "
        f"p99 {1000 * waited[int(len(waited) * 0.99)]:.0f} ms, most {1000 * waited[-1]:.0f} ms\n"
        f"  first word to a resident: median {statistics.median(first):.1f} s, most {first[-1]:.1f} s\n"
        f"  the coordinator asked whether it is one: {seen.offered - begun:.1f} s after the first report\n"
        f"  the fire: the resident answered after {seen.fire['fire'] - fire:.2f} s, "
        f"the coordinator alarmed after {seen.fire.get('coordinator', 0) - fire:.2f} s\n"
        f"  the holder was rung {len(house.gateways['web'].chats['worker2'])} times; "  # type: ignore[attr-defined]
        f"{sum(seen.sent.values())} messages, the last after {seen.last - begun:.0f} s, "
        f"at most {max(seen.sent.values())} in a second"
    )
    database.close()


def _unfinished(connection: Connection, people: int) -> bool:
    waiting = sum(
        connection.execute(
            select(func.count()).select_from(table).where(table.c.state.in_(("waiting", "kept")))
        ).scalar_one()
        for table in (inbox, outbox)
    )
    filed = connection.execute(select(func.count()).select_from(cases)).scalar_one()
    return bool(waiting) or filed < people


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with stages() as found:
        for stage in found:
            asyncio.run(storm(stage, people))


if __name__ == "__main__":
    main()
