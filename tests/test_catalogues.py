"""Every sentence exists in both languages, with the same placeholders, and no sentence lies about unused."""

import re
from pathlib import Path

import pytest

from cases.life.lifecycle import TABLE
from config import texts
from handlers.cases.later import FOR_COORDINATORS
from handlers.flows.act import OUTCOMES
from tests import ROOT
from tests.stage.keys import CATALOGUES, EN, ZH, families, literal_keys


def test_both_languages_have_every_sentence() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(ZH))
def test_the_placeholders_are_the_same(key: str) -> None:
    assert set(texts.placeholders(ZH[key])) == set(texts.placeholders(EN[key]))


def test_every_key_the_code_uses_is_there() -> None:
    assert sorted((literal_keys() | families()) - ZH.keys() - {"ring.report", "review.private"}) == []


def test_no_sentence_is_left_over() -> None:
    page = {key for key in ZH if key.startswith(("page.", "keep."))}
    used = literal_keys() | families() | _asked() | _optional() | page
    assert sorted(ZH.keys() - used) == []


def _asked() -> set[str]:
    """`ask.ACTION.NEED`, as far as an action needs it."""
    asked = set()
    for row in TABLE.rows:
        asked |= {f"ask.{row.action}.{need}" for need in (*row.needs, "note", "holder", "nobody", "more")}
    return asked


def _optional() -> set[str]:
    """Where the code takes a more special sentence if there is one."""
    done = {f"done.{row.action}" for row in TABLE.rows}
    lines = {f"line.{action}" for action in (*FOR_COORDINATORS, "void")}
    late = {key for key in ZH if key.endswith((".late", ".watching", ".silent"))}
    outcomes = {f"ring.resolve.resident.{outcome}" for outcome in OUTCOMES}
    return done | lines | late | outcomes | {"state.refused", "card.former"} | _ways()


def _ways() -> set[str]:
    """What people write instead of pressing a button."""
    return {key for key in ZH if key.startswith(("typed.", "says.", "word."))}


def test_ways_of_saying_it_can_be_searched_for() -> None:
    for catalogue in CATALOGUES.values():
        for key in _ways():
            if key.startswith("says."):
                assert not re.compile(catalogue[key]).search("荷花里3号楼的路灯坏了")


def test_every_word_of_the_page_is_used() -> None:
    source = "".join(p.read_text() for p in (ROOT / "web").rglob("*") if p.suffix in (".py", ".html", ".js"))
    source += (ROOT / "bot" / "running" / "demo.py").read_text()
    words = {key.removeprefix("page.") for key in ZH if key.startswith("page.")}
    assert sorted(w for w in words if w not in source and not w.startswith("empty_")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_buttons_are_short_and_messages_fit(language: str) -> None:
    for key, sentence in CATALOGUES[language].items():
        if key.startswith(("action.", "option.", "outcome.", "stars.", "how.", "reason.")):
            assert len(sentence) <= 20, key
        assert len(sentence) < 1000, key


def test_the_labels_people_are_trained_on() -> None:
    labels = (
        "提交 类别不对 地方不对 对网格员保密 不报了 补充 接单 退回 转派 接手 不接 报上级 已联系 预约上门 延期 办结 "
        "已解决 已解释 转其他渠道 列入计划 派单 改派 督办 会办 并案 不予受理 同意延期 不同意延期 解决了 没解决 "
        "打电话给我 满意 基本满意 不满意 我也是这事 同意并提交 看详细 "
        "我家这片 发位置 打电话问我 不在我网格 不是我职责 需回避"
    )
    assert set(labels.split()) <= set(ZH.values())


def test_a_place_lays_its_own_over_ours(tmp_path: Path) -> None:
    (tmp_path / "zh.po").write_text('msgid "kind.hello"\nmsgstr "您好，这里是示范社区。"\n')
    loaded = texts.load(tmp_path)
    assert loaded.say("zh", "kind.hello") == "您好，这里是示范社区。"
    assert loaded.say("en", "kind.hello") == EN["kind.hello"]


def test_mistakes_in_a_place_s_catalogue_are_told() -> None:
    theirs = {"zh": {"kind.helo": "您好", "menu.unknown": "没有 {comand}"}}
    assert texts.mistakes(CATALOGUES, theirs) == [
        "zh.po: kind.helo: no such sentence",
        "zh.po: menu.unknown: only ['command'] can be filled in",
    ]
