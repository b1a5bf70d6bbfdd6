"""述职评议: one document a leader can read out and a resident can check; figures come from where /stats takes them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from bot.house import House
from bot.making.made import Made, Wanted, page
from bot.making.papers import render
from cases.counts import figures as pure
from cases.counts.figures import Row
from cases.ledger.model import Kind
from cases.ledger.views import ItemView
from cases.states import FINAL, OPEN
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import matter_name
from storage.counts import figures
from storage.desk import Desk

#: of the longest, and of what is still open
LONGEST = 10


def made(house: House, wanted: Wanted) -> Made | None:
    """None: it is not theirs to see any more."""
    desk, person, given = wanted.desk, wanted.person, wanted.given
    of, item = given["of"], int(given["item"])
    unit = desk.unit(of)
    if unit is None or not rights.oversees(person, of, desk.directory):
        return None
    since, until = (datetime.fromisoformat(given[end]) for end in ("since", "until"))
    known = facts(desk, house, of, since, min(until, desk.now + timedelta(seconds=1)), person.language)
    view = desk.items.seen(item)
    known |= {
        "number": view.file.item.number,
        "unit": unit.name,
        "mends": mends(view, house),
        "marks": marks(view, house, person.language),
    }
    say = house.world.texts.say
    f = known["figures"]
    text = say(
        person.language,
        "review.made",
        unit=unit.name,
        since=known["since"],
        until=known["until"],
        taken=f.taken,
        closed=f.closed,
        confirmed=f.confirmed,
        open=f.open,
        promised=known["promised"],
        kept=known["kept"],
    )
    buttons = [
        Button(say(person.language, "do.review.fix"), f"i.fix.{item}"),
        Button(say(person.language, "option.look"), f"i.show.{item}"),
    ]
    name = f"{unit.name}述职评议.html"
    return Made(Message(text, in_rows(buttons)), desk.now, (page(name, render(house, "review", known)),))


def facts(desk: Desk, house: House, of: str, since: datetime, until: datetime, language: str) -> dict[str, Any]:
    path, zone = desk.directory.path(of), house.settings.zone
    rows = figures.of_unit(desk.connection, path, since, until)
    monday = since.astimezone(zone) - timedelta(days=since.astimezone(zone).weekday())
    found = pure.of(rows, until, monday)
    works = desk.items.made_within(Kind.WORK, path, since, until)
    stars = Counter(row.stars for row in rows if row.stars)

    def named(row: Row) -> dict[str, Any]:
        """As anybody may read it: the matter, the spot without a door, how long it took."""
        end = row.resolved_at or until
        known = house.world.taxonomy.matters.get(row.matter)
        place = "" if known and known.sensitive else row.place
        return {
            "number": row.number,
            "matter": matter_name(house.world, language, row.matter),
            "place": place,
            "days": max(0, (end - row.reported_at).days),
            "open": row.state in OPEN,
        }

    kept = [row for row in rows if row.state not in FINAL]  # who took it back did not wait
    longest = sorted(kept, key=lambda row: (row.resolved_at or until) - row.reported_at, reverse=True)[:LONGEST]
    return {
        "since": f"{since.astimezone(zone):%Y-%m-%d}",
        "until": f"{until.astimezone(zone):%Y-%m-%d}",
        "figures": found,
        "matters": [(matter_name(house.world, language, m), n) for m, n in found.matters],
        "spots": [(matter_name(house.world, language, m), place, n) for m, place, n in found.spots],
        "longest": [named(row) for row in longest],
        "promised": len(works),
        "kept": sum(work.state == "finished" for work in works),
        "works": [
            {"title": work.title, "state": house.world.texts.say(language, f"ledger.state.{work.state}")}
            for work in works
        ],
        "praise": stars.get("satisfied", 0),
        "fair": stars.get("fair", 0),
        "anger": stars.get("unsatisfied", 0),
        "outcomes": [(house.world.texts.say(language, f"outcome.{name}"), n) for name, n in found.outcomes],
        "officers": officers(desk, of),
    }


def officers(desk: Desk, of: str) -> list[dict[str, str]]:
    """Who answers for the unit: those whose year this was."""
    found = [desk.person(person) for person in desk.directory.coordinators(of)]
    return [{"name": person.name} for person in found]


def marks(view: ItemView, house: House, language: str) -> list[dict[str, str]]:
    """评议: who marked it how, and why."""
    return [
        {
            "who": view.people[note.by].name,
            "words": note.words,
            "grade": house.world.texts.say(language, f"grade.{note.given['grade']}"),
        }
        for note in view.notes
        if note.action == "mark" and note.by
    ]


def mends(view: ItemView, house: House) -> list[dict[str, Any]]:
    zone = house.settings.zone
    return [
        {
            "words": duty.words,
            "due": f"{duty.due.astimezone(zone):%Y-%m-%d}",
            "done": duty.state == "done",
            "who": view.people[duty.person].name if duty.person else "",
        }
        for duty in view.file.duties
        if duty.kind == "fix"
    ]
