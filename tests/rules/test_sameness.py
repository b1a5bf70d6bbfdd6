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
