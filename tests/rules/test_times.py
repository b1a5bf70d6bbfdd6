"""Days and hours as people write them."""

from datetime import date, datetime

import pytest

from cases.reading.times import read_days, read_moment
from tests.stage.pure_town import NOON, SHANGHAI


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("周四下午3点", "2026-11-26T15:00"),
        ("明天15:00", "2026-11-25T15:00"),
        ("后天下午四点半", "2026-11-26T16:30"),
        ("3点", "2026-11-24T15:00"),
        ("下周一上午9点", "2026-11-30T09:00"),
        ("12-01 9:00", "2026-12-01T09:00"),
        ("tomorrow 9:00", "2026-11-25T09:00"),
        ("昨天3点", None),
        ("3天后下午", "2026-11-27T15:00"),
        ("等我有空", None),
        ("11.27下午3点", "2026-11-27T15:00"),
        ("二十号下午3点", "2026-12-20T15:00"),
        ("十二月一号上午九点", "2026-12-01T09:00"),
        ("下下周一9点", "2026-12-07T09:00"),
        ("周一下午3点一刻", "2026-11-30T15:15"),
        ("明天中午1点", "2026-11-25T13:00"),
        ("明天中午12点", "2026-11-25T12:00"),
        ("今晚12点", None),
        ("下午三点四十", "2026-11-24T15:40"),
        ("下午两点二十", "2026-11-24T14:20"),
        ("三点三刻", "2026-11-24T15:45"),
        ("十五天后上午9点", "2026-12-09T09:00"),
        ("腊月初八3点", None),
    ],
)
def test_moments(text: str, moment: str | None) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) if moment else None
    assert read_moment(text, NOON, SHANGHAI) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11-20", None),  # last Friday, and not next year's
        ("1-5", "2027-01-05"),
        ("三天内", "2026-11-27"),
        ("10天后", "2026-12-04"),
        ("十五天后", "2026-12-09"),
        ("二十天内", "2026-12-14"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("年底前", "2026-12-31"),
        ("2027-11-20", "2027-11-20"),
    ],
)
def test_a_day_to_come(text: str, day: str | None) -> None:
    found = read_days(text, NOON, SHANGHAI)
    assert (found and found[1].isoformat()) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12-01 12-05", 1, 5),
        ("12月1日到12月5日", 1, 5),
        ("12月1日-12月5日", 1, 5),
        ("12月1日-5日", 1, 5),
        ("12.1 12.5", 1, 5),
        ("12-01", 1, 1),
    ],
)
def test_days(text: str, first: int, last: int) -> None:
    assert read_days(text, NOON, SHANGHAI) == (date(2026, 12, first), date(2026, 12, last))


@pytest.mark.parametrize("text", ["下次", "12-05 12-01", ""])
def test_no_days(text: str) -> None:
    assert read_days(text, NOON, SHANGHAI) is None
