"""Once a week, to the highest coordinators of each district: what was taken for what, and words worth adding."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.house import House
from handlers.telling import tell
from nlp import suggest
from storage.counts import judgements
from storage.counts.judgements import Judgement
from storage.database import meta
from storage.database.engine import Connection
from storage.desk import Desk

#: when the last one was made, as an ISO moment
DONE = "weekly_table"
WEEK = timedelta(days=7)
#: lines of the table
SHOWN = 8


def due(house: House) -> datetime:
    """The Monday morning that is the latest one now."""
    local = house.clock.now().astimezone(house.settings.zone)
    monday = (local - timedelta(days=local.weekday())).replace(hour=8, minute=0, second=0, microsecond=0)
    return monday if monday <= local else monday - WEEK


@dataclass(frozen=True, slots=True)
class Table:
    """Of one district: how many were judged, (guess, matter) -> times, and words worth adding by matter."""

    count: int
    wrong: Counter[tuple[str, str]]
    words: Mapping[str, Sequence[str]]


async def make(house: House) -> int:
    """How many districts were told. Counted outside of any write. A new deployment begins with the next week."""
    now = due(house)
    found = await house.database.read(_judged, now)
    if found is None:
        return 0
    last, judged = found
    tables = await asyncio.to_thread(_tables, house, judged)
    return await house.database.write(lambda connection: _told(house, connection, last, now, tables))


def _judged(connection: Connection, now: datetime) -> tuple[str | None, list[Judgement]] | None:
    """None: this week's is made."""
    last = meta.get(connection, DONE)
    if last is not None and datetime.fromisoformat(last) >= now:
        return None
    return last, [] if last is None else list(judgements.since(connection, now - WEEK))


def _tables(house: House, judged: Sequence[Judgement]) -> dict[str, Table]:
    listed = {m.id: (*m.keywords, *m.weak) for m in house.world.taxonomy.matters.values()}
    tables = {}
    for district in {j.district for j in judged}:
        found = [j for j in judged if j.district == district]
        off = [j for j in found if j.guess != j.matter]
        if off:  # nothing to look at: no message
            words = suggest.keywords(((j.words, j.matter) for j in off), listed)
            tables[district] = Table(len(found), Counter((j.guess, j.matter) for j in off), words)
    return tables


def _told(house: House, connection: Connection, last: str | None, now: datetime, tables: Mapping[str, Table]) -> int:
    if not meta.swap(connection, DONE, last, now.isoformat()):  # another copy told it
        return 0
    desk = house.desk(connection, "weekly")
    for district, table in tables.items():
        _tell(house, desk, district, table)
    return len(tables)


def _tell(house: House, desk: Desk, district: str, table: Table) -> None:
    top = desk.top(district)
    known = house.world.taxonomy.matters
    for person in desk.directory.coordinators(top) if top else ():
        language = desk.person(person).language

        def name(matter: str, language: str = language) -> str:
            names = known[matter].names if matter in known else {}
            return names.get(language) or names.get("zh") or house.world.texts.say(language, "matter.none")

        texts = house.world.texts
        lines = [
            texts.say(language, "weekly.line", guess=name(guess), matter=name(matter), times=times)
            for (guess, matter), times in table.wrong.most_common(SHOWN)
        ]
        words = [
            texts.say(language, "weekly.words", matter=name(matter), words="、".join(words))
            for matter, words in table.words.items()
        ]
        tell(
            texts,
            desk,
            person,
            "weekly.table",
            count=table.count,
            right=table.count - table.wrong.total(),
            lines="\n".join([*lines, *words]),
        )
