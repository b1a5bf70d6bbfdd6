"""wangge learn and wangge evaluate: from a labelled file to weights, and an honest word about them."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from bot.cli import main, spread
from bot.parts.speech import LocalProgram
from config import examples, places, taxonomy
from config.mistakes import Mistakes
from nlp import layers
from nlp.learned import history, weights
from nlp.learned.evaluating import Judged, figures
from nlp.learned.learning import Labelled, learn
from nlp.learned.linear import Linear
from nlp.places import learning
from nlp.places.locator import Locator
from nlp.tagger import Tagger

LAMP = ["路灯不亮", "灯杆歪了", "路灯坏了", "街灯灭了", "路灯一闪一闪", "灯泡没了", "路灯黑了", "灯罩掉了"]
WATER = ["水管漏水", "自来水发黄", "水压太小", "停水两天", "水表坏了", "水管爆了", "没水用了", "水龙头滴水"]


def wangge(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0


def csv_of(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.write_text("title,body,label\n" + "".join(f"{text},请处理,{label}\n" for n, (text, label) in enumerate(rows)))
    return path


def rows(lamp: list[str], water: list[str]) -> list[tuple[str, str]]:
    return [*((text, "灯") for text in lamp), *((text, "水") for text in water)]


@pytest.mark.slow
def test_learn_and_evaluate_any_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taught = csv_of(tmp_path / "taught.csv", rows(LAMP[:6], WATER[:6]))
    other = csv_of(tmp_path / "other.csv", rows(LAMP, WATER))
    out = tmp_path / "w.npz"
    wangge(["learn", str(taught), "--text", "title", "body", "--label", "label", "--out", str(out)])
    wangge(["evaluate", str(other), "--text", "title,body", "--label", "label", "--weights", str(out)])
    told = capsys.readouterr().out
    found = json.loads(told.splitlines()[-1])
    assert found["rows"] == 4  # the others were learned from, and judge nothing
    assert "12 rows left out" in told
    assert found.keys() >= {"accuracy", "macro_f1", "top2", "coverage_at_95"}
    assert " by: " in told  # the deciding words


@pytest.mark.slow
def test_rows_learned_from_say_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taught = csv_of(tmp_path / "taught.csv", rows(LAMP, WATER))
    out = tmp_path / "w.npz"
    wangge(["learn", str(taught), "--text", "title", "--label", "label", "--out", str(out)])
    wangge(["evaluate", str(taught), "--text", "title", "--label", "label", "--weights", str(out)])
    assert "EVERY ROW WAS LEARNED FROM" in capsys.readouterr().out


def test_the_bot_as_it_is_set_up_is_judged_without_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANGGE_DATA_DIR", str(tmp_path))
    file = csv_of(tmp_path / "f.csv", [("电梯坏了", "elevator"), ("垃圾没人收", "sanitation")])
    wangge(["evaluate", str(file), "--text", "title", "--label", "label"])
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["accuracy"] == 1.0


def test_mistakes_are_said_in_words(tmp_path: Path) -> None:
    file = csv_of(tmp_path / "f.csv", [("电梯坏了", "elevator")])
    with pytest.raises(Mistakes, match="no column words; there are title, body, label"):
        list(history.read(file, ["words"], "label"))
    for wrong in (
        ["learn", str(file), "--out", "w"],
        ["learn", str(file), "--text", "title", "--label", "label", "--out", "w"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 1
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"no weights")
    with pytest.raises(Mistakes, match="weights"):
        weights.load(bad)


def test_columns_may_follow_one_option() -> None:
    given = ["evaluate", "F", "--text", "title", "body", "--label", "x"]
    assert spread(given) == ["evaluate", "F", "--text", "title", "--text", "body", "--label", "x"]


def test_saved_weights_answer_as_before(tmp_path: Path) -> None:
    made = learn([Labelled(text, {"matter": label}, n) for n, (text, label) in enumerate(rows(LAMP, WATER))], "v")
    made.save(tmp_path / "w.npz")
    kept = weights.load(tmp_path / "w.npz")
    for text in ("那盏路灯还是不亮", "一天没水"):
        before, after = Linear(made).answer(text).of("matter"), Linear(kept).answer(text).of("matter")
        assert max(before, key=before.__getitem__) == max(after, key=after.__getitem__)
        assert before == pytest.approx(after, abs=0.05)
    assert kept.version == "v"


@pytest.mark.slow
def test_weights_of_other_labels_are_no_weights_of_this_taxonomy(tmp_path: Path) -> None:
    made = learn([Labelled(text, {"matter": label}, n) for n, (text, label) in enumerate(rows(LAMP, WATER))], "v")
    made.save(tmp_path / "w.npz")
    with pytest.raises(Mistakes, match="no matters of the taxonomy: 水, 灯"):
        layers.load(["linear"], taxonomy.load(), examples.load(), tmp_path, tmp_path / "w.npz")
    own = [("路灯不亮", "municipal_facility"), ("水管漏水", "utilities")] * 4
    learn([Labelled(text + str(n), {"matter": m}, n) for n, (text, m) in enumerate(own)], "v").save(tmp_path / "o.npz")
    read = layers.load(["linear"], taxonomy.load(), examples.load(), tmp_path, tmp_path / "o.npz")
    assert Tagger(taxonomy.load(), Locator(()), (), read).understand("水管还在漏").best == "utilities"


def test_a_reading_is_answered_as_the_values_it_is_learned_by_say() -> None:
    """`Linear` sums in few steps what `Vocabulary.values` and the weights say."""
    linear = Linear(weights.load(layers.OURS))
    kept = linear.weights
    for text in ("路灯不亮", "楼道里堆满纸箱，谁也不管" * 5, "3-2-501"):
        answers = linear.answer(text)
        ids, values = kept.vocabulary.values(answers.reading)
        for name, head in kept.heads.items():
            margins = (values @ kept.matrix[ids])[head.columns] + head.bias
            shares = np.exp(margins * head.sharpness)
            assert list(answers.of(name).values()) == pytest.approx((shares / shares.sum()).tolist(), abs=1e-4)


@pytest.mark.slow
def test_places_are_learned_as_they_are_marked(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(
        "= matter municipal_facility\n俺报〔南岗子西头〕的灯，〔东闸〕的也不亮\n", encoding="utf-8"
    )
    said = [example for example in examples.load(tmp_path).sentences if "南岗子" in example.text]
    assert [example.text for example in said] == ["俺报南岗子西头的灯，东闸的也不亮"]
    assert [said[0].text[start:end] for start, end in said[0].places] == ["南岗子西头", "东闸"]
    ours = weights.load(layers.OURS).places
    assert ours is not None
    known = places.load()
    assert ours.version == learning.version(examples.load().sentences, known)
    assert ours.version != learning.version(examples.load(tmp_path).sentences, known)
    judge = learning.learn([example for example in examples.load(tmp_path).sentences if example.places], known, "few")
    assert [span.text for span in judge.spans("俺报南岗子西头的灯")] == ["南岗子西头"]


def test_figures_count_what_they_say() -> None:
    judged = [
        Judged("a", {"a": 0.9, "b": 0.1}),
        Judged("a", {"b": 0.6, "a": 0.4}),
        Judged("b", {"b": 0.8, "a": 0.2}),
        Judged("b", {}),
    ]
    found = figures(judged)
    assert (found.rows, found.accuracy, found.top2, found.coverage_at_95) == (4, 0.5, 0.75, 0.5)
    assert found.confusions[0][2] == 1
    with pytest.raises(ValueError, match="nothing"):
        figures([])


def test_a_program_of_the_place_hears(tmp_path: Path) -> None:
    program = tmp_path / "transcribe"
    program.write_text('#!/bin/sh\ntest "$(cat "$1")" = sound && echo 荷花里路灯不亮\n')
    program.chmod(0o755)
    assert asyncio.run(LocalProgram(tmp_path).hear(b"sound")) == "荷花里路灯不亮"
    assert asyncio.run(LocalProgram(tmp_path).hear(b"noise")) == ""
    assert asyncio.run(LocalProgram(tmp_path / "nowhere").hear(b"sound")) == ""


def test_examples_name_what_the_taxonomy_knows() -> None:
    """A label that nothing knows teaches "none of them": a cry for help with a misspelt hand-off would be unlearned."""
    known = taxonomy.load()
    names = {
        "matter": {*known.matters, "", "unclear"},
        "emergency": {handoff.id for handoff in known.handoffs} | {""},
        "person": {"service", "discipline", ""},
        "kind": {"report", "question", "status", "thanks", "chatter", "spam"},
    }
    strange = {
        (label, value)
        for example in examples.load().sentences
        for label in names
        if (value := getattr(example, label)) not in names[label]
    }
    assert not strange
