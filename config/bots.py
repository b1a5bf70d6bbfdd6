"""[[bots]]: which Telegram bots this deployment runs."""

import hashlib
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from config.forms import WebhookSecret


def is_token(value: SecretStr) -> SecretStr:
    number, _, rest = value.get_secret_value().partition(":")
    if not number.isdigit() or not rest or re.search(r"\s", rest):
        raise ValueError("a token looks like 123456:ABC-DEF; BotFather shows it")
    return value


class BotSettings(BaseModel):
    """One Telegram bot; `[[bots]]` may list several, each for a district of its own."""

    model_config = ConfigDict(extra="forbid")

    token: SecretStr
    library: Literal["aiogram", "ptb"] = "aiogram"
    mode: Literal["polling", "webhook"] = "polling"
    #: six digits; empty: the only bot, for everybody
    district: Annotated[str, Field(pattern=r"^(\d{6})?$")] = ""
    webhook_secret: WebhookSecret = ""

    @field_validator("token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        return is_token(value)

    @property
    def channel(self) -> str:
        return f"telegram/{self.district}" if self.district else "telegram"

    @property
    def secret(self) -> str:
        """What Telegram must show at our webhook; the same on every copy without being told."""
        made = hashlib.sha256(f"webhook {self.token.get_secret_value()}".encode()).hexdigest()
        return self.webhook_secret or made
