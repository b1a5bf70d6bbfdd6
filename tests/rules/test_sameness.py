"""Whether two reports are one."""

import pytest

from cases.reading.sameness import Nearness, Told, alike


@pytest.mark.parametrize(
    ("place", "same"),
    [
        ("荷花里5号楼", True),
        ("荷花里５号楼", True),
        ("荷花里五号楼", True),
        ("荷花里5号楼2单元", True),
        ("荷花里5-2-301", True),
        ("荷花里3号楼", False),
        ("荷花里52号楼", False),
    ],
)
def test_a_building_is_the_same_however_its_number_is_written(place: str, same: bool) -> None:
    one, other = (Told(f"{at}电梯坏了", at, "370481001001002") for at in ("荷花里5号楼", place))
    assert (alike(one, other, Nearness()) > 0) == same


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("小区门口灯不亮", True),
        ("小区门口的路灯黑了好几天", True),
        ("小区门口井盖丢了", False),
        ("小区门口污水横流", False),
    ],
)
def test_another_thing_of_the_same_matter_is_another(other: str, same: bool) -> None:
    near = Nearness(things=frozenset({"路灯", "灯不亮", "井盖", "污水"}))
    one, another = (Told(words, "荷花里门口", "370481001001002") for words in ("小区门口路灯坏了", other))
    assert (alike(one, another, near) > 0) == same
