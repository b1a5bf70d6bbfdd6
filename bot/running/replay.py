"""`wangge replay`: messages of real people through the whole bot, each by a resident of its own; nothing is kept."""

import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.composition import Running, compose
from bot.gateways.memory import MemoryGateway, Shown
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from bot.running.demo import prepare
from config import csv_rows
from config.mistakes import Mistakes
from config.settings import Settings
from storage.counts import health

#: buttons a patient resident presses until there is a case, an answer, or a question back
PRESSED = ("提交", "同意并提交")
#: a place of the sample town, said when the bot asks where; messages of another town name none of it
AT_HOME, PLACE = "我家这片", "荷花里"
#: the columns that make a message, the first set that the file has; several are joined
TEXT_COLUMNS = (("text",), ("message",), ("title", "body"), ("content",), ("内容",))


def messages(file: Path) -> list[str]:
    """Raises Mistakes when the file has no column of texts."""
    rows = csv_rows.rows(file)
    known = set(rows.fieldnames or ())
    columns = next((names for names in TEXT_COLUMNS if known.issuperset(names)), None)
    if columns is None:
        raise Mistakes([f"{file}: a column named text is wanted, or title and body"])
    return ["\n".join(row[name] or "" for name in columns) for row in rows]


async def run(settings: Settings, file: Path) -> None:
    texts = messages(file)
    with tempfile.TemporaryDirectory() as folder:
        scratch = settings.model_copy(update={"data_dir": Path(folder), "database_url": ""})
        database = prepare(scratch)
        running = compose(scratch, database, PushedClock())
        gateway = MemoryGateway("web")
        running.house.gateways["web"] = gateway
        started = time.perf_counter(), time.process_time()
        ends = [await _one(running, gateway, f"replay{number}", text) for number, text in enumerate(texts)]
        wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
        _report(ends, await database.read(health.cases_by_matter), wall, cpu)
        database.close()


async def _one(running: Running, gateway: MemoryGateway, user: str, text: str) -> tuple[str, str]:
    """What became of it, and the sentence it ended with."""
    await _say(running, user, {"text": text})
    if _button(gateway.chats[user], (AT_HOME,)):
        await _say(running, user, {"text": PLACE})
    for _ in PRESSED:
        if data := _button(gateway.chats[user], PRESSED):
            await _say(running, user, {"tap": data})
    shown = gateway.chats[user]
    if not shown:
        return "lost", text[:20]
    last = shown[-1].message
    if any(button.data.startswith("a.") for row in last.rows for button in row):
        return "case", ""
    return ("question" if last.rows else "answer"), last.text.split("\n")[0][:24]


def _button(shown: list[Shown], labels: tuple[str, ...]) -> str:
    if not shown:
        return ""
    buttons = [button for row in shown[-1].message.rows for button in row]
    return next((button.data for button in buttons if button.label in labels), "")


async def _say(running: Running, user: str, what: dict[str, str]) -> None:
    key = f"{user}-{time.monotonic_ns()}"
    await receive(running.house, "web", key, {"user": user, "ref": key, **what})
    await running.settle()


def _report(ends: list[tuple[str, str]], matters: dict[str, int], wall: float, cpu: float) -> None:
    total = len(ends) or 1
    kinds = Counter(kind for kind, _ in ends)
    print(f"{len(ends)} messages: " + ", ".join(f"{kinds[kind]} {kind}" for kind in ("case", "question", "answer")))
    print(f"{kinds['lost']} lost")
    print(f"{1000 * wall / total:.1f} ms a message, {1000 * cpu / total:.1f} ms of it CPU; all that follows included")
    print("\ncases by matter:")
    for matter, count in sorted(matters.items(), key=lambda item: -item[1]):
        print(f"  {count:5} {matter or '(to be classified)'}")
    for kind in ("question", "answer", "lost"):
        for what, count in Counter(what for k, what in ends if k == kind).most_common(12):
            print(f"{kind}: {count:5} {what}")
