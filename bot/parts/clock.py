"""Business time. The demo's and the tests' can be pushed forward; nothing else in the house asks what time it is."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place


class PushedClock:
    """The system's time, or a fixed one, plus what it was pushed forward."""

    def __init__(self, fixed: datetime | None = None, pushed: timedelta = timedelta()) -> None:
        self._fixed, self.pushed = fixed, pushed

    def now(self) -> datetime:
        return (self._fixed or SystemClock().now()) + self.pushed

    def push(self, by: timedelta) -> None:
        self.pushed += by
