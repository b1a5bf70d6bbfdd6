"""Logs: one line an event, with the cause that runs through update, entry, notice and delivery.

Nothing of a person goes into them: numbers long enough to be a telephone, an identity card or a chat, plates and
tokens are left out, and what libraries log takes the same way.
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from cases.reading.masking import without_numbers

#: names that are nobody's: never touched
OURS = ("timestamp", "cause")
_HIDDEN: tuple[tuple[re.Pattern[str], str], ...] = (
    # PostgreSQL quotes the row
    (re.compile(r"DETAIL:[^\n]*"), "DETAIL"),
    # pydantic quotes what it could not read
    (re.compile(r"input_value=.*?, input_type="), "input_type="),
    (re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}"), "TOKEN"),
)


def hidden(words: str) -> str:
    """The words without numbers that belong to somebody."""
    for pattern, instead in _HIDDEN:
        words = pattern.sub(instead, words)
    return without_numbers(words)


def _hide(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: hidden(value) if isinstance(value, str) and key not in OURS else value for key, value in event.items()}


def configure(*, lines: bool = False, level: int = logging.INFO) -> None:
    """`lines`: JSON, for machines; else for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        _hide,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if lines else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    theirs = logging.StreamHandler(sys.stderr)
    theirs.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared[:3],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shared[3:], renderer],
        )
    )
    logging.basicConfig(handlers=[theirs], level=logging.WARNING, force=True)
