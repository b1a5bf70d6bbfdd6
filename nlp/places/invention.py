"""Places made up, and sentences they are put into: who learns places must not know names by heart.

A marked sentence comes again with other names; others are told a place before or after what they say, or where they
speak of 小区 and 这条路.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from config.examples import Example
from config.places import PlaceWords
from nlp.places.tails import JOINS, parted, whole

#: how often other names are put into a marked sentence; a sentence without places is told one in a frame; and what it
#: says of any place is said of one
SWAPPED, FRAMED, NAMED = 12, 1.4, 12
#: characters; longer sentences are told none
LONGEST = 90
#: of the names put in: taken from the lists; two roads that meet; one place of another (前刘庄小学); with something
#: after them
LISTED, MET, OF_ANOTHER, TAILED = 0.4, 0.05, 0.25, 0.3
#: and called the old one
OLD = 0.06
#: of the made-up ones: a village, one of a family, what is called by its looks, two fine words, a trade, any with a
#: word that ends names, where something is that has no name (卫生室后墙), the lodgings of a factory, a street, and
#: characters that stand for nothing
SORTS = {
    "village": 30,
    "clan": 6,
    "look": 6,
    "fine": 25,
    "trade": 20,
    "ended": 35,
    "beside": 8,
    "home": 8,
    "street": 15,
    "strange": 3,
}
#: how often a word stands where characters that mean nothing would
WORDS = 0.35
#: characters of a made-up name before its last word, and how often so many
LENGTHS = (1, 2, 3), (15, 70, 15)
#: of the draw of names and frames: another one moves the figures by .03; each sentence has a draw of its own
SEED = 7
Marked = tuple[str, tuple[tuple[int, int], ...]]


def sentences(examples: Sequence[Example], plain: Sequence[str], known: PlaceWords) -> Iterator[Marked]:
    """`plain`: sentences that tell no place."""
    draw = random.Random(SEED)  # noqa: S311 - the same names every time
    names = Names(known, draw)
    for sentence in examples:
        if sentence.places:
            draw.seed(f"{SEED} {sentence.text}")  # another sentence changes nothing for this one
            yield told(sentence.text, sentence.places)
            yield from (_swapped(sentence, names) for _ in range(SWAPPED))
    short = [text for text in plain if len(text) <= LONGEST]
    for text in plain:
        yield text, ()
    for text in short:
        draw.seed(f"{SEED} {text}")
        for _ in range(int(FRAMED) + (draw.random() < FRAMED % 1)):
            yield _framed(text, draw.choice(known.frames), names.another())
    more = "|".join(end for end in (*known.ends, *known.homes) if len(end) > 1)  # 学校宿舍 is no school
    here = {kind: re.compile(f"(?:{'|'.join(ways)})(?!{more})") for kind, ways in known.here.items()}
    for text in short:
        draw.seed(f"{SEED} here {text}")
        spoken = [(kind, found.span()) for kind, way in here.items() for found in way.finditer(text)]
        for kind, (start, end) in draw.choices(spoken, k=NAMED) if spoken else ():
            name = names.of(kind)
            yield told(text[:start] + name + text[end:], [(start, start + len(name))])


def told(text: str, places: Iterable[tuple[int, int]]) -> Marked:
    """门口 may follow by chance, and belongs to the place; roads that meet are told apart."""
    return text, tuple(each for start, end in places for each in parted(text, start, whole(text, end)))


def _framed(text: str, frame: str, name: str) -> Marked:
    said = frame.replace("{}", text)
    start = said.index("[]")
    return told(said.replace("[]", name), [(start, start + len(name))])


def _swapped(sentence: Example, names: "Names") -> Marked:
    text, places, at = "", [], 0
    for start, end in sentence.places:
        name = names.another()
        text += sentence.text[at:start]
        places.append((len(text), len(text) + len(name)))
        text, at = text + name, end
    return told(text + sentence.text[at:], places)


class Names:
    def __init__(self, known: PlaceWords, draw: random.Random) -> None:
        self._known, self._draw = known, draw
        self._every = [name for of in known.names.values() for name in of]
        ends = sorted(known.ends, key=len, reverse=True)
        parts = [(name, next((end for end in ends if name.endswith(end) and name != end), "")) for name in self._every]
        self._characters = [c for name, end in parts for c in name.removesuffix(end) if not c.isascii()]
        self._ends = [end for _, end in parts if end]
        self._longer = [end for end in known.ends if len(end) > 1]
        self._roads = known.names["road"]

    def another(self) -> str:
        """Any, with what may follow it."""
        draw, known = self._draw, self._known
        name = draw.choice(self._every) if draw.random() < LISTED else self._made_up()
        if draw.random() < OLD:
            name = "老" + name
        if name[-1] in "路街" and draw.random() < MET:
            name += draw.choice(JOINS) + draw.choice(self._roads)
        elif draw.random() < OF_ANOTHER:
            name += draw.choice(self._longer)
        # 村委会 alone is somebody; a place it is with 东边
        return name + draw.choice(known.tails) if name in known.ends or draw.random() < TAILED else name

    def of(self, kind: str) -> str:
        """Of a village, an estate, a road, a shop; of any for another kind. A road stays one."""
        draw, listed = self._draw, self._known.names.get(kind)
        if listed and (kind == "road" or draw.random() < LISTED):
            return draw.choice(listed)
        return self.another() if listed is None else self._made_up()

    def _made_up(self) -> str:
        draw, known = self._draw, self._known
        (sort,) = draw.choices([*SORTS], [*SORTS.values()])
        if sort == "village":
            head = draw.choice(known.heads) if draw.random() < 0.4 else ""
            return head + self._strange(1, 2) + draw.choice(known.villages) + ("村" if draw.random() < 0.2 else "")
        if sort == "clan":
            return draw.choice(known.words) + draw.choice(known.clans)
        if sort == "look":
            return draw.choice(known.looks) + draw.choice(known.things)
        if sort == "fine":
            return draw.choice(known.fine) + draw.choice(known.fine if draw.random() < 0.7 else self._ends)
        if sort == "trade":
            whose = draw.choice(known.whose) if draw.random() < 0.5 else self._strange(2, 3)
            return whose + draw.choice(known.trades)
        if sort == "beside":
            return draw.choice(self._longer) + draw.choice(known.tails)
        if sort == "street":
            return draw.choice(known.words) + draw.choice(known.turns) + draw.choice(known.streets)
        if sort == "home":
            return self._strange(1, 2) + draw.choice(known.units) + draw.choice(known.homes)
        if sort == "strange":
            return self._strange(2, 4)
        (length,) = draw.choices(*LENGTHS)
        ends = self._ends if draw.random() < 0.7 else known.ends
        return self._strange(length, length) + draw.choice(ends)

    def _strange(self, least: int, most: int) -> str:
        """Characters that stand together nowhere else; some are words, as 桃花 in 桃花沟."""
        if most > 1 and self._draw.random() < WORDS:
            return self._draw.choice(self._known.words)
        return "".join(self._draw.choice(self._characters) for _ in range(self._draw.randint(least, most)))
