"""How right and how fast messages are understood: `python -m bench.tagging [FOLDER]` with the files for development.

Prints, for each combination of layers, the figures of docs/understanding.md; the time of the whole tag against
`jieba.lcut` of the same texts in the same process, on one core; and what learning from a city's history comes to.
"""

import csv
import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from config import examples, taxonomy
from nlp import layers
from nlp.learned import nearest
from nlp.learned.evaluating import Judged, figures
from nlp.learned.learning import Labelled, learn
from nlp.learned.linear import Linear
from nlp.places.locator import Locator
from nlp.tagger import Tagger

DATA = Path("../shared/data")
COMBINATIONS = (("keywords",), ("linear",), ("keywords", "linear"), ("semantic",), ("keywords", "linear", "semantic"))
#: runs of each side, the best counts
RUNS = 5


@dataclass
class Shares:
    """Hits by what they are shares of."""

    found: dict[str, list[bool]] = field(default_factory=dict)

    def add(self, what: str, hit: object) -> None:
        self.found.setdefault(what, []).append(bool(hit))

    def __str__(self) -> str:
        return "  ".join(f"{what} {np.mean(hits):.3f} ({len(hits)})" for what, hits in self.found.items())


def chat(tagger: Tagger, rows: Sequence[dict[str, Any]]) -> Shares:
    shares = Shares()
    for row in rows:
        told = tagger.understand(row["text"])
        if row["primary"] != "unclear":
            shares.add("matter top-1", told.best == row["primary"])
            shares.add("top-3", row["primary"] in [matter for matter, _ in told.candidates])
        says = row["kind"] in ("report", "question", "emergency")
        shares.add("report or not", says == (told.kind in ("report", "question")))
        shares.add("emergencies caught" if row["emergency"] else "look-alikes alarmed", told.handoff)
        shares.add("about an official" if row["about_official"] else "falsely so", told.private)
        if row["place"]:
            shares.add("place exact", any(span.text == row["place"] for span in told.places))
        else:
            shares.add("place where none is", told.places)
    return shares


def letters(tagger: Tagger, rows: Sequence[dict[str, str]]) -> Shares:
    shares = Shares()
    for row in rows:
        told = tagger.understand(row["title"] + "\n" + row["body"])
        first = {row["label_a"], row["label_b"]}
        shares.add("letters top-1", told.best in first | {row["label_a2"], row["label_b2"]})
        shares.add("top-3", first & {matter for matter, _ in told.candidates})
    return shares


def speed(tagger: Tagger, texts: Sequence[str]) -> str:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    cut, ours = _best(jieba.lcut, texts), _best(tagger.understand, texts)
    return f"{ours * 1e6:.0f} µs a text, jieba.lcut {cut * 1e6:.0f} µs: ratio {ours / cut:.2f}"


def _best(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Seconds of CPU a text."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, (time.process_time() - start) / len(texts))
    return best


def seven(file: Path) -> str:
    """Learned from three quarters of a city's history, judged by the last."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(lines)]
    order = np.random.default_rng(20261124).permutation(len(rows))
    taught, held = order[len(rows) // 4 :], order[: len(rows) // 4]
    made = Linear(learn([Labelled(rows[i][0], {"matter": rows[i][1]}, int(i)) for i in taught], "bench"))
    found = figures([Judged(rows[i][1], made.answer(rows[i][0]).of("matter")) for i in held])
    return f"7 labels, learned from {len(taught)}, judged by {len(held)}: {found.as_json()}"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    spoken = [json.loads(line) for line in (folder / "chat.dev.jsonl").read_text("utf-8").splitlines()]
    with (folder / "real23.dev.csv").open(encoding="utf-8", newline="") as lines:
        written = list(csv.DictReader(lines))
    known, said = taxonomy.load(), examples.load()
    texts = [row["text"] for row in spoken], [row["title"] + "\n" + row["body"] for row in written]
    for names in COMBINATIONS:
        if "semantic" in names and not nearest.installed():
            print(f"{' + '.join(names)}: the extra semantic is not installed")
            continue
        with tempfile.TemporaryDirectory() as kept:
            tagger = Tagger(known, Locator(()), (), layers.load(names, known, said, Path(kept)))
        print(f"{' + '.join(names)}:\n  {chat(tagger, spoken)}\n  {letters(tagger, written)}")
        if "semantic" not in names:
            for what, part in (("chat", texts[0]), ("letters", texts[1]), ("both", [*texts[0], *texts[1]])):
                print(f"  {what}: {speed(tagger, part)}")
    print(seven(folder / "messages7.dev.csv"))
    print(
        f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (with jieba and learning)"
    )


if __name__ == "__main__":
    main()
