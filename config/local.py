"""[[places]] and [[routes]]: what a unit lays over the standard, and who gets which case first."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cases.routes import AWAY, COORDINATOR, GRID, MICRO, STAND_IN, Route
from cases.timing import hours
from config.hours import CalendarSettings

#: a division, street, community, grid, micro-grid or department
CODE = r"^\d{6}(\d{3}){0,3}(-\w+)?([A-Z]\w*)?$"
KINDS = (MICRO, STAND_IN, GRID, AWAY, COORDINATOR)


class PlaceSettings(BaseModel):
    """What holds in one unit and all below it; anything left out holds as above."""

    model_config = ConfigDict(extra="forbid")

    unit: Annotated[str, Field(pattern=CODE)]
    #: flat, or by matter, as [deadlines]
    deadlines: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    calendar: CalendarSettings | None = None
    #: a folder of LANGUAGE.po files
    texts: Path | None = None
    #: the matters handed to grid workers here (准入)
    matters: list[str] | None = None
    supervision_phone: str = ""
    #: cases one resident reports in a day
    reports_a_day: Annotated[int, Field(ge=1)] | None = None


class RouteSettings(BaseModel):
    """One rule; the first that fits and finds somebody wins, the standard ones come last."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=20)] = "place"
    to: str
    #: ids of matters or categories; empty: any
    matters: list[str] = Field(default_factory=list)
    unit: Annotated[str, Field(pattern=rf"{CODE}|^$")] = ""
    #: "17:30-23:59; 6,7 0:00-23:59" in which it holds; "" always
    hours: str = ""
    urgent: bool | None = None

    @field_validator("to")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in KINDS and not re.match(CODE, value):
            raise ValueError(f"the code of a unit, or one of {', '.join(KINDS)}")
        return value

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, value: str) -> str:
        hours.parse(value)
        return value

    def route(self) -> Route:
        return Route(self.name, self.to, frozenset(self.matters), self.unit, hours.parse(self.hours), self.urgent)
