"""/stats, with a chart where there is something to draw."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.house import House
from bot.making import charts
from bot.making.made import File, Made, Wanted
from cases.counts import figures as pure
from cases.counts.figures import Figures, Row
from cases.ledger.model import Kind
from handlers import rights
from handlers.chat import Message
from handlers.context import matter_name
from handlers.counts import figures as words
from handlers.ledger.cards import MARKS
from storage.counts import figures
from storage.database.engine import Connection
from storage.desk import Desk
from storage.ledger import ledgers

#: fewer cases need no picture
DRAWN = 5


def made(house: House, wanted: Wanted) -> Made | None:
    """None: it is not theirs to see any more."""
    desk, person, given = wanted.desk, wanted.person, wanted.given
    of, days = given["of"], given["days"]
    if not words.may(person, of, desk.rules.directory):
        return None
    zone, now = house.settings.zone, desk.now
    local = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = pure.of(_rows(desk, person.id, of, days), now, local - timedelta(days=local.weekday()))
    if of != words.OWN and not rights.oversees(person, of, desk.rules.directory):
        found = pure.blurred(found)
    unit = desk.unit(of)
    # who answers for several finds the others here
    own = (desk.unit(post.unit) for post in person.serves(*rights.OVERSEEING) if post.unit != of)
    below = [*filter(None, own), *desk.children(of)] if unit else []
    if unit is not None:
        ledger = [
            *_ledger(desk.connection, desk.directory.path(of), now - timedelta(days=days), now + timedelta(seconds=1))
        ]
    else:
        ledger = []
    message = words.message(
        house.world, person.language, found, of, unit.name if unit else "", days, now, zone, below, ledger
    )
    picture = _drawn(house, person.language, found, message)
    return Made(message, now, (File("photo", "image/png", "chart.png", picture),) if picture else ())


def _ledger(
    connection: Connection, path: str, since: datetime, until: datetime
) -> Iterator[tuple[str, dict[str, int]]]:
    """What else a unit did: (key of the sentence, its figures); nothing of what there was none of."""
    rows = {
        kind: list(ledgers.item_rows(connection, kind, path, since, until))
        for kind in (Kind.VISIT, Kind.MEDIATION, Kind.WORK)
    }
    if visits := rows[Kind.VISIT]:
        sums = {mark: sum(int(row.facts.get(mark, 0)) for row in visits) for mark in MARKS}
        villages = len({row.unit for row in visits})
        yield "figures.visits", {"count": len(visits), "villages": villages, "gathered": sum(sums.values()), **sums}
    if mediations := rows[Kind.MEDIATION]:
        settled = sum(row.state in ("agreed", "closed") for row in mediations)
        # who did not want to be mediated was not mediated without success
        failed = sum(row.facts.get("settled") is False for row in mediations)
        percent = round(100 * settled / (settled + failed)) if settled + failed else 0
        yield (
            "figures.mediation",
            {
                "count": len(mediations),
                "settled": settled,
                "failed": failed,
                "percent": percent,
                "of": settled + failed,
            },
        )
    if works := rows[Kind.WORK]:
        yield (
            "figures.works",
            {
                "count": len(works),
                "finished": sum(row.state == "finished" for row in works),
                "late": sum(row.late > 0 for row in works),
            },
        )


def _rows(desk: Desk, person: int, of: str, days: int) -> list[Row]:
    since, until = desk.now - timedelta(days=days), desk.now + timedelta(seconds=1)
    if of == words.OWN:
        return figures.reported_by(desk.connection, person, since, until)
    if of == words.HELD:
        return figures.held_by(desk.connection, person, since, until)
    return figures.of_unit(desk.connection, desk.directory.path(of), since, until)


def _drawn(house: House, language: str, found: Figures, message: Message) -> bytes:
    if found.taken < DRAWN:
        return b""
    labels = (house.world.texts.say(language, "figures.reported"), house.world.texts.say(language, "figures.closed"))
    named = [(matter_name(house.world, language, matter), times) for matter, times in found.matters]
    return charts.weeks_and_matters(message.text.split("\n")[0], labels, found.weeks, named)
