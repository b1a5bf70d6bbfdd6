"""One person's messages in a minute: who sends more than anybody types is told once, and waits."""

import time
from collections import deque
from collections.abc import Callable
from enum import Enum

MINUTE = 60.0
#: lanes remembered before those that went quiet are dropped
MANY = 10_000


class Verdict(Enum):
    FINE = "fine"
    #: the first that is too much: said once in a flood
    FIRST = "first"
    MORE = "more"


class Flood:
    """Counts what reaches this copy; of several copies behind one webhook each counts its share."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`most`: messages in a minute that are worked."""
        self._most, self._clock = most, clock
        self._heard: dict[str, deque[float]] = {}
        self._flooding: set[str] = set()

    def heard(self, lane: str) -> Verdict:
        now = self._clock()
        times = self._heard.setdefault(lane, deque(maxlen=self._most))
        if len(times) < self._most or now - times[0] >= MINUTE:
            times.append(now)
            self._flooding.discard(lane)
            self._sweep(now)
            return Verdict.FINE
        if lane in self._flooding:
            return Verdict.MORE
        self._flooding.add(lane)
        return Verdict.FIRST

    def _sweep(self, now: float) -> None:
        if len(self._heard) > MANY:
            self._heard = {lane: times for lane, times in self._heard.items() if now - times[-1] < MINUTE}
            self._flooding &= self._heard.keys()
