"""What in people's words could be somebody's telephone, papers, car or door, and words without it."""

import re

#: stands for what is hidden
HIDDEN = "****"
_CHINESE = "零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_KINDS = {
    # a day, the number of a case, its key, hours from to: nobody's
    "open": r"(?<!\d)(?:(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)|\d{6}-20[2-9]\d(?:0[1-9]|1[0-2])\d\d-\d{4,6}(?!\d)"
    r"|\d{6}-[0-9a-f]{12,16}(?![0-9a-f])|\d{1,2}-\d{1,2}(?:[ ,，、]+\d{1,2}-\d{1,2})+(?!\d))",
    # 鲁D·12345, 鲁DF12345 (GA 36-2018)
    "plate": rf"[{_PROVINCES}]\s?[·.\-]?\s?[A-Za-z]\s?[·.\-]?\s?(?=[A-Za-z]{{0,2}}\d)[A-Za-z0-9]{{4,5}}"
    r"[A-Za-z0-9挂学警港澳]",
    # digits in a row, or with gaps, that are longer than a house number; an identity card's may end in X
    "number": r"\d(?:[\d \-.·\u3000]{5,}\d)[Xx]?",
    # the same, dictated
    "spoken": rf"[{_CHINESE}](?:[{_CHINESE} ，,、\-]{{5,}})[{_CHINESE}]",
}
_TOKENS = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
#: the staircase and the door in a building: 3号楼[2单元502], 3-2-501, 3#2-502, 502房, 5楼西户, 刘家502
DOORS = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*单元(?:\s*\d{3,4}(?:室|户)?)?|(?<=[号栋幢座楼#])\s*\d{3,4}(?:室|户)?"
    r"|(?<=#)\d{1,2}-\d{3,4}|(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])|\d{3,4}(?:室|房(?![间子屋]))"
    r"|\d{1,2}[楼层][东西南北中]户|(?<=家)\s*\d{3,4}(?![\d元块个多])"
    r"|(?<=[是住在])\s*\d{3,4}(?=[的，,。；;！!\s]|$)|(?<=住户)\s*\d{3,4}(?!\d)|(?<![\d#-])\d{3,4}(?=住户|这家|那家)"
)


def without_numbers(words: str) -> str:
    """Without telephones, papers and plates."""
    return _TOKENS.sub(lambda found: found[0] if found.lastgroup == "open" else HIDDEN, words)


#: where somebody says that he lives: 我住4号楼302, 俺家在东头第二户, 我是12号楼1402的
_HOME = re.compile(
    r"((?:我|俺|本人|咱)们?家?(?:就)?(?:住在?|家在|是(?=[\d一二三四五六七八九十]{1,5}(?:号楼|栋|幢|座|单元|楼|室|户|的|-|#))))"
    r"[^，。,；;！!？?\s]{2,20}"
)


def without_home(words: str) -> str:
    return _HOME.sub(rf"\1{HIDDEN}", words)


def without_doors(words: str) -> str:
    return DOORS.sub(HIDDEN, words)
