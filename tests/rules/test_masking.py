"""What is hidden before a group and in logs, and what must stay readable there."""

import pytest

from cases.reading.masking import without_doors, without_numbers, without_self


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("我电话13812345678", "我电话****"),
        ("138 1234 5678找我", "****找我"),
        ("电话一三八幺二三四五六七八", "电话****"),
        ("身份证37048119900101123X", "身份证****"),
        ("座机0632-5551234", "座机****"),
        ("鲁D12345堵门", "****堵门"),
        ("鲁D·A1234 和 鲁DF12345", "**** 和 ****"),
        ("１３８１２３４５６７８", "****"),
        ("张三-13800138000", "张三-****"),
        ("2026-11-24-13800138000", "2026-11-24-****"),
        ("身份证370481-19900101-1234", "身份证****"),
        ("138.0013.8000 或 138　0013　8000", "**** 或 ****"),
        ("一三八，零零一三，八零零零", "****"),
        ("鲁·D12345", "****"),
        # what the worker and everybody else must still read
        ("3号楼2单元502漏水两天了", "3号楼2单元502漏水两天了"),
        ("从9:30到18:00没水", "从9:30到18:00没水"),
        ("2026-11-24报过", "2026-11-24报过"),
        ("2026-11-24 10:00报的370481-20261124-0001没人管", "2026-11-24 10:00报的370481-20261124-0001没人管"),
        ("370481-1a20fcccb3c92f75", "370481-1a20fcccb3c92f75"),
        ("三三两两一二十个人", "三三两两一二十个人"),
        ("每天8-10 12-14 16-18 停水", "每天8-10 12-14 16-18 停水"),
        ("青A座大厦", "青A座大厦"),
    ],
)
def test_numbers(words: str, left: str) -> None:
    assert without_numbers(words) == left


def test_doors() -> None:
    assert without_doors("3号楼2单元502漏水，楼上3-2-602") == "3号楼****漏水，楼上****"
    assert without_doors("3号楼电梯坏了") == "3号楼电梯坏了"
    assert without_doors("3#2-502、502房、5楼西户") == "3#****、****、****"
    assert without_doors("刘家502的水管换好了，他家300元") == "刘家****的水管换好了，他家300元"
    assert without_doors("我是501的，他住601，住户701王大爷") == "我是****的，他住****，住户****王大爷"
    assert without_doors("在2026年，他是1000元的工资") == "在2026年，他是1000元的工资"
    assert without_doors("全小区1000户停水，房间里502") == "全小区1000户停水，房间里502"


def test_homes() -> None:
    assert without_self("9号楼电梯坏了，我是12号楼1402的，别说是我") == "9号楼电梯坏了，我是****的，别说是我"
    assert without_self("我住4号楼302，俺家在东头第二户") == "我住****，俺家在****"
    assert without_self("我是他邻居，我是第一次报") == "我是他邻居，我是第一次报"


def test_names() -> None:
    assert without_self("别说是我，我是王芳") == "别说是我，我是****"
    assert without_self("我叫刘三，俺是他邻居张建军") == "我叫****，俺是他邻居****"
    assert without_self("我姓赵，住你们4号楼2单元501，微信zhao123456") == "我姓****，住你们****，微信****"
    for words in ("我叫人来修也不行", "我是高血压病人，上不去楼", "我是王家庄的，路坏了", "我是业主，物业不管"):
        assert without_self(words) == words
    assert without_doors("7号楼王大爷家门口") == "7号楼****大爷家门口"
