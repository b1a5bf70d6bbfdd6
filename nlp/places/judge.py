"""Place words no list knows, with the numbers and directions after them: 锦绣家园9号楼2单元, 和平路与育才街口.

Each character is weighed for being the first, one inside and the last of a place, by itself and by what stands around
it (`nlp.places.signs`), all at once; the stretches that are rather a place than none are found in one walk.
Learned from sentences in which the places are marked (`nlp.places.learning`).
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cases.understanding import Span
from nlp.places.signs import ENDED, Ends, edged, pairs
from nlp.places.tails import NEIGHBOURS, begun, joined, numbers, said, whole

Floats = npt.NDArray[np.float32]
#: characters; where it is stands at the beginning, or the message is short; and of what is longer so many
HEARD, OF_LONGER = 120, 50
#: a name that no word ends which ends places is so much likelier one than none; found on messages that were read
#: before: half of what was no place goes, and no place with it
FAR = 5.0
#: before anything was said
NEVER = -1e3
#: first, inside, last
WEIGHTS = 3


class Judge:
    """Immutable. What is weighed is how much likelier a label is than no place at all."""

    def __init__(
        self,
        rows: Mapping[str, int],
        table: Floats,
        ends: Ends,
        of_ends: Floats,
        bias: tuple[float, float],
        version: str = "",
    ) -> None:
        """`rows`: which row of the table says what a pair and its first character say, or a character alone, where no
        more is known; the first is for any other. WEIGHTS columns are for each place a pair may begin at
        (`nlp.places.signs.CHARACTERS`). `bias`: how much likelier than none a place of two characters is, and a longer
        one, whichever they are."""
        self.rows, self.table, self.ends, self.of_ends = rows, table, ends, of_ends
        self.bias, self.version = bias, version

    def spans(self, text: str) -> list[Span]:
        """In the order of the text, none inside another; `of` is empty, since no unit is known by such a name."""
        text = text if len(text) <= HEARD else text[:OF_LONGER]
        taken: list[tuple[int, int]] = []
        signs = self.ends.signs(text)
        # 楼下 is who lives below, and no 楼 that is called something
        named = [sign >= ENDED**2 and not text.startswith(NEIGHBOURS, at) for at, sign in enumerate(signs)]
        for score, start, end in sorted(self._likely(text, signs), reverse=True):
            if all(end <= other or start >= stop for other, stop in taken) and (
                place := _ended(text, named, score, start, end)
            ):
                taken.append(place)
        for start, end in numbers(text):
            if all(end <= other or start >= stop for other, stop in taken):
                taken.append((start, whole(text, end)))
        return [Span(start, end, text[start:end], "") for start, end in joined(text, sorted(taken))]

    def _likely(self, text: str, signs: Sequence[int]) -> Iterator[tuple[float, int, int]]:
        """Of the stretches up to each character the likeliest, where it is rather a place than none: how much rather,
        and from where to where."""
        (short, longer), begun, before, since = self.bias, NEVER, NEVER, 0
        for at, (first, inside, last) in enumerate(self.weights(text, signs).tolist()):
            if (score := begun + last + longer) > 0:
                yield score, since, at + 1
            elif (score := before + last + short) > 0:
                yield score, at - 1, at + 1
            if before > begun:
                begun, since = before, at - 1
            begun, before = begun + inside, first

    def weights(self, text: str, signs: Sequence[int]) -> Floats:
        """For each character: as the first, inside, the last of a place. `signs`: of the words that end places."""
        rows = self.rows.get
        said = self.table.take([rows(pair) or rows(pair[0], 0) for pair in pairs(edged(text))], 0)
        row, one = said.strides
        # of the first row around a character the first columns, of the second the second ones, and so on
        shape, steps = (len(text), said.shape[1] // WEIGHTS, WEIGHTS), (row, row + WEIGHTS * one, one)
        around = np.add.reduce(np.ndarray(shape, said.dtype, said, 0, steps), axis=1)
        return np.add(around, self.of_ends.take(signs, 0))


def _ended(text: str, named: Sequence[bool], score: float, start: int, end: int) -> tuple[int, int] | None:
    """Up to the last word in it that ends places, with what belongs to that; None for what is no name of anything.
    `named`: of each character, whether such a word ends with it."""
    if (score < FAR and not any(named[start:end])) or (found := said(text, start, end)) is None:
        return None
    start, end = begun(text, found[0]), found[1]
    ends = [at for at in range(start + 2, end + 1) if named[at - 1]]
    if ends:
        return start, max(whole(text, at) for at in ends[-2:])
    return (start, whole(text, end)) if score >= FAR else None
