"""What in people's words could be somebody's telephone, papers, car or door, and words without it."""

import re

#: stands for what is hidden
HIDDEN = "****"
_CHINESE = "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: a day, the number of a case, its key: nobody's
_OPEN = r"(?:(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)|\d{6}-(?:\d{8}-\d{4,}|[0-9a-f]{12,16})(?![0-9a-f]))"
#: digits in a row, or with gaps, that are longer than a house number; an identity card's may end in X
NUMBERS = re.compile(rf"(?<![\d-])(?!{_OPEN})\d(?:[\d -]{{5,}}\d)[Xx]?")
#: the same, dictated
SPOKEN = re.compile(rf"[{_CHINESE}](?:[{_CHINESE} -]{{5,}})[{_CHINESE}]")
#: 鲁D·12345, 鲁DF12345 (GA 36-2018)
PLATES = re.compile(
    rf"[{_PROVINCES}]\s?[A-Za-z]\s?[·.\-]?\s?(?=[A-Za-z]{{0,2}}\d)[A-Za-z0-9]{{4,5}}[A-Za-z0-9挂学警港澳]"
)
#: the staircase and the door in a building: 3号楼[2单元502], 3-2-501
DOORS = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*单元(?:\s*\d{3,4}(?:室|户)?)?|(?<=[号栋幢座楼])\s*\d{3,4}(?:室|户)?"
    r"|(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])|\d{3,4}(?:室|户)"
)


def without_numbers(words: str) -> str:
    """Without telephones, papers and plates."""
    for pattern in (PLATES, NUMBERS, SPOKEN):
        words = pattern.sub(HIDDEN, words)
    return words


def without_doors(words: str) -> str:
    return DOORS.sub(HIDDEN, words)
