"""What is hidden before a group and in logs, and what must stay readable there."""

import pytest

from cases.masking import without_doors, without_numbers


@pytest.mark.parametrize(("words", "left"), [
    ("我电话13812345678", "我电话****"),
    ("138 1234 5678找我", "****找我"),
    ("电话一三八幺二三四五六七八", "电话****"),
    ("身份证37048119900101123X", "身份证****"),
    ("座机0632-5551234", "座机****"),
    ("鲁D12345堵门", "****堵门"),
    ("鲁D·A1234 和 鲁DF12345", "**** 和 ****"),
    ("１３８１２３４５６７８", "****"),
    # what the worker and everybody else must still read
    ("3号楼2单元502漏水两天了", "3号楼2单元502漏水两天了"),
    ("从9:30到18:00没水", "从9:30到18:00没水"),
    ("2026-11-24报过", "2026-11-24报过"),
    ("2026-11-24 10:00报的370481-20261124-0001没人管", "2026-11-24 10:00报的370481-20261124-0001没人管"),
    ("370481-1a20fcccb3c92f75", "370481-1a20fcccb3c92f75"),
    ("三三两两一二十个人", "三三两两一二十个人"),
    ("青A座大厦", "青A座大厦"),
])  # fmt: skip
def test_numbers(words: str, left: str) -> None:
    assert without_numbers(words) == left


def test_doors() -> None:
    assert without_doors("3号楼2单元502漏水，楼上3-2-602") == "3号楼****漏水，楼上****"
    assert without_doors("3号楼电梯坏了") == "3号楼电梯坏了"
