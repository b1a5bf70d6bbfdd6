"""[calendar]: when a place works, and when nobody is woken."""

from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator, model_validator

from cases.timing.calendar import Duration


def _length(value: object) -> object:
    if not isinstance(value, str):
        return value
    duration = Duration.parse(value)
    if duration.workdays or not duration.seconds:
        raise ValueError(f"not a length of time: {value!r} (write 90m, 4h or 365d)")
    return timedelta(seconds=duration.seconds)


#: a time by the calendar, as 90m, 4h or 365d
Length = Annotated[timedelta, BeforeValidator(_length)]


def _clock(text: str) -> time:
    hours, _, minutes = text.strip().partition(":")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueError(f"no time of day: {text!r} (write 08:30)") from None


def _within(moment: time, begin: time, end: time) -> bool:
    """Over midnight, where the end comes first."""
    return begin <= moment < end if begin <= end else moment >= begin or moment < end


@cache
def local_days(path: Path) -> dict[date, bool]:
    """Day -> whether it is worked. Raises ValueError naming every line that says neither."""
    found: dict[date, bool] = {}
    wrong = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        day, _, what = (part.strip() for part in line.partition("#")[0].partition(","))
        if not day:
            continue
        try:
            found[date.fromisoformat(day)] = {"work": True, "off": False}[what]
        except (ValueError, KeyError):
            wrong.append(f"{path} line {number}: write 2027-02-16,off or 2027-02-14,work")
    if wrong:
        raise ValueError("; ".join(wrong))
    return found


class CalendarSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    opens: str = "08:30"
    closes: str = "17:30"
    #: "" switches quiet hours off
    quiet_hours: str = "21:30-07:30"
    #: when everybody's list of the day goes out; "" never
    morning_list: str = "08:00"
    #: a CSV file of days that are otherwise here: 2027-02-16,off or 2027-02-14,work
    days: Path | None = None

    @field_validator("opens", "closes")
    @classmethod
    def _is_clock(cls, value: str) -> str:
        _clock(value)
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _is_span(cls, value: str) -> str:
        if value:
            begin, dash, end = value.partition("-")
            if not dash:
                raise ValueError(f"from when to when? {value!r} (write 21:30-07:30)")
            _clock(begin), _clock(end)
        return value

    def working(self) -> tuple[time, time]:
        return _clock(self.opens), _clock(self.closes)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "CalendarSettings":
        if _clock(self.opens) >= _clock(self.closes):
            raise ValueError("opens must come before closes")
        return self

    @model_validator(mode="after")
    def _lists_reach_somebody(self) -> "CalendarSettings":
        morning, quiet = self.morning(), self.quiet()
        if morning and quiet and _within(morning, *quiet):
            raise ValueError(
                f"morning_list {self.morning_list} falls into quiet_hours {self.quiet_hours}: nobody gets it"
            )
        return self

    def over(self, above: "CalendarSettings") -> "CalendarSettings":
        """With what it leaves out as it is above. Raises ValueError where the two do not go together."""
        return CalendarSettings(**above.model_dump() | self.model_dump(include=self.model_fields_set))

    @field_validator("morning_list")
    @classmethod
    def _is_clock_or_nothing(cls, value: str) -> str:
        if value:
            _clock(value)
        return value

    @field_validator("days")
    @classmethod
    def _are_days(cls, value: Path | None) -> Path | None:
        if value is not None:
            local_days(value)
        return value

    def morning(self) -> time | None:
        return _clock(self.morning_list) if self.morning_list else None

    def quiet(self) -> tuple[time, time] | None:
        begin, _, end = self.quiet_hours.partition("-")
        return (_clock(begin), _clock(end)) if self.quiet_hours else None
