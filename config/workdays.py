"""China's workdays: weekends, the holidays and the make-up workdays (调休) the State Council announces each year."""

from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from cases.timing.calendar import Calendar
from config.hours import CalendarSettings, local_days
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


def known(year: int, settings: Settings) -> bool:
    """Whether the holidays of a year are announced, or written down in this place's own days."""
    days = settings.calendar.days
    return year <= covers() or (days is not None and any(day.year == year for day in local_days(days)))


def made(hours: CalendarSettings, zone: ZoneInfo) -> Calendar:
    """A calendar of these hours, with the days that are otherwise here laid over China's."""
    own = local_days(hours.days) if hours.days else {}
    opens, closes = hours.working()

    def worked(day: date) -> bool:
        return own[day] if day in own else is_workday(day)

    return Calendar(worked if own else is_workday, zone, opens, closes, hours.quiet(), hours.morning())


def calendar(settings: Settings) -> Calendar:
    return made(settings.calendar, settings.zone)
