"""Where it is: names as written or nearly, places no list knows, and points."""

import random

import pytest

from config import places
from nlp import layers
from nlp.learned import weights
from nlp.places import learning, signs, tails
from nlp.places.locator import Locator, Named
from nlp.places.near import ALIKE, Near, one_slip

JUDGE = weights.load(layers.OURS).places
assert JUDGE is not None
SPANS = JUDGE.spans
SQUARE = "POLYGON ((117 35, 117.01 35, 117.01 35.01, 117 35.01, 117 35))"
TOWN = Locator(
    [
        Named("a", "grid", ("龙泉苑", "中央城B区"), SQUARE),
        Named("b", "grid", ("柳园新村",)),
        Named("c", "grid", ("北关大街",)),
        Named("v", "community", ("龙泉社区",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("前王庄东头的水泵坏了", "前王庄东头"),
        ("我住锦绣花园12号楼3单元，电梯坏了", "锦绣花园12号楼3单元"),
        ("振兴路与光明街口的灯不亮", "振兴路与光明街口"),
        ("俺是石桥镇的，补助没发", "石桥镇"),
        ("东风桥底下睡着个人", "东风桥底下"),
        ("水漫上来了 后河村", "后河村"),
        ("棉纺厂宿舍没人扫", "棉纺厂宿舍"),
        ("3-2-501", "3-2-501"),
        ("老粮站斜对过有人烧垃圾", "老粮站斜对过"),
        ("供销社后墙上全是小广告", "供销社后墙"),
        ("李家庄村口大槐树底下积水", "李家庄村口大槐树底下"),
        ("东风桥桥洞底下堆垃圾", "东风桥桥洞底下"),
        ("加油站往南二百米路塌了", "加油站往南二百米"),
        ("富源大道和清水路交叉口的灯不亮", "富源大道和清水路交叉口"),
        ("俺住槐花公寓B栋719，水管爆了", "槐花公寓B栋719"),
        ("铁路新村2栋3门201没暖气", "铁路新村2栋3门201"),
        ("老戏台对面那家洗车行污水满街淌", "老戏台对面那家洗车行"),
        ("我住锦绣花园 四楼天天吵", "锦绣花园"),
        ("和睦家园7号楼没水", "和睦家园7号楼"),
        ("锦绣花园12号楼下水堵了", "锦绣花园12号楼"),
        ("水果城B区12号摊位漏电", "水果城B区12号摊位"),
    ],
)
def test_places_no_list_knows(text: str, place: str) -> None:
    found = SPANS(text)
    assert [span.text for span in found] == [place]
    assert text[found[0].start : found[0].end] == place


@pytest.mark.parametrize(
    ("text", "start", "begun"),
    [
        ("和睦家园没水", 1, 0),
        ("没水，和睦家园", 4, 3),
        ("在睦家园没水", 1, 1),
        ("建国路铁路涵洞", 2, 0),
        ("半夜铁路涵洞", 2, 2),
        ("说的是睦家园", 3, 3),
    ],
)
def test_what_stands_first_belongs_to_the_place(text: str, start: int, begun: int) -> None:
    assert tails.begun(text, start) == begun


@pytest.mark.parametrize(
    "text",
    [
        "楼道里堆满了纸箱",
        "马路上全是水",
        "屋里没暖气",
        "学校门口太堵",
        "大门口停满了车",
        "修路修了一年",
        "我们小区没人扫",
        "村里路灯不亮",
    ],
)
def test_words_for_any_place_are_none(text: str) -> None:
    assert SPANS(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("龙泉苑3号楼2单元电梯坏了", "a", "龙泉苑3号楼2单元"),
        ("龙全苑的路灯不亮", "a", "龙全苑"),
        ("柳圆新村东门堵了", "b", "柳圆新村东门"),
        ("柳园新村里头停水", "b", "柳园新村"),
        ("北关大街路灯不亮", "c", "北关大街"),
        ("中央城B区8号楼漏水", "a", "中央城B区8号楼"),
        ("龙泉社区没人管", "", "龙泉社区"),
    ],
)
def test_words_to_units(text: str, unit: str, words: str) -> None:
    found = TOWN.places(text, others=SPANS(text))
    assert [(span.of, span.text) for span in found] == [(unit, words)]


def test_a_point_lies_in_its_grid() -> None:
    assert TOWN.at(35.005, 117.005) == "a"
    assert TOWN.at(35.5, 117.005) is None


def test_an_answer_may_be_part_of_a_name_or_nearly_one() -> None:
    assert [unit for unit, _ in TOWN.named("柳园")] == ["b"]
    assert [unit for unit, _ in TOWN.named("柳圆新村")] == ["b"]
    assert [unit for unit, _ in TOWN.named("哪儿都不是")] == []


def test_one_slip_is_one_character() -> None:
    assert one_slip("龙泉苑", "龙全苑")
    assert one_slip("龙泉苑", "龙泉")
    assert one_slip("龙泉苑", "老龙泉苑")
    assert not one_slip("龙泉苑", "龙泉苑")
    assert not one_slip("龙泉苑", "凤泉院")
    near = Near(["龙泉苑", "柳园新村", "北关大街"])
    assert near.mistyped("柳圆新村") == ["柳园新村"]
    assert near.beginning("柳园") == ["柳园新村"]


def test_a_beginning_that_too_many_names_share_names_none() -> None:
    near = Near([f"和平{chr(0x4E00 + n)}" for n in range(ALIKE)])
    assert len(near.beginning("和平")) == ALIKE
    assert Near([f"和平{chr(0x4E00 + n)}" for n in range(ALIKE + 1)]).beginning("和平") == []


def test_a_judge_weighs_every_sign_of_a_character() -> None:
    """`signs` are what is learned from; `Judge` adds them up without naming them."""
    text, times = "前王庄2号楼，{电梯AB}坏了", {"电梯": 9, "王庄": 2, "{电": 1}
    ends = signs.Ends(("庄", "号楼"))
    said = list(signs.signs(text, times, ends))
    draw = random.Random(1)
    weights = {(sign, label): draw.uniform(-2, 2) for sign in {s for own in said for s in own} for label in "OBIE"}
    follows = {(one, other): 0.0 for one in "OBIE" for other in "OBIE"}
    judge = learning._judge(weights, follows, times, ends, "")
    found = judge.weights(text, ends.signs(text))
    for at, own in enumerate(said):
        if text[at] not in signs.MARKS + signs.PARTICLES:
            wanted = [sum(weights[sign, label] - weights[sign, "O"] for sign in own) for label in "BIE"]
            assert found[at].tolist() == pytest.approx([each + learning.LENIENT for each in wanted], abs=1e-4)


def test_a_mark_stands_in_no_place() -> None:
    found = SPANS("新家园小区！幸福路，3号楼。东门外；南大街")
    assert len(found) > 1
    assert all(not set(span.text) & set(signs.MARKS) for span in found)


def test_roads_that_meet_are_learned_apart_and_told_as_one() -> None:
    text = "和平路与育才街口"
    assert tails.parted(text, 0, len(text)) == [(0, 3), (4, 8)]
    assert tails.joined(text, [(0, 3), (4, 8)]) == [(0, 8)]
    assert tails.joined("前王庄和育才街", [(0, 3), (4, 7)]) == [(0, 3), (4, 7)]


@pytest.mark.parametrize(
    ("text", "place"),
    [("东庄南头的井", "东庄南头"), ("荷花里楼上漏水", "荷花里"), ("省道312塌了", "省道312"), ("大集502门口", "大集")],
)
def test_what_belongs_to_a_place_after_its_name(text: str, place: str) -> None:
    named = next(end for end in range(len(text)) if text[:end] in ("东庄", "荷花里", "省道", "大集"))
    assert text[: tails.whole(text, named)] == place


def test_the_words_of_places_are_read_once() -> None:
    assert places.load() is places.load()
