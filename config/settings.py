"""The settings: environment WANGGE_… over wangge.toml. All mistakes are told at once, in words."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from cases.timing.deadlines import mistakes as deadline_mistakes
from config import taxonomy
from config.bots import BotSettings, is_token
from config.forms import Address, Bind, DatabaseUrl, Language, WebhookSecret, Zone
from config.hours import CalendarSettings
from config.local import PlaceSettings, RouteSettings
from config.mistakes import Mistakes
from config.sections import (
    AssessmentSettings,
    InboxSettings,
    KeepingSettings,
    LimitSettings,
    NoticeSettings,
    TrainingSettings,
)


def by_matter(given: Mapping[str, str | dict[str, str]]) -> dict[str, dict[str, str]]:
    """[deadlines] as written, with what is said for all under "*"."""
    everyone = {key: value for key, value in given.items() if isinstance(value, str)}
    each = {key: value for key, value in given.items() if isinstance(value, dict)}
    return {"*": everyone, **each}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="WANGGE_", env_nested_delimiter="__", extra="forbid")

    database_url: DatabaseUrl = ""
    data_dir: Path = Path("data")
    language: Language = "zh"
    timezone: Zone = "Asia/Shanghai"
    #: plain for people, json for machines: one line an event either way
    logs: Literal["plain", "json"] = "plain"
    http_bind: Bind = "127.0.0.1:8080"
    telegram_token: SecretStr | None = None
    telegram_api_base: Address = "https://api.telegram.org"
    telegram_library: Literal["aiogram", "ptb"] = "aiogram"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    #: where Telegram reaches us from outside, without a path
    telegram_webhook_url: Address = ""
    telegram_webhook_secret: WebhookSecret = ""
    bots: list[BotSettings] = Field(default_factory=list)
    #: for contact data at rest; several, separated by commas, while a key is being replaced (the first seals)
    contact_key: SecretStr | None = None
    taxonomy: Path | None = None
    #: how messages are understood; `semantic` where its extra is installed (docs/understanding.md)
    layers: Annotated[tuple[Literal["keywords", "linear", "semantic"], ...], NoDecode] = (
        "keywords",
        "linear",
        "semantic",
    )
    #: a folder of example sentences beside ours
    examples: Path | None = None
    #: what `wangge learn` made of a city's own history
    weights: Path | None = None
    #: a folder with a program `transcribe` for voice notes; without it people listen
    speech: Path | None = None
    #: a folder of LANGUAGE.po files laid over ours
    texts: Path | None = None
    #: flat, or by matter: {"ack": "2h", "elevator": {"due": "4h"}}
    deadlines: dict[str, str | dict[str, str]] = Field(default_factory=dict)
    calendar: CalendarSettings = Field(default_factory=CalendarSettings)
    #: the matters handed to grid workers (准入); None: all of the taxonomy
    matters: list[str] | None = None
    #: where somebody complains about the service itself
    supervision_phone: str = "12345"
    places: list[PlaceSettings] = Field(default_factory=list)
    routes: list[RouteSettings] = Field(default_factory=list)
    inbox: InboxSettings = Field(default_factory=InboxSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    assessment: AssessmentSettings = Field(default_factory=AssessmentSettings)
    #: a YAML file of short lessons instead of ours
    lessons: Path | None = None
    training: TrainingSettings = Field(default_factory=TrainingSettings)
    #: a folder of templates of printed papers laid over ours
    papers: Path | None = None
    notices: NoticeSettings = Field(default_factory=NoticeSettings)
    keeping: KeepingSettings = Field(default_factory=KeepingSettings)

    @field_validator("layers", mode="before")
    @classmethod
    def _are_layers(cls, value: object) -> object:
        """With commas in the environment, as a list in the file."""
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @field_validator("telegram_token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is None or not value.get_secret_value() else is_token(value)

    @field_validator("deadlines")
    @classmethod
    def _are_durations(
        cls, value: dict[str, str | dict[str, str]], info: ValidationInfo
    ) -> dict[str, str | dict[str, str]]:
        given = by_matter(value)
        try:
            known = frozenset(taxonomy.load(info.data.get("taxonomy")).matters) if len(given) > 1 else frozenset[str]()
        except Mistakes:  # told where the taxonomy is loaded
            known = frozenset(given)
        if wrong := deadline_mistakes(given, known):
            raise ValueError("; ".join(wrong))
        return value

    @model_validator(mode="after")
    def _bots_make_sense(self) -> "Settings":
        bots = self.all_bots()
        if self.telegram_token and self.bots:
            raise ValueError("either telegram_token or [[bots]], not both")
        if len({bot.channel for bot in bots}) < len(bots):
            raise ValueError("bots: each needs a district of its own")
        if len({bot.token.get_secret_value() for bot in bots}) < len(bots):
            raise ValueError("bots: the same token twice")
        if any(bot.mode == "webhook" for bot in bots) and not self.telegram_webhook_url:
            raise ValueError("telegram_webhook_url: a webhook needs the address where Telegram reaches this server")
        return self

    def all_bots(self) -> list[BotSettings]:
        """The bots of this deployment, whichever way they were written."""
        if self.telegram_token is None or not self.telegram_token.get_secret_value():
            return self.bots
        return [
            BotSettings(
                token=self.telegram_token,
                library=self.telegram_library,
                mode=self.telegram_mode,
                webhook_secret=self.telegram_webhook_secret,
            )
        ]

    def channel_of(self, channel: str, unit: str) -> str | None:
        """ "telegram" as a person writes it, for somebody of this unit; None: no bot serves it."""
        districts = {bot.district for bot in self.bots}
        if channel != "telegram" or not districts or "" in districts:
            return channel
        return f"telegram/{unit[:6]}" if unit[:6] in districts else None

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'wangge.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def deadlines_by_matter(self) -> dict[str, dict[str, str]]:
        return by_matter(self.deadlines)

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
                ": ".join(
                    filter(None, (".".join(str(part) for part in e["loc"]), e["msg"].removeprefix("Value error, ")))
                )
                for e in error.errors()
            ]
        ) from error
    except ValueError as error:  # the TOML file itself cannot be read
        raise Mistakes([f"{named or 'wangge.toml'}: {error}"]) from error
