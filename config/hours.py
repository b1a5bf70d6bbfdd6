"""[calendar]: when a place works, and when nobody is woken."""

from datetime import time

from pydantic import BaseModel, ConfigDict, field_validator, model_validator


def _clock(text: str) -> time:
    hours, _, minutes = text.strip().partition(":")
    return time(int(hours), int(minutes))


class CalendarSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    opens: str = "08:30"
    closes: str = "17:30"
    #: "" switches quiet hours off
    quiet_hours: str = "21:30-07:30"

    @field_validator("opens", "closes")
    @classmethod
    def _is_clock(cls, value: str) -> str:
        _clock(value)
        return value

    @field_validator("quiet_hours")
    @classmethod
    def _is_span(cls, value: str) -> str:
        if value:
            begin, _, end = value.partition("-")
            _clock(begin), _clock(end)
        return value

    def working(self) -> tuple[time, time]:
        return _clock(self.opens), _clock(self.closes)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "CalendarSettings":
        if _clock(self.opens) >= _clock(self.closes):
            raise ValueError("opens must come before closes")
        return self

    def quiet(self) -> tuple[time, time] | None:
        begin, _, end = self.quiet_hours.partition("-")
        return (_clock(begin), _clock(end)) if self.quiet_hours else None
