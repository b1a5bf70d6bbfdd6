"""Logs: one line an event, with the cause that runs through update, entry, notice and delivery."""

import logging
import sys

import structlog


def configure(*, lines: bool = False, level: int = logging.INFO) -> None:
    """`lines`: JSON, for machines; else for people."""
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if lines else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
