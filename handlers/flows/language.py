"""/lang: one tap."""

from handlers.commands import Speak
from handlers.flow import Flow, Option, choose, flow


@flow("language")
def language() -> Flow:
    chosen = yield choose("ask.language", [Option("zh", "中文", literal=True), Option("en", "English", literal=True)])
    return [Speak(chosen)]
