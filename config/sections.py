"""The short tables of the settings: [inbox], [limits], [keeping], [assessment], [training], [notices]."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cases.counts.assessment import Formula
from cases.reading.times import YEAR
from config.hours import Length


class InboxSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    #: an update that failed so often is dead-lettered
    attempts: Annotated[int, Field(ge=1)] = 5


class LimitSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    #: messages and taps of one person in a minute that are worked; a hundred forwarded at once are no flood
    per_minute: Annotated[int, Field(ge=5)] = 180
    #: cases one resident reports in a day; a place may have its own
    reports_a_day: Annotated[int, Field(ge=1)] = 30


class KeepingSettings(BaseModel):
    """How long it is kept; durations by the calendar (90m, 4h, 365d)."""

    model_config = ConfigDict(extra="forbid")

    #: words, pictures and places of a case, from its end on
    words: Length = YEAR
    #: words that became no case
    drafts: Length = timedelta(days=30)
    #: what was received and sent
    queues: Length = timedelta(days=30)


class AssessmentSettings(BaseModel):
    """[assessment]: 双星双优, the weights of its parts; shown to whom it judges."""

    model_config = ConfigDict(extra="forbid")

    #: accepted, in_time, solved, content, once: of any sum
    weights: dict[Literal["accepted", "in_time", "solved", "content", "once"], Annotated[int, Field(ge=0)]] = Field(
        default_factory=lambda: dict(Formula().weights)  # type: ignore[arg-type]
    )
    #: cases in a period before there is a star at all
    least: Annotated[int, Field(ge=1)] = Formula().least
    #: points of a hundred for a star
    star: Annotated[int, Field(ge=1, le=100)] = Formula().star

    def formula(self) -> Formula:
        return Formula({str(part): weight for part, weight in self.weights.items()}, self.least, self.star)


class TrainingSettings(BaseModel):
    """[training]: what goes with the lessons."""

    model_config = ConfigDict(extra="forbid")

    #: a question after each lesson; never scored, never kept
    quiz: bool = False


class NoticeSettings(BaseModel):
    """What a unit writes to those who live there."""

    model_config = ConfigDict(extra="forbid")

    #: read by a coordinator one level up before it goes out
    approve: bool = False
