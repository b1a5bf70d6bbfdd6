"""Telephone numbers among other words."""

import pytest

from cases.reading.phones import phone_in, plain_phone


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("13800000001", "13800000001"),
        ("打 138 0000 0001 找我", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("荷花里3号楼501 13800000001", "13800000001"),
        ("3-2-501 13912345678", "13912345678"),
        ("座机 0632-5550123", "06325550123"),
        ("13800000001 或者 13900000002", "13800000001"),
        ("不方便接，2026年11月25日以后再打", ""),
        ("3号楼2单元501", ""),
        ("没有", ""),
        ("我电话幺三八零零零零零零零一", "13800000001"),
        ("一三九，零零零零，零零零二", "13900000002"),
        ("一三五七九都来过", ""),
    ],
)
def test_a_number_is_told_from_dates_and_doors(words: str, number: str) -> None:
    found = phone_in(words)
    assert (plain_phone(found[0]) if found else "") == number
