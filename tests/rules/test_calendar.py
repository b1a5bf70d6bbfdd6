"""Working time, make-up workdays, quiet hours: the moments people would argue about.

The days off of 2026, by the State Council's notice of November 2025: New Year 1 to 3 January, Sunday 4 January worked;
Spring Festival 15 to 23 February, Saturdays 14 and 28 February worked; Qingming 4 to 6 April; Labour Day 1 to 5 May,
Saturday 9 May worked; Dragon Boat 19 to 21 June; Mid-Autumn 25 to 27 September; National Day 1 to 7 October, Sunday 20
September and Saturday 10 October worked.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.timing.calendar import Calendar, Duration
from config import workdays
from config.hours import CalendarSettings
from config.workdays import is_workday
from tests.stage.pure_town import SHANGHAI

CALENDAR = Calendar(is_workday, SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


TABLE = [
    # by the calendar: nothing is brought anywhere
    ("2026-11-24T10:00", "2h", "2026-11-24T12:00"),
    ("2026-11-24T10:00", "90m", "2026-11-24T11:30"),
    ("2026-11-24T10:00", "3d", "2026-11-27T10:00"),
    ("2026-11-24T23:50", "30m", "2026-11-25T00:20"),
    ("2026-11-28T10:00", "24h", "2026-11-29T10:00"),  # a Saturday like any day
    ("2026-12-31T23:00", "2h", "2027-01-01T01:00"),  # urgent on New Year's Eve
    ("2026-10-01T03:00", "4h", "2026-10-01T07:00"),  # a holiday night
    ("2026-02-16T20:00", "45m", "2026-02-16T20:45"),  # the eve of the Spring Festival
    # a plain week
    ("2026-11-24T10:00", "1wd", "2026-11-25T10:00"),
    ("2026-11-24T10:00", "2wd", "2026-11-26T10:00"),
    ("2026-11-24T10:00", "5wd", "2026-12-01T10:00"),  # over one weekend
    ("2026-11-27T10:00", "1wd", "2026-11-30T10:00"),  # Friday to Monday
    ("2026-11-27T17:30", "1wd", "2026-11-30T17:30"),  # closing time itself is still working time
    ("2026-11-27T17:31", "1wd", "2026-12-01T08:30"),  # a minute later counts from Monday's opening
    ("2026-11-27T18:00", "1wd", "2026-12-01T08:30"),
    ("2026-11-24T08:30", "1wd", "2026-11-25T08:30"),
    ("2026-11-24T08:29", "1wd", "2026-11-25T08:30"),  # before opening: the opening
    ("2026-11-24T06:00", "1wd", "2026-11-25T08:30"),
    ("2026-11-24T00:00", "1wd", "2026-11-25T08:30"),
    ("2026-11-24T23:50", "1wd", "2026-11-26T08:30"),  # at 23:50 it counts from tomorrow's opening
    ("2026-11-30T23:50", "1wd", "2026-12-02T08:30"),
    # weekends
    ("2026-11-28T10:00", "1wd", "2026-12-01T08:30"),  # a report on Saturday counts from Monday's opening
    ("2026-11-29T23:59", "1wd", "2026-12-01T08:30"),
    ("2026-11-28T00:00", "5wd", "2026-12-07T08:30"),
    # National Day, with a make-up Saturday after it
    ("2026-09-30T16:00", "1wd", "2026-10-08T16:00"),
    ("2026-09-30T16:00", "3wd", "2026-10-10T16:00"),  # 8, 9 and Saturday 10 October
    ("2026-09-30T18:00", "3wd", "2026-10-12T08:30"),  # counted from the 8th: 9, 10, and Monday 12
    ("2026-10-03T10:00", "1wd", "2026-10-09T08:30"),  # in the holidays: from the 8th
    ("2026-10-10T10:00", "1wd", "2026-10-12T10:00"),  # a report on the make-up Saturday itself
    ("2026-10-10T18:00", "1wd", "2026-10-13T08:30"),
    ("2026-10-09T10:00", "2wd", "2026-10-12T10:00"),
    # a make-up Sunday before Mid-Autumn and National Day
    ("2026-09-20T10:00", "1wd", "2026-09-21T10:00"),
    ("2026-09-18T10:00", "1wd", "2026-09-20T10:00"),  # Friday to the make-up Sunday: Saturday 19 is off
    ("2026-09-19T10:00", "1wd", "2026-09-21T08:30"),
    ("2026-09-24T16:00", "1wd", "2026-09-28T16:00"),  # Mid-Autumn from Friday to Sunday
    # Spring Festival: worked Saturdays on both sides
    ("2026-02-13T10:00", "1wd", "2026-02-14T10:00"),
    ("2026-02-14T10:00", "1wd", "2026-02-24T10:00"),
    ("2026-02-14T18:00", "1wd", "2026-02-25T08:30"),
    ("2026-02-27T10:00", "1wd", "2026-02-28T10:00"),
    ("2026-02-28T10:00", "1wd", "2026-03-02T10:00"),
    # New Year: Sunday 4 January is worked
    ("2025-12-31T16:00", "1wd", "2026-01-04T16:00"),
    ("2026-01-04T10:00", "1wd", "2026-01-05T10:00"),
    # Labour Day: Saturday 9 May is worked
    ("2026-04-30T10:00", "1wd", "2026-05-06T10:00"),
    ("2026-05-08T10:00", "1wd", "2026-05-09T10:00"),
    ("2026-05-09T17:00", "1wd", "2026-05-11T17:00"),
    # Qingming and Dragon Boat lie beside weekends
    ("2026-04-03T10:00", "1wd", "2026-04-07T10:00"),
    ("2026-06-18T10:00", "1wd", "2026-06-22T10:00"),
]


@pytest.mark.parametrize(("start", "duration", "end"), TABLE)
def test_when_a_duration_ends(start: str, duration: str, end: str) -> None:
    assert CALENDAR.add(at(start), Duration.parse(duration)) == at(end)


@pytest.mark.parametrize(
    ("moment", "awake", "told"),
    [
        ("2026-11-24T12:00", "2026-11-24T12:00", "2026-11-24T12:00"),
        ("2026-11-24T21:29", "2026-11-24T21:29", "2026-11-24T21:29"),
        ("2026-11-24T21:30", "2026-11-25T07:30", "2026-11-25T08:00"),
        ("2026-11-25T03:00", "2026-11-25T07:30", "2026-11-25T08:00"),
        ("2026-11-25T07:30", "2026-11-25T07:30", "2026-11-25T08:00"),
        ("2026-11-25T08:00", "2026-11-25T08:00", "2026-11-25T08:00"),
    ],
)
def test_quiet_hours_and_the_list_after_them(moment: str, awake: str, told: str) -> None:
    assert CALENDAR.awake(at(moment)) == at(awake)
    assert CALENDAR.told(at(moment)) == at(told)


def test_quiet_hours_in_the_day() -> None:
    siesta = Calendar(is_workday, SHANGHAI, quiet=(time(12), time(14)))
    assert siesta.awake(at("2026-11-24T13:00")) == at("2026-11-24T14:00")
    assert siesta.awake(at("2026-11-24T22:00")) == at("2026-11-24T22:00")
    assert siesta.told(at("2026-11-24T07:00")) == at("2026-11-24T07:00")


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(SHANGHAI))


@given(start=moments, one=st.integers(0, 15), other=st.integers(0, 15))
def test_more_working_days_never_end_earlier_and_a_split_adds_up(start: datetime, one: int, other: int) -> None:
    first = CALENDAR.add(start, Duration(workdays=one))
    whole = CALENDAR.add(start, Duration(workdays=one + other))
    assert start <= first <= whole
    assert CALENDAR.add(first, Duration(workdays=other)) == whole


@given(start=moments, later=st.integers(0, 60 * 24 * 9), days=st.integers(1, 10))
def test_who_starts_later_never_ends_earlier(start: datetime, later: int, days: int) -> None:
    after = start + timedelta(minutes=later)
    assert CALENDAR.add(start, Duration(workdays=days)) <= CALENDAR.add(after, Duration(workdays=days))


@given(start=moments, days=st.integers(1, 10))
def test_working_days_end_in_working_time(start: datetime, days: int) -> None:
    end = CALENDAR.add(start, Duration(workdays=days))
    assert is_workday(end.date())
    assert CALENDAR.opens <= end.time() <= CALENDAR.closes


@given(moment=moments)
def test_quiet_hours_never_swallow_a_notice(moment: datetime) -> None:
    """It is told, never earlier than it came up, within twelve hours, and never while people sleep."""
    told = CALENDAR.told(moment)
    assert timedelta() <= told - moment < timedelta(hours=12)
    assert not CALENDAR.asleep(told)
    assert CALENDAR.told(told) == told


@pytest.mark.parametrize("bad", ["", "5", "wd", "5 wd x", "-3d", "3weeks", "1.5h"])
def test_no_duration(bad: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        Duration.parse(bad)


def test_a_workday_is_counted_back() -> None:
    assert CALENDAR.subtract(at("2026-11-30T10:00"), Duration.parse("1wd")) == at("2026-11-27T10:00")


def test_past_the_last_announced_year_only_weekends_are_known() -> None:
    assert is_workday(at("2099-01-01T00:00").date()) == (at("2099-01-01T00:00").weekday() < 5)


def test_a_place_has_days_of_its_own(tmp_path: Path) -> None:
    days = tmp_path / "days.csv"
    days.write_text("2026-11-26,off  # a market day\n2026-11-28,work\n")
    calendar = workdays.made(CalendarSettings(days=days), SHANGHAI)
    assert calendar.add(at("2026-11-25T10:00"), Duration.parse("1wd")) == at("2026-11-27T10:00")
    assert calendar.add(at("2026-11-27T10:00"), Duration.parse("1wd")) == at("2026-11-28T10:00")


def test_mistakes_in_the_days_are_told_with_their_lines(tmp_path: Path) -> None:
    days = tmp_path / "days.csv"
    days.write_text("2026-11-26,off\n2026-11-27,free\n26.11.2026,off\n")
    with pytest.raises(ValueError, match=r"line 2.*line 3"):
        CalendarSettings(days=days)
