"""Figures for Prometheus: what this copy did, and what the database that all copies share has waiting."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from cases.errors import Transient
from storage.counts import health
from storage.database.engine import Database

#: seconds the database has to say what is waiting
PATIENCE = 5.0


class Metrics:
    """No figure carries a name, a number or a chat."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.updates = Counter(
            "wangge_updates",
            "Updates by what became of them: done, again, dead, flooded, repeated",
            ["channel", "became"],
            registry=registry,
        )
        self.deliveries = Counter(
            "wangge_deliveries",
            "Deliveries by what became of them: sent, merged, postponed, limited (429), unreachable, failed",
            ["channel", "became"],
            registry=registry,
        )
        self._stages = Histogram(
            "wangge_stage_seconds",
            "Seconds in a stage: fetch, hear, understand, work, send",
            ["stage"],
            registry=registry,
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
        )
        self._up = Gauge("wangge_database_up", "1 when the database answers", registry=registry)
        self._waiting = {
            name: Gauge(f"wangge_{name}", words, registry=registry) for name, words in health.DEPTHS.items()
        }

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._stages.labels(name).observe(time.perf_counter() - begun)

    async def shown(self, database: Database, now: datetime) -> bytes:
        """In Prometheus' text format; while the database is away, what this copy did is shown all the same."""
        try:
            async with asyncio.timeout(PATIENCE):
                depths = await database.read(health.depths, now)
        except (Transient, TimeoutError):
            self._up.set(0)
        else:
            self._up.set(1)
            for name, value in depths.items():
                self._waiting[name].set(value)
        return generate_latest(self._registry)
