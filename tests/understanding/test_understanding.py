"""What is understood of a message: each layer, and all of them together, on sentences of our own."""

from pathlib import Path

import pytest

from cases.understanding import Understanding
from config import examples
from config.mistakes import Mistakes
from nlp import layers, suggest
from nlp.layers import Layers
from nlp.learned import weights
from nlp.learned.vocabulary import Vocabulary
from nlp.tagger import Tagger
from nlp.words.lists import STOP, Lists
from nlp.words.plain import plain, wordy
from tests.stage.hearing import EXAMPLES, PLACES, TAXONOMY, tagger


def test_the_weights_shipped_are_of_the_examples_shipped(tmp_path: Path) -> None:
    """`make weights` after every change of either."""
    assert weights.load(layers.OURS).version == layers.version(TAXONOMY, EXAMPLES)
    layers.load(["linear"], TAXONOMY, EXAMPLES, tmp_path)
    assert list(tmp_path.iterdir()) == []  # nothing had to be learned


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("荷花里楼道的灯黑了半个月", "municipal_facility"),
        ("二十层，爬得我腰都直不起来，到底修不修", "elevator"),
        ("拧开龙头滴两滴就没了", "utilities"),
        ("楼下饭店的油烟顺着窗户往屋里灌", "noise_pollution"),
        ("俺家的地叫人多犁了两垄", "land_demolition_dispute"),
        ("老板拖着三个月不给工资", "labor_wage_dispute"),
        ("隔壁天天半夜吵架摔东西", "neighbor_dispute"),
        ("楼道里堆满纸箱子，真着了往哪跑", "fire_hazard"),
    ],
)
def test_as_people_say_it(understand: Tagger, text: str, matter: str) -> None:
    found = understand.understand(text)
    assert (found.kind, found.best, found.handoff) == ("report", matter, None)
    assert found.matched
    for span in found.matched:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("text", "private", "rest"),
    [
        ("村会计把补助款揣自己兜里了", True, ""),
        ("网格员从来不接电话，态度还横", True, ""),
        ("荷花里路灯不亮，网格员王建国还骂我", True, "荷花里路灯不亮"),
        ("网格员让我在这里报，楼下路灯不亮", False, ""),
        ("社区书记领着大家包粽子", False, ""),
        ("表扬我们的网格员，下雨天还上门", False, ""),
        ("刚转过去四万块那头把我拉黑了", False, ""),  # in danger, and nobody is named
    ],
)
def test_about_a_person_and_what_is_left(understand: Tagger, text: str, private: bool, rest: str) -> None:
    found = understand.understand(text)
    assert (found.private, found.rest) == (private, rest)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("你好", "hello"),
        ("？？？", "chatter"),
        ("今天天气真好", "chatter"),
        ("我那事咋样了", "status"),
        ("电梯修好了，谢谢师傅", "thanks"),
        ("来水了，不用派人了", "chatter"),
        ("低息贷款，秒到账，加微信", "spam"),
        ("老年卡多大岁数能办？", "question"),
        ("路灯坏了", "report"),
    ],
)
def test_kinds(understand: Tagger, text: str, kind: str) -> None:
    assert understand.understand(text).kind == kind


def test_money_beside_a_broken_lamp_is_money(understand: Tagger) -> None:
    found = understand.understand("网格员王建国收了物业的钱不管事，中央城B区路灯坏了半个月了")
    assert found.private
    assert found.discipline
    assert "路灯" in found.rest


def test_two_troubles_in_two_parts(understand: Tagger) -> None:
    two = understand.understand("楼道里垃圾没人收，另外电梯也坏了")
    assert two.second is not None
    assert {two.best, two.second.of} == {"sanitation", "elevator"}
    assert understand.understand("垃圾没人收，苍蝇乱飞，窗户都不敢开").second is None


@pytest.mark.parametrize("text", ["  荷花里楼道灯不亮", "\n电梯坏了", "ＬＥＤ路灯 坏了", "荷花里荷花里垃圾没人收"])
def test_spans_stand_where_they_stood(understand: Tagger, text: str) -> None:
    found = understand.understand(text)
    assert found.matched
    for span in (*found.matched, *found.places):
        assert text[span.start : span.end] == span.text


