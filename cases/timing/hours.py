"""When somebody works: a volunteer in the evening, a part-timer at weekends. Nobody is reminded or judged outside."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"(?:([1-7](?:-[1-7])?(?:,[1-7](?:-[1-7])?)*) )?(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
#: hours of a person stand in a column of this many characters
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Window:
    #: 1 is Monday
    days: frozenset[int]
    begin: time
    end: time


@dataclass(frozen=True)
class Hours:
    """Empty: always."""

    windows: tuple[Window, ...] = ()

    def of(self, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """In order; what overlaps is counted once."""
        found: list[tuple[datetime, datetime]] = []
        for begin, end in sorted(
            (datetime.combine(day, w.begin, zone), datetime.combine(day, w.end, zone))
            for w in self.windows
            if day.isoweekday() in w.days
        ):
            if found and begin <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((begin, end))
        return found

    def contain(self, moment: datetime, zone: ZoneInfo) -> bool:
        return not self.windows or self.next(moment, zone) == moment

    def next(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """`moment`, or the beginning of the next hours after it."""
        return self.add(moment, timedelta(), zone)

    def add(self, moment: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
        """When so much of these hours is over, counted from `moment`."""
        if not self.windows:
            return moment + length
        day = moment.astimezone(zone).date()
        while True:
            for begin, end in self.of(day, zone):
                start = max(begin, moment)
                if start >= end:
                    continue
                if start + length <= end:
                    return start + length
                length -= end - start
            day += timedelta(days=1)


@cache
def parse(text: str) -> Hours:
    """'18:00-21:00'; '1-5 18:00-21:00; 6,7 9:00-17:00' with 1 for Monday; '' always.

    Raises ValueError naming what is none of these.
    """
    windows = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = _SPAN.fullmatch(part)
        if not match:
            raise ValueError(f"no hours: {part!r} (write 18:00-21:00 or 6,7 9:00-17:00; 1 is Monday)")
        try:
            begin, end = (time.fromisoformat(f"{clock:0>5}") for clock in (match[2], match[3]))
        except ValueError as error:
            raise ValueError(f"no hours: {part!r} (a day ends at 23:59)") from error
        if begin >= end:
            raise ValueError(f"no hours: {part!r} ends before it begins")
        windows.append(Window(_days(match[1] or "1-7"), begin, end))
    return Hours(tuple(windows))


def _days(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if last and last < first:
            raise ValueError(f"no hours: days {part!r} run backwards (write 5-7,1)")
        found |= set(range(int(first), int(last or first) + 1))
    return frozenset(found)


ALWAYS = Hours()
