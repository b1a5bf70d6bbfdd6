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


_FLOOR = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:号楼|号院|号|栋|幢|座|单元|楼|层|室|户|#|-)?"
#: where somebody says that he lives: 我住4号楼302, 俺家在东头第二户, 我是12号楼1402的; and behind a comma 住你们4号楼
_HOME = re.compile(
    r"((?:我|俺|本人|咱)们?家?(?:就)?(?:住在?|家在|是(?=[\d一二三四五六七八九十]{1,5}(?:号楼|栋|幢|座|单元|楼|室|户|的|-|#)))"
    r"|(?<=[，。,；;！!\s])就?住(?:你们|咱们)|(?<=[，。,；;！!\s])就?住在?(?=\d{1,3}(?:号楼|栋|幢|座|单元|#|-)))"
    rf"(?:(?:{_FLOOR})+|(?![\d一二三四五六七八九十])[^，。,；;！!？?\s]{{2,20}})"
)
#: of some hundred families, most people; those that begin other words as often (高 石 江) not where nothing but 是 says
#: that a name follows
_FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭马罗梁宋郑谢韩冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范姚谭廖邹熊"
    "陆郝孔崔邱秦顾侯邵孟段钱汤尹黎乔贺赖龚"
)
_AMBIGUOUS = "高何唐石金康毛江史"
_DOUBLE = "欧阳|上官|司马|诸葛|皇甫|尉迟"
_ENDS = r"(?=[，。,；;！!？?、:：(（\s]|$)"
_CALLED = rf"(?:[老小][{_FAMILIES}{_AMBIGUOUS}]|(?:{_DOUBLE}|[{_FAMILIES}{_AMBIGUOUS}])[\u4e00-\u9fff]{{1,2}}){_ENDS}"
_NAME = (
    rf"(?:[老小][{_FAMILIES}]|(?:{_DOUBLE}|[{_FAMILIES}])(?![\u4e00-\u9fff]{{0,1}}[人匠厂房病压员工家店村庄])[\u4e00-\u9fff]{{1,2}})"
    rf"{_ENDS}"
)
#: who somebody says that he is: 我叫王芳, 我姓赵, 我是他邻居张建军, 业主王芳, 微信zhao1234
_SELF = re.compile(
    rf"((?:我|俺|本人)(?:就)?(?:名字)?(?:名)?叫|(?:业主|住户|报事人|联系人|举报人|反映人)[:：]?){_CALLED}"
    rf"|((?:我|俺|本人)(?:就)?是(?:[^，。,；;！!？?\s]{{0,6}}?(?={_NAME}))?){_NAME}"
    rf"|((?:我|俺|本人|免贵)姓)(?:{_DOUBLE}|[\u4e00-\u9fff])|((?:微信|QQ)号?\s*[:：是]?)[A-Za-z][A-Za-z0-9_-]{{5,19}}"
)


def without_self(words: str) -> str:
    """Without where somebody says that he lives, and who he is."""
    homeless = _HOME.sub(rf"\1{HIDDEN}", words)
    return _SELF.sub(lambda found: "".join(filter(None, found.groups())) + HIDDEN, homeless)


#: whose home it is: 王大爷家门口; no 家长, no 老师家访
_WHOSE = re.compile(
    rf"(?<![一上下每])[{_FAMILIES}{_AMBIGUOUS}]"
    r"(?=(?:大爷|大妈|大娘|奶奶|爷爷|大伯|叔叔|大叔|阿姨|婶子?|大哥|大姐|师傅|老师|某某)的?家(?![长访教]))"
)


def without_doors(words: str) -> str:
    """Without which door it is, and whose."""
    return _WHOSE.sub(HIDDEN, DOORS.sub(HIDDEN, words))
