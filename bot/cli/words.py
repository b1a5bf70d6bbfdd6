"""wangge tag, wangge due, wangge replay."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config.mistakes import Mistakes
from config.settings import load

if TYPE_CHECKING:
    from cases.understanding import Span, Understanding


def tag(
    text: Annotated[list[str] | None, typer.Argument(help="messages; without any, one a line on stdin")] = None,
) -> None:
    """What is understood of a message: one JSON a line, in order."""
    from bot.composition import locator, open_database
    from bot.parts import reading
    from nlp.places.locator import Locator
    from nlp.tagger import Tagger
    from storage.database import schema

    settings = load()
    places = Locator(())
    if settings.database_url or (settings.data_dir / "wangge.db").exists():
        database = open_database(settings)
        with database.look() as connection:
            if schema.current(connection) is not None:  # a database without tables knows no places
                places = locator(connection)
    understanding = reading.load(settings)
    tagger = Tagger(understanding.taxonomy, places, (), understanding.layers)
    lines: Iterable[str] = text or (line.rstrip("\n") for line in sys.stdin)
    for line in lines:
        print(json.dumps(as_json(tagger.understand(line)), ensure_ascii=False), flush=not text)


def as_json(u: "Understanding") -> dict[str, Any]:
    """The fields people ask of `wangge tag`, by their names there."""
    return {
        "matter": u.best,
        "category": u.category,
        "score": u.score,
        "candidates": [{"matter": matter, "score": score} for matter, score in u.candidates],
        "matched": [_span(span, "matter") for span in u.matched],
        "urgent": u.urgent,
        "handoff": u.handoff,
        "private": u.private,
        # greetings are chatter to the outside
        "kind": "chatter" if u.kind == "hello" else u.kind,
        "places": [_span(span, "unit") for span in u.places],
    }


def _span(span: "Span", of: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text, of: span.of or None}


def due(
    start: Annotated[str, typer.Argument(help="ISO 8601, e.g. 2026-09-30T16:00")],
    duration: Annotated[str, typer.Argument(help="90m, 4h, 3d by the calendar; 5wd working days")],
) -> None:
    """When a duration ends."""
    from datetime import datetime

    from cases.timing.calendar import Duration
    from config import workdays

    settings = load()
    try:
        begin, length = datetime.fromisoformat(start), Duration.parse(duration)
    except ValueError as error:
        raise Mistakes([str(error)]) from error
    if begin.tzinfo is None:
        begin = begin.replace(tzinfo=settings.zone)
    print(workdays.calendar(settings).add(begin, length).astimezone(settings.zone).isoformat())


def replay(file: Annotated[Path, typer.Argument(metavar="FILE.csv")]) -> None:
    """Real messages through the whole bot, into a scratch database; what became of them."""
    import asyncio
    import logging

    from bot import logs
    from bot.running import replay as the_replay

    logs.configure(level=logging.ERROR)
    asyncio.run(the_replay.run(load(), file))
