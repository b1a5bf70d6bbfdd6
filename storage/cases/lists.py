"""The lists of cases at a desk (`cases.desk.lists.Lists`)."""

from collections.abc import Mapping, Sequence

from cases.views import Board, CaseKey, CaseLine
from storage.atdesk import AtDesk
from storage.cases import board


class Lists:
    def __init__(self, desk: AtDesk) -> None:
        self._desk = desk

    def lines(self, keys: Sequence[CaseKey]) -> Sequence[CaseLine]:
        return board.lines(self._desk.connection, keys)

    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]:
        return board.mine(self._desk.connection, person, only_open=only_open)

    def tasks(self, person: int) -> Sequence[CaseLine]:
        return board.tasks(self._desk.connection, person)

    def board(self, person: int, unit: str = "", group: str = "", page: int = 1) -> Board:
        return board.board(self._desk, self._desk.person(person), unit, group, page)

    def own(self, person: int) -> tuple[Mapping[str, int], Sequence[CaseLine], int]:
        return board.own(self._desk, self._desk.person(person))

    def mergeable(self, case: CaseKey) -> Sequence[CaseLine]:
        return board.mergeable(self._desk, case)

    def refused_below(self, person: int) -> Sequence[CaseLine]:
        return board.refused_below(self._desk, self._desk.person(person))

    def spot_checks(self, person: int) -> Sequence[CaseLine]:
        return board.spot_checks(self._desk, self._desk.person(person))
