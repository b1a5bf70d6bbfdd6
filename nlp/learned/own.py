"""The sentences our weights are learned from: the examples, the keywords of the taxonomy, and frames around both."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from config import places
from config.examples import Examples
from config.taxonomy import Taxonomy
from nlp.learned import learning
from nlp.learned.learning import Fit, Labelled, framed
from nlp.learned.weights import Weights
from nlp.places import learning as place_learning
from nlp.places.judge import Judge

#: sentences around each example in which it says the same
FRAMED = 2
NONE = "none"


def labelled(examples: Examples, taxonomy: Taxonomy) -> list[Labelled]:
    """What an example says of matters and hand-offs this taxonomy does not know teaches nothing."""
    handoffs = {handoff.id for handoff in taxonomy.handoffs}
    # what is known by how it is said ("请问", "建议") would be lost in a frame
    by_manner = {m.id for m in taxonomy.matters.values() if m.weak and not m.keywords}
    whole, to_frame = [], []
    for origin, example in enumerate(examples.sentences):
        known = example.matter in taxonomy.matters
        labels = {
            "kind": example.kind,
            "emergency": example.emergency if example.emergency in handoffs else NONE,
            "person": example.person or NONE,
        } | ({"matter": example.matter} if known else {})
        text = Labelled(example.text, labels, origin)
        whole.append(text)
        if known and example.kind == "report" and example.matter not in by_manner:
            to_frame.append(Labelled(example.text, {"matter": example.matter}, origin))
    start = len(whole)
    keywords = [
        Labelled(word, {"matter": matter.id}, start + at)
        for at, (word, matter) in enumerate(
            (word, m) for m in taxonomy.matters.values() for word in (*m.keywords, *m.weak)
        )
    ]
    start += len(keywords)
    shouted = [
        Labelled(word, {"emergency": handoff.id, "kind": "report"}, start + at)
        for at, (word, handoff) in enumerate(
            (word, h) for h in taxonomy.handoffs if h.kind == "emergency" for word in h.keywords
        )
    ]
    return [*whole, *keywords, *shouted, *framed(to_frame, examples.frames, FRAMED)]


def learn(
    texts: Sequence[Labelled],
    examples: Examples,
    version: str,
    *,
    known: Judge | None = None,
    told: Callable[[str, Fit], None] | None = None,
) -> Weights:
    """All that is learned of example sentences: the answers to every question, and which words are places. `known`:
    who judges places already, and goes on where no other places are marked."""
    learned = learning.learn(texts, version, told=told)
    judging = place_learning.version(examples.sentences, places.load())
    if known is None or known.version != judging:
        known = place_learning.learn(examples.sentences, places.load(), judging)
    return replace(learned, places=known)
