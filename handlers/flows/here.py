"""A place came without a trouble, as a location or by its name: what is wrong there?"""

from handlers.commands import Report
from handlers.flow import Flow, Said, ask, flow


@flow("here", version=3, gives_way=True)
def here(unit: str, point: list[float] | None = None, place: str = "") -> Flow:
    said: Said = yield ask("report.what_there", place=place) if place else ask("report.what_here")
    return [Report(unit, said.media, (point[0], point[1]) if point else None, place)]
