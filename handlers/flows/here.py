"""A location came without a word: what is wrong there?"""

from handlers.commands import Report
from handlers.flow import Flow, Said, ask, flow


@flow("here")
def here(unit: str) -> Flow:
    said: Said = yield ask("report.what_here")
    return [Report(unit, said.media)]
