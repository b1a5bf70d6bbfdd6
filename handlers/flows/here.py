"""A location came without a word: what is wrong there?"""

from handlers.commands import Report
from handlers.flow import Flow, Said, ask, flow


@flow("here", version=2)
def here(unit: str, point: list[float] | None = None) -> Flow:
    said: Said = yield ask("report.what_here")
    return [Report(unit, said.media, (point[0], point[1]) if point else None)]
