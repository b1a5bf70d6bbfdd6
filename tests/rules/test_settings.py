"""What a place may write, and what is said of what it may not: before anything is worked by it."""

from datetime import time
from typing import Any

import pytest
from pydantic import ValidationError

from bot.parts import local
from cases.timing.calendar import Duration
from cases.timing.deadlines import mistakes
from config import taxonomy
from config.hours import CalendarSettings
from config.settings import Settings

STREET, COMMUNITY = "370481001", "370481001001"


def settings(*places: tuple[str, dict[str, Any]], **calendar: str) -> Settings:
    return Settings.model_validate(
        {"calendar": calendar, "places": [{"unit": unit, "calendar": own} for unit, own in places]}
    )


def test_a_place_changes_what_it_names_and_nothing_else() -> None:
    made = local.places(
        settings(
            (COMMUNITY, {"quiet_hours": "22:00-06:00"}),
            (STREET, {"closes": "18:00"}),
            opens="09:00",
            morning_list="08:20",
        )
    )
    street, community = made[STREET].calendar, made[COMMUNITY].calendar
    assert street is not None
    assert community is not None
    assert (street.opens, street.closes, street.morning) == (time(9), time(18), time(8, 20))
    assert (community.opens, community.closes, community.morning) == (time(9), time(18), time(8, 20))
    assert community.quiet == (time(22), time(6))
    assert street.quiet == (time(21, 30), time(7, 30))


def test_what_does_not_go_together_with_what_is_above_is_told() -> None:
    wrong = local.mistakes(settings((STREET, {"closes": "10:00"}), opens="10:30", closes="18:00"), taxonomy.load())
    assert wrong == ["places: calendar: opens must come before closes"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"morning_list": "06:00"}, "nobody gets it"),
        ({"quiet_hours": "12:00-14:00", "morning_list": "13:00"}, "nobody gets it"),
        ({"quiet_hours": "21:30"}, "from when to when"),
        ({"opens": "half past eight"}, "no time of day"),
    ],
)
def test_hours_that_mean_nothing_are_told_in_words(given: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        CalendarSettings.model_validate(given)


def test_what_is_longer_than_every_calendar_is_a_slip() -> None:
    with pytest.raises(ValueError, match="ten years"):
        Duration.parse("999999d")
    assert "ten years" in mistakes({"*": {"ack": "99999999d"}}, frozenset())[0]
    assert "5wd" in mistakes({"*": {"due": "60d"}}, frozenset())[0]
    assert mistakes({"*": {"due": "7d", "contact": "60d"}}, frozenset()) == []
