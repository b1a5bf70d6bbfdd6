"""wangge run, wangge demo."""

from pathlib import Path
from typing import Annotated

import typer

from config.settings import load


def run() -> None:
    """The bot, as configured."""
    import asyncio

    from bot import logs
    from bot.running import live

    settings = load()
    logs.configure(lines=settings.logs == "json")
    asyncio.run(live.run(settings))


def demo(
    port: Annotated[int, typer.Option(help="where the page is served; a free port if it is taken")] = 0,
    data: Annotated[Path, typer.Option(help="where the demo keeps its database")] = Path("data/demo"),
    anywhere: Annotated[bool, typer.Option(help="let other machines in: whoever comes may be anybody")] = False,
) -> None:
    """The browser chat with a sample town: resident, grid worker and coordinator side by side."""
    import asyncio
    import logging

    from bot import logs
    from bot.running import demo as the_demo

    logs.configure(level=logging.WARNING)
    settings = load(data_dir=data, database_url="", contact_key=None)
    if port:
        settings = settings.model_copy(update={"http_bind": f"127.0.0.1:{port}"})
    asyncio.run(the_demo.run(settings, anywhere=anywhere))
