"""wangge learn, wangge evaluate."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.mistakes import Mistakes
from config.settings import load

if TYPE_CHECKING:
    from config.examples import Examples
    from nlp.learned.evaluating import Figures, Judged
    from nlp.learned.learning import Fit, Labelled

Text = Annotated[list[str] | None, typer.Option(metavar="COL…", help="columns that hold the text")]
Label = Annotated[str, typer.Option(metavar="COL", help="the column that says what it is")]
#: confusions and deciding words that are shown
SHOWN = 12


def learn(
    out: Annotated[Path, typer.Option(metavar="WEIGHTS", help="the file to write")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE.csv", help="without it: our example sentences")] = None,
    text: Text = None,
    label: Label = "",
    use: Annotated[bool, typer.Option(help="without a file: what people chose and corrected here, too")] = False,
) -> None:
    """Weights from labelled history, or from the example sentences; how right they are where they did not learn."""
    from nlp.learned import history, own
    from nlp.learned.learning import learn as learned

    if file is None and (text or label):
        raise Mistakes(["FILE.csv is missing: write it first, then --text and --label"])
    if not out.absolute().parent.is_dir():
        raise Mistakes([f"no folder {out.absolute().parent}"])
    if file is None:
        said, texts, version = _own(use=use)
    else:
        said = None
        texts = history.labelled(_rows(file, text or [], label))
        version = f"{file.name}, {len(texts)} rows"
    if len({text.labels.get("matter") for text in texts} - {None}) < 2:
        raise Mistakes(["nothing to learn: at least two labels with a few rows each are needed"])
    seen = frozenset(history.digest(text.text) for text in texts) if file else frozenset[str]()
    weights = own.learn(texts, said, version, told=_tell) if said else learned(texts, version, told=_tell, seen=seen)
    weights.save(out)
    print(f"{out}: {len(weights.vocabulary.features)} features, learned from {len(texts)} texts")


def _own(*, use: bool) -> "tuple[Examples, list[Labelled], str]":
    from config import examples, taxonomy
    from nlp import layers
    from nlp.learned import own

    settings = load()
    known, said = taxonomy.load(settings.taxonomy), examples.load(settings.examples)
    texts, version = own.labelled(said, known), layers.version(known, said)
    if use:
        texts += _used(len(texts))
        version += " and what was chosen here"
    return said, texts, version


def _used(start: int) -> "list[Labelled]":
    """The cases of the database, each by what it turned out to be; digits teach nothing, so no number is learned."""
    from bot.composition import open_database
    from nlp.learned.learning import Labelled
    from storage.counts import judgements

    database = open_database(load())
    with database.look() as connection:
        found = [
            Labelled(j.words, {"matter": j.matter}, start + at) for at, j in enumerate(judgements.since(connection))
        ]
    database.close()
    return found


def _tell(head: str, fit: "Fit") -> None:
    print(f"{head}: {len(fit.labels)} labels, {fit.accuracy:.3f} right of those it had not seen")


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    text: Text = None,
    label: Label = "",
    weights: Annotated[
        Path | None, typer.Option(metavar="W", help="of wangge learn; without: the bot as set up")
    ] = None,
) -> None:
    """Accuracy, macro-F1, top-2, coverage at 95% precision, and what is taken for what; the last line is JSON."""
    from nlp.learned import evaluating, history
    from nlp.learned import weights as stored

    rows = list(_rows(file, text or [], label))
    if not rows:
        raise Mistakes([f"{file}: no rows"])
    if weights is None:
        judged = list(_by_the_bot(rows))
        print("the bot as it is set up:")
    else:
        kept = stored.load(weights)
        fresh = [row for row in rows if history.digest(row[0]) not in kept.seen]
        if not fresh:
            print("EVERY ROW WAS LEARNED FROM: these figures say nothing of other messages")
        elif len(fresh) < len(rows):
            print(f"{len(rows) - len(fresh)} rows left out: the weights were learned from them")
        rows = fresh or rows
        judged = list(_by_weights(rows, weights))
    found = evaluating.figures(judged)
    _show(found)
    if weights is not None:
        _compare(rows, found)
    print(json.dumps(found.as_json(), ensure_ascii=False))


def _by_the_bot(rows: Sequence[tuple[str, str]]) -> "Iterator[Judged]":
    from bot.parts import reading
    from nlp.learned.evaluating import Judged
    from nlp.places.locator import Locator
    from nlp.tagger import Tagger

    understanding = reading.load(load())
    tagger = Tagger(understanding.taxonomy, Locator(()), (), understanding.layers)
    for said, truth in rows:
        yield Judged(truth, dict(tagger.understand(said).candidates))


def _by_weights(rows: Sequence[tuple[str, str]], path: Path) -> "Iterator[Judged]":
    from nlp.learned import weights as stored
    from nlp.learned.evaluating import Judged
    from nlp.learned.linear import Linear

    linear = Linear(stored.load(path))
    for number, (said, truth) in enumerate(rows):
        answers = linear.answer(said)
        judged = Judged(truth, answers.of("matter"))
        if number < SHOWN:
            best = judged.ranked[0]
            words = "、".join(span.text for span in answers.why("matter", best))
            print(f"  {best} {judged.scores[best]:.2f} ({truth}) by: {words}")
        yield judged


def _compare(rows: Sequence[tuple[str, str]], found: "Figures") -> None:
    """Whether they are better than the bot as it is set up, where both answer in the same words."""
    from config import taxonomy
    from nlp.learned import evaluating

    known = taxonomy.load(load().taxonomy).matters
    if {truth for _, truth in rows} <= set(known):
        now = evaluating.figures(list(_by_the_bot(rows)))
        better = "better" if found.accuracy > now.accuracy else "not better"
        print(f"the bot as it is set up: {now.accuracy:.3f} right of the same rows; these weights are {better}")


def _show(found: "Figures") -> None:
    print(f"{found.rows} rows: {found.accuracy:.3f} right, macro-F1 {found.macro_f1:.3f}, top-2 {found.top2:.3f}")
    print(f"{found.coverage_at_95:.3f} of them can be answered with 95% right; of the rest the bot asks")
    for truth, answer, times in found.confusions[:SHOWN]:
        print(f"  {times:5} {truth} taken for {answer or 'nothing'}")


def _rows(file: Path, text: Sequence[str], label: str) -> Iterator[tuple[str, str]]:
    from nlp.learned import history

    columns = [column for given in text for column in given.split(",")]
    if not columns or not label:
        raise Mistakes(["say which columns: --text COL --label COL"])
    return history.read(file, columns, label)
