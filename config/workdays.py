"""China's workdays: weekends, the holidays and the make-up workdays (调休) the State Council announces each year."""

from datetime import date
from functools import cache

from cases.calendar import Calendar
from config.settings import Settings


@cache
def is_workday(day: date) -> bool:
    """Past the last announced year only weekends are known; `covers` says how far that is."""
    import chinese_calendar  # noqa: PLC0415 - its tables are large; not everyone who reads settings needs them

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def covers() -> int:
    """The last year whose holidays are known."""
    from chinese_calendar.constants import holidays  # noqa: PLC0415 - as above

    return int(max(day.year for day in holidays))


def calendar(settings: Settings) -> Calendar:
    opens, closes = settings.calendar.working()
    return Calendar(is_workday, settings.zone, opens, closes, settings.calendar.quiet())
