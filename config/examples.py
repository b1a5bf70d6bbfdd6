"""Example sentences: how people say it. Plain files a community can extend; what is understood is learned from them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from config.mistakes import Mistakes

OURS = Path(__file__).with_name("examples")
#: what a line may say of the sentences below it
LABELS = ("matter", "kind", "emergency", "person", "place")
#: openings and endings that fit any sentence
FRAMES = "frames.txt"
#: places, as they are marked
_MARKS = re.compile("〔([^〔〕]+)〕")
#: for a label that is not known, as against one that is "none of them"
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    #: a matter of the taxonomy; "": nobody can say
    matter: str = ""
    #: report, question, status, thanks, chatter or spam
    kind: str = "report"
    #: a hand-off of the taxonomy; "": no emergency
    emergency: str = ""
    #: "service" or "discipline", for words about a cadre or a worker; "": none
    person: str = ""
    #: "none": what is not marked in it is no place; "": what it says of places teaches nothing, like a title's 停车场
    place: str = "none"
    #: where the places stand that are marked in it, from and to
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    sentences: tuple[Example, ...]
    #: sentences with {} for what is said
    frames: tuple[str, ...]
    #: of everything in the files
    version: str


def load(*folders: Path | None) -> Examples:
    """Ours and those of these folders. Raises Mistakes that name file and line."""
    return _load(tuple((file, file.stat().st_mtime_ns) for file in _files((OURS, *folders))))


@lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, int], ...]) -> Examples:
    """Once for the same files, unchanged."""
    sentences: list[Example] = []
    frames: list[str] = []
    wrong: list[str] = []
    digest = hashlib.sha256()
    for file, _ in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            wrong.append(f"{file.name}: {error}")
            continue
        digest.update(text.encode())
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
        lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
        if file.name == FRAMES:
            frames += [line for _, line in lines]
        else:
            sentences += _read(file, lines, wrong)
    if wrong:
        raise Mistakes(wrong)
    return Examples(tuple(dict.fromkeys(sentences)), tuple(frames), digest.hexdigest()[:12])


def _files(folders: Iterable[Path | None]) -> Iterator[Path]:
    for folder in filter(None, folders):
        if not folder.is_dir():
            raise Mistakes([f"examples: no folder {folder}"])
        yield from sorted(folder.glob("*.txt"))


def _read(file: Path, lines: Iterable[tuple[int, str]], wrong: list[str]) -> Iterator[Example]:
    labels: dict[str, str] = {}
    for number, line in lines:
        if not line.startswith("="):
            yield _marked(line, labels)
            continue
        labels = {}
        for part in line[1:].split(","):
            name, _, value = part.strip().partition(" ")
            if name not in LABELS or not value:
                wrong.append(f"{file.name}:{number}: {part.strip()!r}; write one of {', '.join(LABELS)} and its value")
            else:
                labels[name] = "" if value.strip() == UNKNOWN else value.strip()


def _marked(line: str, labels: Mapping[str, str]) -> Example:
    """〔和平路〕的灯不亮: the marks are taken out, and kept as where they stood."""
    text, places = "", []
    for at, part in enumerate(_MARKS.split(line)):
        if at % 2:
            places.append((len(text), len(text) + len(part)))
        text += part
    return Example(text, **labels, places=tuple(places))
