"""Declared hours: windows of a week, and time that runs only in them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.timing.hours import parse
from tests.stage.pure_town import SHANGHAI

EVENINGS = parse("18:00-21:00")
MIXED = parse("1-5 18:00-21:00; 6,7 9:00-17:00")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(SHANGHAI))
lengths = st.integers(0, 60 * 24 * 4).map(lambda minutes: timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24T10:00", 2, "2026-11-24T20:00"),  # before: counted from the beginning
        ("2026-11-24T19:00", 1, "2026-11-24T20:00"),
        ("2026-11-24T20:00", 2, "2026-11-25T19:00"),  # the rest of it on the next day
        ("2026-11-24T21:00", 1, "2026-11-25T19:00"),
        ("2026-11-24T23:59", 4, "2026-11-26T19:00"),
    ],
)
def test_time_runs_only_in_the_hours(start: str, hours: int, end: str) -> None:
    assert EVENINGS.add(at(start), timedelta(hours=hours), SHANGHAI) == at(end)


def test_a_weekend_has_hours_of_its_own() -> None:
    assert MIXED.next(at("2026-11-28T08:00"), SHANGHAI) == at("2026-11-28T09:00")  # a Saturday
    assert MIXED.contain(at("2026-11-29T16:00"), SHANGHAI)
    assert not MIXED.contain(at("2026-11-27T16:00"), SHANGHAI)


@given(start=moments, one=lengths, other=lengths)
def test_more_time_never_ends_earlier_and_a_split_adds_up(start: datetime, one: timedelta, other: timedelta) -> None:
    first = MIXED.add(start, one, SHANGHAI)
    whole = MIXED.add(start, one + other, SHANGHAI)
    assert start <= first <= whole
    assert MIXED.add(first, other, SHANGHAI) == whole


@pytest.mark.parametrize("bad", ["18-21", "18:00-17:00", "8 9:00-10:00", "9:00-10:00 6,7", "abc", "25:00-26:00"])
def test_no_hours(bad: str) -> None:
    with pytest.raises(ValueError, match=r"hours|hour must be"):
        parse(bad)


def test_nothing_declared_is_always() -> None:
    assert parse("").contain(at("2026-11-24T03:00"), SHANGHAI)
