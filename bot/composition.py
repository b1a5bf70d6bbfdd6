"""The composition root: settings in, a house out. The only place that joins storage, nlp and handlers."""

import hashlib
import json
import os
import secrets
import socket
from dataclasses import dataclass
from functools import partial

from bot.clockwork import renewal
from bot.clockwork.ticks import Ticks
from bot.house import House
from bot.incoming.lanes import Lanes
from bot.outgoing.outbox import Outbox
from bot.parts import local, reading
from bot.parts.flood import Flood
from bot.parts.reading import Reading
from bot.parts.speech import ears
from cases.ports import Clock, Rules
from cases.routes import STANDARD_ROUTES
from cases.timing.deadlines import STANDARD, URGENT, Deadlines
from cases.timing.deadlines import mistakes as deadline_mistakes
from config import lessons, taxonomy, texts, workdays
from config.mistakes import Mistakes
from config.settings import Settings
from handlers.context import World
from nlp.places.locator import Locator, Named
from nlp.tagger import Tagger
from storage.database.engine import Connection, Database
from storage.desk import Standards
from storage.people.records import staff_names
from storage.people.seal import Seal, new_key
from storage.units import gazetteer


@dataclass
class Running:
    """A house and the three things that work in it."""

    house: House
    lanes: Lanes
    outbox: Outbox
    ticks: Ticks
    renewal: renewal.Renewal

    async def settle(self) -> None:
        """Until nothing is left to do now. What a test, a replay or a benchmark calls instead of waiting."""
        while await self.lanes.settle() + await self.ticks.settle() + await self.outbox.settle():
            pass


def seal_key(settings: Settings) -> str:
    """The key for contact data: from the settings, else a file of ours in the data folder, made at first use."""
    if settings.contact_key is not None:
        return settings.contact_key.get_secret_value()
    file = settings.data_dir / "contact.key"
    if not file.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(new_key())
    return file.read_text().strip()


def standards(settings: Settings, known: taxonomy.Taxonomy) -> Standards:
    """Raises Mistakes for deadlines or keys nobody can work by."""
    own = settings.deadlines_by_matter()
    if wrong := [*deadline_mistakes(own, frozenset(known.matters)), *local.mistakes(settings, known)]:
        raise Mistakes(wrong)
    laid = [place.model_dump(mode="json") for place in settings.places]
    routes = [route.model_dump(mode="json") for route in settings.routes]
    policy = json.dumps([STANDARD, URGENT, own, laid, routes, settings.matters], sort_keys=True).encode()
    try:
        seal = Seal(seal_key(settings))
    except (ValueError, IndexError) as error:
        raise Mistakes(["contact_key: no key of 32 url-safe base64-encoded bytes"]) from error
    rules = partial(
        Rules,
        Deadlines(own, known.deadlines),
        workdays.calendar(settings),
        photo=known.photo,
        policy=hashlib.sha256(policy).hexdigest()[:12],
        taxonomy=known.version,
        routes=(*(route.route() for route in settings.routes), *STANDARD_ROUTES),
        places=local.places(settings),
        matters=None if settings.matters is None else frozenset(settings.matters),
        supervision_phone=settings.supervision_phone,
        categories={matter.id: matter.category for matter in known.matters.values()},
        reports_a_day=settings.limits.reports_a_day,
        notices_approved=settings.notices.approve,
    )
    return Standards(rules, seal)


def locator(connection: Connection) -> Locator:
    named = (Named(place.unit, place.level, place.names, place.boundary) for place in gazetteer.read(connection))
    return Locator(named).ready()


def tagger(database: Database, reading: Reading) -> Tagger:
    """With the places and the names the database has now."""
    with database.look() as connection:
        return Tagger(reading.taxonomy, locator(connection), staff_names(connection), reading.layers)


def compose(settings: Settings, database: Database, clock: Clock) -> Running:
    """Raises Mistakes with all that is wrong with the settings, Transient when the database is away."""
    understanding = reading.load(settings)
    known = understanding.taxonomy
    with database.look() as connection:
        seen, places, staff = renewal.state(connection), locator(connection), staff_names(connection)
    house = House(
        settings=settings,
        database=database,
        clock=clock,
        world=World(
            texts.load(settings.texts, keep=settings.keeping.words),
            known,
            places,
            local.laid_texts(settings),
            lessons.load(settings.lessons, quiz=settings.training.quiz),
        ),
        tagger=Tagger(known, places, staff, understanding.layers),
        reading=understanding,
        ears=ears(settings.speech),
        standards=standards(settings, known),
        flood=Flood(settings.limits.per_minute),
        owner=f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}",
    )
    anew = renewal.Renewal(house, places, locator, partial(standards, settings), seen)
    running = Running(house, Lanes(house), Outbox(house), Ticks(house), anew)
    house.listeners += [running.lanes.nudge, running.outbox.nudge]
    return running


def open_database(settings: Settings) -> Database:
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Database(settings.url)
