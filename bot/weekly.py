"""Once a week, to the highest coordinators of each district: what was taken for what, and words worth adding."""

from collections import Counter
from datetime import datetime, timedelta

from bot.house import House
from handlers.telling import tell
from nlp import suggest
from storage import judgements, meta
from storage.desk import Desk
from storage.engine import Connection
from storage.judgements import Judgement

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


def make(house: House, connection: Connection) -> int:
    """How many districts were told. A new deployment begins with the next week."""
    last, now = meta.get(connection, DONE), due(house)
    if last is not None and datetime.fromisoformat(last) >= now:
        return 0
    if (
        not meta.swap(connection, DONE, last, now.isoformat()) or last is None
    ):  # another copy makes it, or the first week
        return 0
    desk = house.desk(connection, "weekly")
    by_district: dict[str, list[Judgement]] = {}
    for judged in judgements.since(connection, now - WEEK):
        by_district.setdefault(judged.district, []).append(judged)
    for district, found in by_district.items():
        _tell(house, desk, district, found)
    return len(by_district)


def _tell(house: House, desk: Desk, district: str, found: list[Judgement]) -> None:
    top = desk.top(district)
    known = house.world.taxonomy.matters
    wrong = Counter((j.guess, j.matter) for j in found if j.guess != j.matter)
    told = suggest.keywords(((j.words, j.matter) for j in found if j.guess != j.matter),
                            {m.id: (*m.keywords, *m.weak) for m in known.values()})  # fmt: skip
    if not wrong:  # nothing to look at: no message
        return
    for person in desk.directory.coordinators(top) if top else ():
        language = desk.person(person).language

        def name(matter: str, language: str = language) -> str:
            names = known[matter].names if matter in known else {}
            return names.get(language) or names.get("zh") or house.world.texts.say(language, "matter.none")

        texts = house.world.texts
        lines = [texts.say(language, "weekly.line", guess=name(guess), matter=name(matter), times=times)
                 for (guess, matter), times in wrong.most_common(SHOWN)]  # fmt: skip
        words = [texts.say(language, "weekly.words", matter=name(matter), words="、".join(words))
                 for matter, words in told.items()]  # fmt: skip
        tell(texts, desk, person, "weekly.table", count=len(found), right=len(found) - sum(wrong.values()),
             lines="\n".join([*lines, *words]))  # fmt: skip
