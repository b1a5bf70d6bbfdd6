"""100,000 cases as Excel, and their figures: seconds, the memory of a process that does nothing else, and the floor.

    python -m bench.exporting [CASES]

The floor writes as many rows of the same width by xlsxwriter alone.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.clock import fill
from bench.stage import stages
from bot.cli.exporting import _figures
from bot.sheets import cases, figures
from bot.sheets.words import Words
from config import taxonomy, texts
from config.settings import load
from storage.database.engine import Database
from storage.ledger import ledgers
from tests.stage.town import TUESDAY

SINCE, UNTIL = TUESDAY - timedelta(days=400), TUESDAY + timedelta(days=1)


def words() -> Words:
    return Words(texts.load(), "zh", taxonomy.load(), load().zone)


def of_cases(url: str, file: Path) -> None:
    database = Database(url)
    with database.look() as connection:
        cases.write(file, words(), ledgers.lines(connection, "", SINCE, UNTIL))
    database.close()


def of_figures(url: str, file: Path) -> None:
    database = Database(url)
    with database.look() as connection:
        figures.write(file, words(), *_figures(connection, "", SINCE, UNTIL, words()))
    database.close()


def floor(count: int, file: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    at = TUESDAY.replace(tzinfo=None)
    for row in range(count):
        for column in range(11):
            sheet.write_string(row, column, "荷花里路灯不亮")
        for column in range(11, 16):
            sheet.write_datetime(row, column, at, moment)
    book.close()


def measured(work: Callable[..., None], *given: Any) -> tuple[float, float]:
    """Seconds, and MB at its highest, in a process of its own."""
    answer: Any = multiprocessing.get_context("spawn").SimpleQueue()
    process = multiprocessing.get_context("spawn").Process(target=_timed, args=(answer, work, given))
    process.start()
    found: tuple[float, float] = answer.get()
    process.join()
    return found


def _timed(answer: Any, work: Callable[..., None], given: tuple[Any, ...]) -> None:
    started = time.perf_counter()
    work(*given)
    used = time.perf_counter() - started
    answer.put((used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with stages() as found:
        bare, _ = measured(floor, count, found[0].folder / "floor.xlsx")
        for stage in found:
            database = Database(stage.url, durable=False)
            fill(database, count, 1)
            database.close()
            for name, work in (("cases", of_cases), ("figures", of_figures)):
                used, memory = measured(work, stage.url, stage.folder / f"{name}.xlsx")
                ratio = f", ratio {used / bare:.2f}" if work is of_cases else ""
                print(
                    f"{stage.name:11} {name}: {count} cases in {used:.1f} s, {memory:.0f} MB; xlsxwriter alone "
                    f"{bare:.1f} s{ratio}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
