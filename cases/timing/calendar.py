"""Working time, rest days and quiet hours. Pure: which days are worked is asked of a function."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: seconds; what is longer is a slip of the pen, and past the end of every calendar
LONGEST = 3653 * 86400
_DURATION = re.compile(r"(\d+)(s|m|h|d|wd)")


class Duration(NamedTuple):
    """`seconds` by the calendar, or `workdays`; one of the two is zero."""

    seconds: int = 0
    workdays: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """'2s' '90m' '4h' '3d' by the calendar, '5wd' working days.

        Raises ValueError naming the text when it is none of these.
        """
        match = _DURATION.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a duration: {text!r} (write 90m, 4h, 3d or 5wd)")
        count, unit = int(match[1]), match[2]
        if count * _SECONDS.get(unit, 86400) > LONGEST:
            raise ValueError(f"longer than ten years: {text!r}")
        return cls(workdays=count) if unit == "wd" else cls(seconds=count * _SECONDS[unit])


@dataclass(frozen=True, slots=True)
class Calendar:
    is_workday: Callable[[date], bool]
    zone: ZoneInfo
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    #: (from, to) in which nothing but urgent notices rings; None: no quiet hours
    quiet: tuple[time, time] | None = (time(21, 30), time(7, 30))
    #: when each worker and coordinator gets the day's list; None: no lists
    morning: time | None = time(8)

    def next_workday(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def to_working_time(self, moment: datetime) -> datetime:
        """Before opening: the opening; after closing or on a rest day: the next working day's opening."""
        local = moment.astimezone(self.zone)
        day, clock = local.date(), local.time()
        if not self.is_workday(day) or clock > self.closes:
            return datetime.combine(self.next_workday(day), self.opens, self.zone)
        return datetime.combine(day, max(clock, self.opens), self.zone)

    def add(self, start: datetime, duration: Duration) -> datetime:
        """When `duration` ends. Working days: brought to working time, then the same clock time n workdays on."""
        if not duration.workdays:
            return start + timedelta(seconds=duration.seconds)
        begin = self.to_working_time(start)
        day = begin.date()
        for _ in range(duration.workdays):
            day = self.next_workday(day)
        return datetime.combine(day, begin.time(), self.zone)

    def subtract(self, end: datetime, duration: Duration) -> datetime:
        """The moment `duration` before `end`; working days are counted back at the same clock time."""
        if not duration.workdays:
            return end - timedelta(seconds=duration.seconds)
        local = end.astimezone(self.zone)
        day = local.date()
        for _ in range(duration.workdays):
            day -= timedelta(days=1)
            while not self.is_workday(day):
                day -= timedelta(days=1)
        return datetime.combine(day, local.time(), self.zone)

    def closing(self, moment: datetime) -> datetime:
        """The end of the working day of `moment`, or of the next one where it falls on a rest day."""
        day = moment.astimezone(self.zone).date()
        return datetime.combine(day if self.is_workday(day) else self.next_workday(day), self.closes, self.zone)

    def awake(self, moment: datetime) -> datetime:
        """`moment`, or the end of the quiet hours it falls into."""
        if self.quiet is None:
            return moment
        begin, end = self.quiet
        local = moment.astimezone(self.zone)
        clock = local.time()
        asleep = begin <= clock or clock < end if begin > end else begin <= clock < end
        if not asleep:
            return moment
        day = local.date() + timedelta(days=1) if begin > end and clock >= begin else local.date()
        return datetime.combine(day, end, self.zone)

    def asleep(self, moment: datetime) -> bool:
        return self.awake(moment) != moment

    def told(self, moment: datetime) -> datetime:
        """When something that can wait is told that came up at `moment`: now, or with the list after the night."""
        awake = self.awake(moment)
        if self.quiet is None or self.morning is None:
            return awake
        local = awake.astimezone(self.zone)
        listed = datetime.combine(local.date(), self.morning, self.zone)
        early = self.quiet[0] > self.quiet[1] and self.quiet[1] <= local.time() < self.morning
        return listed if early else awake

    def next_morning(self, moment: datetime, at: time | None = None) -> datetime:
        """The next time of the day's list strictly after `moment`. Raises ValueError where there are no lists."""
        clock = at or self.morning
        if clock is None:
            raise ValueError("no lists")
        day = moment.astimezone(self.zone).date()
        listed = datetime.combine(day, clock, self.zone)
        return listed if listed > moment else datetime.combine(day + timedelta(days=1), clock, self.zone)
