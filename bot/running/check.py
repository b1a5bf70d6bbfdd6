"""`wangge check`: each thing that can be wrong is one small function that says so in words, and what to do."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import aiohttp

from bot.composition import open_database, seal_key, standards
from bot.gateway import Closed
from bot.gateways.telegram import bare
from bot.memory import memory
from bot.parts import reading
from bot.parts.clock import SystemClock
from cases.errors import Transient
from cases.people import Role
from config import taxonomy, texts, workdays
from config.bots import BotSettings
from config.mistakes import Mistakes
from config.settings import Settings
from storage.cases import history
from storage.counts import health
from storage.database import schema
from storage.database.engine import Connection, Database
from storage.people.records import opens_a_number
from storage.people.seal import Seal
from storage.traffic import deliveries, inbox
from storage.units import directory

#: so many units are named; the rest is counted
NAMED = 10


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    wrong: bool = False
    #: what to do about it; of what is not wrong, something to think of
    do: str = ""

    def __str__(self) -> str:
        sign = "✗" if self.wrong else "!" if self.do else "✓"
        return f"{sign} {self.what}" + (f"\n    → {self.do}" if self.do else "")


def findings(settings: Settings) -> list[Finding]:
    found = [*_settings(settings), *_bots(settings), *_calendar(settings)]
    try:
        database = open_database(settings)
        try:
            found += _database(settings, database)
        finally:
            database.close()
    except Transient as error:
        found.append(Finding(str(error), wrong=True, do="start the database, or put WANGGE_DATABASE_URL right"))
    return found


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        f"database {health.shown_url(settings.url)}, language {settings.language}, time zone {settings.timezone}"
    )
    known = taxonomy.load(settings.taxonomy)
    yield Finding(f"taxonomy {known.version}: {len(known.categories)} categories, {len(known.matters)} matters")
    yield from _understanding(settings, known)
    if settings.contact_key is None:
        file = settings.data_dir / "contact.key"
        if settings.database_url and not file.exists():
            yield Finding(
                "no key for contact data",
                wrong=True,
                do="set WANGGE_CONTACT_KEY to the same key on every copy; "
                'make one with: python -c "from storage.people.seal import new_key; print(new_key())"',
            )
        else:
            yield Finding(f"key for contact data: {file} (keep a copy of it apart from the database)")
    try:
        standards(settings, known)
    except Mistakes as mistakes:
        for mistake in mistakes.found:
            yield Finding(mistake, wrong=True, do="mend the settings")
    if settings.texts:
        for mistake in texts.mistakes(texts.read(texts.OURS), texts.read(settings.texts)):
            yield Finding(mistake, wrong=True, do=f"mend the catalogue in {settings.texts}")


def _understanding(settings: Settings, known: taxonomy.Taxonomy) -> Iterator[Finding]:
    try:
        layers = reading.layers_for(settings, known)
    except Mistakes as mistakes:
        for mistake in mistakes.found:
            yield Finding(mistake, wrong=True, do="see docs/understanding.md")
        return
    yield Finding(f"understanding: {layers}; memory {memory()} MB")


def _bots(settings: Settings) -> Iterator[Finding]:
    """Each bot is greeted, so that a wrong token is found before the night."""
    if not settings.all_bots():
        yield Finding("no Telegram bot (WANGGE_TELEGRAM_TOKEN); the browser chat of `wangge demo` needs none")
    for bot in settings.all_bots():
        yield asyncio.run(_greeted(settings, bot))


async def _greeted(settings: Settings, bot: BotSettings) -> Finding:
    base, token = settings.telegram_api_base, bot.token.get_secret_value()
    try:
        async with aiohttp.ClientSession() as session:
            me = await bare.call(session, base, token, "getMe")
            hook = await bare.call(session, base, token, "getWebhookInfo") if bot.mode == "webhook" else {}
    except Closed as error:
        return Finding(f"{bot.channel}: {error}", wrong=True, do="ask BotFather for the token (/token), and set it")
    except Transient as error:
        return Finding(
            f"{bot.channel}: cannot reach Telegram ({error})",
            wrong=True,
            do="see docs/howto/what-telegram-sees.md: where it cannot be reached; or set WANGGE_TELEGRAM_API_BASE",
        )
    if trouble := hook.get("last_error_message"):
        return Finding(
            f"{bot.channel}: Telegram could not bring updates: {trouble}", wrong=True, do="see docs/howto/webhook.md"
        )
    return Finding(f"{bot.channel}: @{me.get('username', '?')} by {bot.library}, {bot.mode}")


def _calendar(settings: Settings) -> Iterator[Finding]:
    """Next year's holidays are missed from December on, when they count already. Everything works without them, so
    nothing is wrong yet."""
    now = SystemClock().now().astimezone(settings.zone)
    yield Finding(f"workdays and holidays known up to {workdays.covers()}")
    for year in [now.year, *([now.year + 1] if now.month == 12 else [])]:
        if not workdays.known(year, settings):
            yield Finding(
                f"the holidays of {year} are not known: weekends only",
                do="upgrade chinesecalendar, or write the days into the file of [calendar] days",
            )


def _database(settings: Settings, database: Database) -> Iterator[Finding]:
    with database.look() as connection:
        at, head = schema.current(connection), schema.head()
        if at != head:
            yield Finding(f"tables at revision {at or 'none'}, wanted {head}", wrong=True, do="wangge db upgrade")
            return
        yield Finding(f"tables at revision {at}")
        for part in PARTS:
            yield from part(connection)
        if not opens_a_number(connection, Seal(seal_key(settings))):
            yield Finding(
                "the key for contact data does not open the telephone numbers in this database",
                wrong=True,
                do="bring back the contact.key, or the WANGGE_CONTACT_KEY, that belongs to it",
            )
        yield from _laid_over(settings, connection)


def _units(connection: Connection) -> Iterator[Finding]:
    count = health.count_units(connection)
    if not count:
        yield Finding("no units", wrong=True, do="wangge import units FILE, then wangge import people FILE")
        return
    yield Finding(f"{count} units")
    names = health.units_without(connection, "grid", Role.WORKER, SystemClock().now())
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield Finding(
            f"{len(names)} grids without a present worker: {', '.join(names[:NAMED])}{more}",
            wrong=True,
            do="a coordinator invites somebody with /invite; meanwhile their cases go to the coordinator above",
        )


def _laid_over(settings: Settings, connection: Connection) -> Iterator[Finding]:
    """What holds in a unit, or goes to one, needs that unit."""
    named = [(f"[[places]] unit {place.unit}", place.unit) for place in settings.places]
    for route in settings.routes:
        named += [
            (f"[[routes]] {route.name}, {what} {code}", code)
            for what, code in (("unit", route.unit), ("to", route.to))
            if code[:1].isdigit()
        ]
    there = directory.names_of(connection, [code for _, code in named])
    for what, code in named:
        if code not in there:
            yield Finding(f"{what}: there is no such unit", wrong=True, do="put the code right in the settings")


def _coordinators(connection: Connection) -> Iterator[Finding]:
    if not health.count_posts(connection, Role.COORDINATOR):
        yield Finding("no coordinator", wrong=True, do="wangge import people FILE with at least one coordinator")


def _unreachable(connection: Connection) -> Iterator[Finding]:
    if names := health.unreachable(connection):
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield Finding(
            f"{len(names)} people cannot be reached: {', '.join(names[:NAMED])}{more}",
            wrong=True,
            do="they blocked the bot, or never wrote to it; phone them: one word of theirs to the bot puts it right",
        )


def _queues(connection: Connection) -> Iterator[Finding]:
    updates, messages = inbox.counts(connection), deliveries.counts(connection)
    dead, failed = updates.get("dead", 0), messages.get("failed", 0)
    yield Finding(f"{updates.get('waiting', 0)} messages wait to be worked, {messages.get('waiting', 0)} to be sent")
    if dead:
        yield Finding(
            f"{dead} messages could not be worked", wrong=True, do="wangge letters list; then retry, or drop, each"
        )
    if failed:
        yield Finding(
            f"{failed} messages could not be delivered",
            wrong=True,
            do="wangge letters list: who blocked the bot is phoned; then retry, or drop, each",
        )


def _history(connection: Connection) -> Iterator[Finding]:
    """Every chain and every seal; the first broken link of each is named."""
    count, broken = history.verify(connection)
    sealed, changed = history.verify_seals(connection)
    for number, where, why in broken:
        yield Finding(f"history of {number}, entry {where}: {why}", wrong=True, do="see docs/security.md")
    for number, where, why in changed:
        yield Finding(f"seal of {number}, {where}: {why}", wrong=True, do="see docs/security.md")
    if not broken and not changed:
        heads = ", ".join(f"{seal.district} {seal.day} {seal.head[:16]}" for seal in sealed[:NAMED])
        yield Finding(f"history whole: {count} entries" + (f"; sealed: {heads}" if heads else "; not sealed yet"))


PARTS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _units,
    _coordinators,
    _unreachable,
    _queues,
    _history,
)
