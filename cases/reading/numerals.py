"""Chinese numerals up to ninety-nine, as digits: 十五天 is 15天, 三号楼 is 3号楼."""

import re

_ONES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMERAL = f"[{''.join(_ONES)}十]{{1,3}}"


def value(numeral: str) -> int | None:
    """Of digits, or of one to ninety-nine in Chinese; None for what is neither: 二三."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _ONES.get(numeral)
    if (tens and tens not in _ONES) or (ones and ones not in _ONES):
        return None
    return _ONES.get(tens, 1) * 10 + _ONES.get(ones, 0)


def in_digits(text: str, before: str) -> str:
    """With digits for numerals that stand before this pattern, and not after 周, 星期, 礼拜 or 第."""
    return re.sub(f"(?<![周期拜第]){_NUMERAL}(?=\\s*(?:{before}))", _digits, text)


def _digits(found: re.Match[str]) -> str:
    number = value(found[0])
    return found[0] if number is None else str(number)
