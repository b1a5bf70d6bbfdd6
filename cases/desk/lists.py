"""Lists of cases at the desk, each for one viewer."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from cases.views import Board, CaseKey, CaseLine


class Lists(Protocol):
    def lines(self, cases: Sequence[CaseKey]) -> Sequence[CaseLine]:
        """These cases as lines; who asks must have been told of them."""
        ...

    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]: ...
    def tasks(self, person: int) -> Sequence[CaseLine]: ...
    def board(self, person: int, unit: str = "", group: str = "", page: int = 1) -> Board:
        """Without a unit: the whole area of all posts. Raises Refused for a unit that is not under them."""
        ...

    def own(self, person: int) -> tuple[Mapping[str, int], Sequence[CaseLine], int]:
        """Of a coordinator's own desks: counts by group, the heaviest lines; and how many are late at desks below."""
        ...

    def mergeable(self, case: CaseKey) -> Sequence[CaseLine]:
        """Open cases of the same matter near by that this one could be made one with."""
        ...

    def spot_checks(self, person: int) -> Sequence[CaseLine]:
        """Closed cases drawn for a phone call (抽查)."""
        ...

    def refused_below(self, person: int) -> Sequence[CaseLine]:
        """What was not accepted below in the last day."""
        ...