def test_each_layer_can_be_switched_off(tmp_path: Path) -> None:
    text = "腿都爬软了，二十楼呢，啥时候能修好"
    only_words = tagger(tmp_path, "keywords").understand(text)
    assert only_words.best is None
    assert tagger(tmp_path, "linear").understand(text).best == "elevator"
    assert tagger(tmp_path, "keywords").understand("电梯坏了").best == "elevator"
    assert Tagger(TAXONOMY, PLACES, (), Layers(keywords=False)).understand("电梯坏了").best is None
    with pytest.raises(Mistakes, match="psychic"):
        layers.load(["psychic"], TAXONOMY, EXAMPLES, tmp_path)


def test_long_and_hostile_texts_are_understood_in_bounded_time(understand: Tagger) -> None:
    for text in ("", " ", "\x00", "A" * 5000, "1" * 5000, "𠮷" * 300, "﷽" * 50, "路灯坏了" * 2000, "，" * 4000):
        found = understand.understand(text)
        assert isinstance(found, Understanding)
        assert len(found.matched) < 10


def test_a_longer_word_wins_and_stop_phrases_hide() -> None:
    lists = Lists({STOP: {"": ["停电动车"]}, "keyword": {"a": ["停电", "下水"], "b": ["下水道"]}})
    assert [hit.word for hit in lists.find("停电动车停电了").of("keyword")] == ["停电"]
    assert [hit.of for hit in lists.find("下水道堵").of("keyword")] == [("b",)]


def test_one_way_of_writing_keeps_every_place() -> None:
    text = "Ａ区 3号楼，电梯 BROKEN"
    assert len(plain(text)) == len(wordy(text)) == len(text)
    assert plain(text) == "a区 3号楼，电梯 broken"
    assert wordy(text) == "a区  号楼 电梯 broken"


def test_no_feature_holds_what_reading_does_not_blank_out() -> None:
    made = Vocabulary.learned(["3号楼，电梯 broken", "12号楼。Ａ区", "楼，电"], lambda text: [text, *text.split()])
    assert all(wordy(feature) == feature and " " not in feature for feature in made.features)
    for text in ("3号楼，电梯坏", "楼，电", "号3楼"):
        assert made.read(text) == made.read(wordy(text))


def test_words_worth_adding_are_those_of_one_matter() -> None:
    told = [("大秧歌太吵", "noise"), ("跳大秧歌到十点", "noise"), ("大秧歌又来了", "noise"), ("路灯不亮", "lamp")]
    assert suggest.keywords(told, {"noise": ["太吵"]})["noise"] == ["大秧歌"]


def test_examples_say_what_is_wrong_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("= mater elevator\n电梯坏了\n")
    with pytest.raises(Mistakes, match=r"own\.txt:1: 'mater elevator'"):
        examples.load(tmp_path)


@pytest.mark.slow
def test_a_place_teaches_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "examples"
    own.mkdir()
    (own / "town.txt").write_text("= matter elevator\n" + "\n".join(f"那个铁轿子又不走了{n}" for n in "甲乙丙丁戊己"))
    said = examples.load(own)
    learned = layers.load(["linear"], TAXONOMY, said, tmp_path / "kept")
    assert Tagger(TAXONOMY, PLACES, (), learned).understand("铁轿子不走").best == "elevator"
    assert len(list((tmp_path / "kept").glob("weights-*.npz"))) == 1


@pytest.mark.parametrize("many", [False, True])
def test_a_name_that_is_a_word_is_one_beside_an_office_where_there_are_many(many: bool) -> None:
    """In a village everybody is known by name; of the staff of a city somebody is called 高峰."""
    names = ["高峰", "马小军", *(f"某某{number}" for number in range(400 * many))]
    heard = Tagger(TAXONOMY, PLACES, names)
    assert heard.understand("早高峰停车场收钱不办事").private is not many
    assert heard.understand("高峰主任不管事，找了三次没人管").private
    assert heard.understand("马小军收钱不办事").private
