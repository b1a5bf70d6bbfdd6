"""What one reader of a card may see of it: words, doors, numbers, pictures. The card itself only shows it."""

from cases.reading.masking import without_doors, without_numbers, without_self
from cases.states import REPORTED, RESIDENTS, Hat
from cases.views import CaseView

#: whose eyes a card is made for: the first that fits
SIDES = (
    ("holder", frozenset({Hat.HOLDER})),
    ("receiver", frozenset({Hat.RECEIVER})),
    ("part", frozenset({Hat.INVITED, Hat.PART, Hat.HELPER})),
    ("resident", RESIDENTS),
    ("coordinator", frozenset({Hat.COORDINATOR})),
)


class Sight:
    def __init__(self, view: CaseView, *, group: bool) -> None:
        self._view, self._group = view, group
        self.side = next((side for side, hats in SIDES if hats & view.hats), "former")
        #: who only follows reads less than those whose trouble it is
        self._neighbour = self.side == "resident" and not view.hats & REPORTED
        confidential, coordinates = view.file.case.confidential, Hat.COORDINATOR in view.hats
        #: nobody below the desk, and no group, may know who reported it
        self.secret = confidential and (group or not coordinates)
        self._guarded = confidential and not coordinates

    @property
    def sees_media(self) -> bool:
        """A picture may have been taken in somebody's home, and in a courtyard a voice is a name."""
        return not self._neighbour and (self.side == "resident" or not self.secret)

    @property
    def phone(self) -> str:
        """The reporter's number, masked; of a confidential report only for a coordinator."""
        reporter = self._view.reporter
        return reporter.phone_masked if reporter and not (self.side == "part" or self._guarded) else ""

    def shown(self, words: str) -> str:
        """Before a group, a neighbour, other bodies, and the worker of a confidential report, a number that could be a
        telephone's or papers is hidden; before a group and a neighbour, somebody's door too."""
        public = self._group or self._neighbour
        guarded = self._guarded and self.side != "resident"  # his own words
        if not (public or guarded or self.side == "part"):
            return words
        shown = without_numbers(without_self(words) if guarded or public else words)
        return without_doors(shown) if public else shown  # the worker must find the place
