"""The settings: environment WANGGE_… over wangge.toml. All mistakes are told at once, in words."""

import os
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from config.mistakes import Mistakes


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

    def quiet(self) -> tuple[time, time] | None:
        begin, _, end = self.quiet_hours.partition("-")
        return (_clock(begin), _clock(end)) if self.quiet_hours else None


class InboxSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    #: an update that failed so often is dead-lettered
    attempts: Annotated[int, Field(ge=1)] = 5


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="WANGGE_", env_nested_delimiter="__", extra="ignore")

    database_url: str = ""
    data_dir: Path = Path("data")
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    http_bind: str = "127.0.0.1:8080"
    #: for contact data at rest; several, separated by commas, while a key is being replaced (the first seals)
    contact_key: SecretStr | None = None
    taxonomy: Path | None = None
    #: a folder of LANGUAGE.po files laid over ours
    texts: Path | None = None
    #: flat, or by matter: {"ack": "2h", "elevator": {"due": "4h"}}
    deadlines: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    calendar: CalendarSettings = Field(default_factory=CalendarSettings)
    inbox: InboxSettings = Field(default_factory=InboxSettings)

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @field_validator("language")
    @classmethod
    def _is_language(cls, value: str) -> str:
        if value not in {"zh", "en"}:
            raise ValueError("zh or en")
        return value

    @field_validator("http_bind")
    @classmethod
    def _is_bind(cls, value: str) -> str:
        _, _, port = value.rpartition(":")
        if not port.isdigit():
            raise ValueError("write HOST:PORT")
        return value

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'wangge.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def deadlines_by_matter(self) -> dict[str, dict[str, str]]:
        everyone = {key: value for key, value in self.deadlines.items() if isinstance(value, str)}
        each = {key: value for key, value in self.deadlines.items() if isinstance(value, dict)}
        return {"*": everyone, **each}

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env file: one place less to look
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get("WANGGE_CONFIG", "wangge.toml"))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))


def load(**over: Any) -> Settings:
    """The settings in force. Raises Mistakes with every mistake in them."""
    named = os.environ.get("WANGGE_CONFIG")
    if named and not Path(named).is_file():
        raise Mistakes([f"WANGGE_CONFIG: there is no file {named}"])
    try:
        return Settings(**over)
    except ValidationError as error:
        raise Mistakes(
            [
                f"{'.'.join(str(part) for part in e['loc'])}: {e['msg'].removeprefix('Value error, ')}"
                for e in error.errors()
            ]
        ) from error
    except ValueError as error:  # the TOML file itself cannot be read
        raise Mistakes([f"{named or 'wangge.toml'}: {error}"]) from error
