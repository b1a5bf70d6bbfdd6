"""Working time, make-up workdays, quiet hours: the moments people would argue about."""

from datetime import datetime, time

import pytest

from cases.calendar import Calendar, Duration
from config.workdays import is_workday
from tests.pure_town import SHANGHAI

CALENDAR = Calendar(is_workday, SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-11-24T10:00", "2h", "2026-11-24T12:00"),
        ("2026-11-24T10:00", "90m", "2026-11-24T11:30"),
        ("2026-11-24T10:00", "3d", "2026-11-27T10:00"),
        ("2026-11-24T10:00", "1wd", "2026-11-25T10:00"),
        # Friday evening counts from Monday's opening
        ("2026-11-27T18:00", "1wd", "2026-12-01T08:30"),
        # a Saturday report
        ("2026-11-28T10:00", "1wd", "2026-12-01T08:30"),
        # before opening
        ("2026-11-24T06:00", "1wd", "2026-11-25T08:30"),
        ("2026-11-24T23:50", "1wd", "2026-11-26T08:30"),
        # National Day: 1 to 7 October are free, Saturday 10 October is worked
        ("2026-09-30T16:00", "3wd", "2026-10-10T16:00"),
        # a make-up Sunday is a workday like any other
        ("2026-09-20T10:00", "1wd", "2026-09-21T10:00"),
        ("2026-12-31T23:00", "2h", "2027-01-01T01:00"),
    ],
)
def test_when_a_duration_ends(start: str, duration: str, end: str) -> None:
    assert CALENDAR.add(at(start), Duration.parse(duration)) == at(end)


@pytest.mark.parametrize(
    ("moment", "awake"),
    [
        ("2026-11-24T12:00", "2026-11-24T12:00"),
        ("2026-11-24T21:29", "2026-11-24T21:29"),
        ("2026-11-24T21:30", "2026-11-25T07:30"),
        ("2026-11-25T03:00", "2026-11-25T07:30"),
        ("2026-11-25T07:30", "2026-11-25T07:30"),
    ],
)
def test_quiet_hours(moment: str, awake: str) -> None:
    assert CALENDAR.awake(at(moment)) == at(awake)


def test_quiet_hours_in_the_day() -> None:
    siesta = Calendar(is_workday, SHANGHAI, quiet=(time(12), time(14)))
    assert siesta.awake(at("2026-11-24T13:00")) == at("2026-11-24T14:00")
    assert siesta.awake(at("2026-11-24T22:00")) == at("2026-11-24T22:00")


@pytest.mark.parametrize("bad", ["", "5", "wd", "5 wd x", "-3d", "3weeks", "1.5h"])
def test_no_duration(bad: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        Duration.parse(bad)


def test_a_workday_is_counted_back() -> None:
    assert CALENDAR.subtract(at("2026-11-30T10:00"), Duration.parse("1wd")) == at("2026-11-27T10:00")


def test_past_the_last_announced_year_only_weekends_are_known() -> None:
    assert is_workday(at("2099-01-01T00:00").date()) == (at("2099-01-01T00:00").weekday() < 5)
