"""The bot as its own process, for tests: everything is imported once, then each life is forked off.

    python -m tests.telegram.process

It reads one JSON line per life (settings) from its input, forks a child that runs the bot, and answers with its pid.
Two things differ from `wangge run`: the clock stands where the test put it, and Telegram's limits are not waited for.
"""

import asyncio
import json
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import logs
from bot.gateways.telegram import polling
from bot.gateways.telegram.gateway import TelegramGateway
from bot.outgoing import outbox
from bot.parts.clock import PushedClock
from bot.running import live
from config import settings, taxonomy
from nlp.places.locator import Locator
from nlp.tagger import Tagger
from storage.database import leases


def child(life: dict[str, Any]) -> None:
    with Path(life["log"]).open("a") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    logs.configure()
    leases.LEASE, leases.BEAT = life.get("lease", leases.LEASE), life.get("beat", leases.BEAT)
    polling.AWAY = polling.ELSEWHERE = live.AWAY = 0.1
    outbox.PAUSES = (0.1, 0.2, 0.2, 0.5, 0.5)
    if not life.get("paced"):
        TelegramGateway.pace = None
    clock = PushedClock(datetime.fromisoformat(life["at"])) if life.get("at") else None
    asyncio.run(live.run(settings.load(**life["settings"]), clock))


def main() -> None:
    for library in live.LIBRARIES.values():
        library("1:x", "http://127.0.0.1:1")
    Tagger(taxonomy.load(), Locator(()))
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                child(json.loads(line))
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        print(pid, flush=True)


if __name__ == "__main__":
    import signal

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for: the test sees them go
    main()
