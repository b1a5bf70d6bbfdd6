"""Danger, as people cry it, tell it, and only seem to; in two languages."""

import pytest

from nlp.hearing import HEARD
from nlp.tagger import Tagger


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        ("119", ["化工厂爆炸了", "粮站失火了", "8楼浓烟", "我们楼燃气泄漏", "阳光城电梯坠落", "后山滑坡", "桥头塌方"]),
        ("120", ["我叔心梗了，东关村", "俺二大爷突然中风", "库区有人溺水", "修电视的触电了", "煤气中毒，一家四口"]),
        ("110", ["有女孩被绑架", "村委门口聚众闹事", "孙子被校园欺凌", "楼下男的打老婆", "家暴，幸福里5号楼"]),
        ("122", ["广场车祸"]),
        ("119", ["There is smoke and fire on the third floor!", "Gas leak in our house"]),
        ("120", ["My grandfather fainted in the kitchen"]),
    ],
)
def test_who_can_only_shout_one_word_is_told_the_number(understand: Tagger, number: str, texts: list[str]) -> None:
    assert {text: understand.understand(text).handoff for text in texts} == dict.fromkeys(texts, number)


@pytest.mark.parametrize(
    "text",
    [
        "火炬街7号",
        "又漫出来了",
        "又响起来了",
        "俺婶中风三年了，轮椅能领不",
        "防溺水的课几点上",
        "前天着火那堆灰没人清",
        "在荷花里楼顶",
        "Boxes stand before the fire exit again",
        "I need a ride to the doctor on Monday",
    ],
)
def test_a_place_a_word_and_the_past_ring_nobody(understand: Tagger, text: str) -> None:
    assert understand.understand(text).handoff is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("厨房着火了，火苗窜到房顶了", "119"),
        ("有人拿刀砍人", "110"),
        ("老头倒在路边叫不醒", "120"),
        ("我不想活了，药都吃了", "120"),
        ("两辆车撞一块了，堵在路口", "122"),
        ("我们困在电梯里了，门打不开", "119"),
        ("楼下大门口停电动车的太多", None),
        ("物业快把我气死了", None),
        ("这路口老撞车，装个红绿灯吧", None),
        ("消防演习几点开始", None),
        ("又冒出来了", None),
        ("小桥的栏杆断了，去年有人掉下去过", None),  # a certain matter that no emergency is about
        ("东西给你放门后头了", None),
    ],
)
def test_emergencies_and_what_only_looks_like_one(understand: Tagger, text: str, number: str | None) -> None:
    assert understand.understand(text).handoff == number


@pytest.mark.parametrize(
    "text",
    [
        "good morning",
        "please call me back tomorrow",
        "I live at building 3",
        "my cat is missing",
        "nice weather today, isn't it",
        "The elevator is broken since two days",
        "The fire hydrant is leaking",
        "somebody parked in my spot again",
        "How do I see my case?",
        "there are cockroaches in the restaurant",
    ],
)
def test_harmless_words_of_another_language_ring_nobody(understand: Tagger, text: str) -> None:
    assert understand.understand(text).handoff is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The kitchen is on fire, please help", "119"),
        ("it smells of gas in the stairwell", "119"),
        ("my father collapsed and is not breathing", "120"),
        ("a boy fell into the river", "119"),
        ("there is a man with a knife at our door", "110"),
    ],
)
def test_danger_is_heard_in_another_language(understand: Tagger, text: str, number: str) -> None:
    assert understand.understand(text).handoff == number


@pytest.mark.parametrize(
    "text",
    ["荷花里门口井盖没了，有小孩掉下去了", "有小孩掉进下水道了", "老太太掉坑里了，上不来", "窨井没盖，人掉下去了"],
)
def test_who_falls_into_a_hole_is_rescued_wherever_it_is(understand: Tagger, text: str) -> None:
    assert understand.understand(text).handoff == "119"


def test_a_danger_behind_what_the_weights_hear_of_a_message_alarms(understand: Tagger) -> None:
    long = "物业收了钱不干活，灯坏了没人换，垃圾桶也不清，绿化带的草比人还高，打电话给经理他总说登记了。" * 10
    assert len(long) > HEARD
    assert understand.understand(long).handoff is None
    assert understand.understand(f"{long}对了，楼道着火了，有人在里面出不来").handoff == "119"


def test_a_fire_beside_a_complaint_is_a_fire(understand: Tagger) -> None:
    told = understand.understand("荷花里2号楼楼道着火了，网格员收了我两千块钱不给修线路")
    assert (told.handoff, told.private) == ("119", True)
