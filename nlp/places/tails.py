"""What follows a name and belongs to it: building, floor, door, and on which side of it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_COUNT = "一二三四五六七八九十"
_NUMBER = (
    r"(?:[A-Za-z]?\d{1,4}(?:[-－—#]\d{1,4}){1,3}"
    r"|[A-Za-z]?[0-9]{1,4}\s?(?:号楼|号院|号摊位?|号门市|号门面|号商铺|号铺面?|号|#楼?|栋|幢|座|单元|门(?![口前外])|层|楼|室|户|排|组|社(?!区)|期|弄|区|队|巷)"
    r"|[A-Z甲乙丙丁东西南北][座栋]|[A-Z]区|(?<=[元号栋楼幢座门])\d{3,4}(?:室|户)?|(?<=[省国县]道)\d{3})"
)
_FLOOR = (
    f"(?:负[一二三]层|地下[一二]层|[顶底]层|[东西中]单元|第[{_COUNT}]排|[东西南北前后](?:[{_COUNT}]|几)?排"
    f"|(?:最后|最[东西南北里外]头?|[头第][{_COUNT}]|把[头边])(?:那)?[一二两]?[家户排]"
    f"|[{_COUNT}]{{1,3}}(?:号楼|号院|号|单元|楼|排|组|社(?!区)|期|区|队|巷)|[{_COUNT[1:]}]{{1,3}}(?:栋|幢|层))"
)
#: with a direction before them
_TURNED = "大门|坡|头|边|侧|门|面|段|街|关|口|角|北角|南角|墙外|墙根|山墙|墙|院|厨|山|楼|区|岸|邻"
_BESIDES = (
    "大门口|校门口|单元门口|大门洞|门洞|门口|门前|门外|正门|斜对面|斜对过|正对面|对面|对过|旁边|边上|附近|一带|大坝|底下|下边|下面|外头|外边"
    "|后头|后面|后身|前头|前面|墙根底下|墙根|墙外|墙边|房后|屋后|楼上|楼下|楼顶|顶楼|楼后|楼前|院里|院内"
    "|拐角|拐弯|把角|中段|最里头|尽里头|最[东西南北]头|下桥口|舞台前|集上|尽头|顶上|上游|下游|路口|街口|道口|巷口|胡同口|丁字路口|十字路口|交叉口|交界"
    "|路边|后屋|前屋|村口|桥头|桥底下|桥墩底下|桥洞|坝上|井边|地头上|地头|大堤|河滩|河沿|大坡|地下车库|地下室|车库|地库|停车场"
    "|脚下|(?<=[河湖江塘海库])边上"
    "|工地|非?机动车道|人行道|辅道|匝道|(?:自行)?车棚|公厕|厕所|门诊楼|住院[楼部]|急诊室?|教学楼|办公楼|综合楼|宿舍楼|食堂"
    "|街道办事?处?|办事处|居委会|村委会|大队部|派出所|民政所|财政所|司法所|卫生[室院]|幼儿园|(?:小|中)学(?![生校])|地铁口|公交站|站台|收费站|服务区"
    "|出入口|出口|入口|进口|地库口|车库口|沟里|坡上|田里|河里|塘里|湾里|林子里|山上|坝上|崖上|水边|岸边"
    "|中间|大厅|会议室|候车室|候车厅|出站口|平台|天台|看台|湖心亭|礼堂|场院|操场|大槐树|东地|西地|马路当间|当间|两头|凉亭|跟前|半山腰|山腰|半坡"
    "|祠堂|戏台|庙会|文化广场|健身广场|小广场|广场|篮球场|晒场|水塔|泵站|敬老院|养老院|活动室|图书室|活动中心|照料中心|早市|夜市|菜市场"
    "|大集|小卖部|药店|诊所|网吧|棋牌室|麻将馆|理发店|快递站|驿站|加油站|砖厂|养猪场|养鸡场|采石场|工业园|盘山[道路]|(?<=车库)B\\d"
)
_SIDE = (
    f"(?:[东西南北中前后左右](?:{_TURNED})|[东西南北]梯|{_BESIDES}|路[东西南北](?![边头])|(?<=[路街])十字(?:路?口)?|弯道|(?<=高架)口"
    "|往[东西南北](?:[一二两三四五六七八九十百千几\\d]{1,5}(?:来)?米|走)?(?:那)?"
    "|(?<=[村庄街桥屯疃洼])头|(?<=[村巷])口|(?<=库)闸口|(?<=桥)洞子?|(?<=桥)下(?![水雨面])|(?<=[河塘湖江海沟渠路]边)上|(?<=[岭山路街河])[东南西北后]|(?<=桥)[东西南北](?![边头面侧岸]))"
)
#: what no name of a shop holds
_REST = "[^的了着过是在我你俺都也很又把被给让，。！？\\s]"
_THAT = (
    f"[那这](?:家{_REST}{{0,4}}?(?:店|馆|诊所|吧|厅|室|院|班|铺|站|厂|场|行|超市|饭庄|门市|公司|小饭桌|KTV|旅社|作坊|店铺|铺子|厂子|场子|门头)"
    f"|[个座]{_REST}{{0,3}}?(?:店|馆|吧|铺|亭|公厕|厕所|大门|后门|侧门|口子|厂|站|工地|仓库|小区|诊所|窑|报刊亭|大院|市场|超市|幼儿园|水库|大坑|大棚|车库|路口|十字口|弯)"
    f"|条{_REST}{{0,3}}?道|[块片]{_REST}{{0,1}}?(?:空地|荒地|工地|洼地|烂尾楼|林子|树林|菜地|菜园|果园|桃园|苹果园|麦地|玉米地|坟地|草地|绿地|水塘|滩地|厂房|平房|老房子)"
    f"|(?:几间|排){_REST}{{0,1}}?(?:平房|瓦房|门面房|房子|房|车库)|间{_REST}{{0,3}}?(?:店|馆|铺|小卖部|仓库|屋)|[栋幢]{_REST}{{1,3}}?楼)"
)
#: after a blank a number may go on, "四楼养了一阳台鸽子" is another sentence
_NUMBERED = re.compile(rf"\s?{_NUMBER}|{_FLOOR}")
_BESIDE = re.compile(_SIDE)
_THAT_ONE = re.compile(_THAT)
_COUNTED = re.compile("号(?:楼|院|摊位?|门市|门面|商铺|铺面?)|[0-9](?:号楼|号院|栋|幢|座|单元)")
#: "3-2-501", "5号楼2单元": where the name is known between those who speak
_BARE = re.compile(
    r"(?<![\d-])\d{1,2}-(?:\d{1,2}-)?\d{3,4}(?![\d-])|\d{1,3}(?:号楼|栋)(?:\d单元|[东西中]单元)?(?:\d{3,4})?室?"
    rf"|(?<![{_COUNT}])[{_COUNT}]{{1,3}}号[楼院](?![{_COUNT}])"
)
#: two roads that meet
JOINS = "与和跟同"
_ROAD = "[路街道巷]"
_JOINED = re.compile(f"(?<={_ROAD})[{JOINS}](?=.{{1,8}}?{_ROAD})")
#: whom people mean by it after the name of their own place: 荷花里楼上又漏水
NEIGHBOURS = ("楼上", "楼下")
#: a quick look, since most texts and most words have none of them
_SOME_BUILDING = re.compile("[号栋幢座单#-]")
_FIRST = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \t\u3000"
    f"甲乙丙丁{_COUNT}负地第最把顶底东西南北中前后左右路往头口闸洞那这"
) | {word[0] for word in _BESIDES.split("|")}


_PAUSES = frozenset("，。！？；：、,!?;:…“”\"'（）()《》 \u3000\n\t")
#: prepositions, verbs and words of time that people say before a place
_BEFORE = _PAUSES | frozenset(
    "替在俺我咱你恁他她它去住从到往就是离进出上过把被让给租买打问请见找说有跟与对这那每又还的了里外等来用叫嫁拉搬经路顺沿停放堆开跑走看修挖"
    "拆盖烧偷丢摔掉倒卖吃喝骑坐站关锁爬夜天早晚昨今明前后年月时刚才现听反映位领导师傅您好不没都老也能会要想人家们个些几谁咋啥怎为什么哪另其因然顺便再"
)


def tails(text: str, end: int) -> Iterator[tuple[int, str]]:
    """Where a place may end whose name ends here, and what stands there: nothing, numbers (n), a side (s), that (t)."""
    said = ""
    if counted := _COUNTED.match(text, end - 1):  # 12号|楼下水
        end = counted.end()
    yield end, said
    while text[end : end + 1] in _FIRST:
        if number := _NUMBERED.match(text, end):
            end, said = number.end(), said + "n"
        elif beside := _BESIDE.match(text, end):
            end, said = beside.end(), said + "s"
        elif that := _THAT_ONE.match(text, end):
            yield that.end(), said + "t"
            return
        else:
            return
        yield end, said


def whole(text: str, end: int) -> int:
    """Where a place ends whose name ends here, with all that belongs to it."""
    *_, last = (to for to, _ in tails(text, end) if not text.endswith(NEIGHBOURS, end, to))
    return last


#: 俺报南岗子, 替俺娘报东闸
_WHO = "我俺咱爹娘爸妈爷奶叔伯婶姨姑哥姐弟妹嫂"
#: prepositions no name begins with
_FROM = "从替往离给被让"
#: 绿莹莹, 嗖嗖: how something looks or sounds
_DOUBLED = re.compile(r".?(.)\1")
#: somewhere, of nowhere in particular
_ANYWHERE = re.compile(
    "[院村庄屋家厂店楼河沟地]里|院内|院子里|楼[上下顶后前]|最顶上|最里头|顶上|底下|[里外后前]头|后台"
    "|(?:大|单元|小区|学校)?门[口前外]|(?:巷|村|路|街|胡同|楼道)口|楼道|(?:马路|路|街|山)[上边]|河边|对[门面]|隔壁|旁边|附近"
    "|超市|医院|学校|饭店|电子厂|工地"
)


def said(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without a preposition, or 报, that was taken for its first character; None for what is no name of anything."""
    reported = text[start] == "报" and text[max(start - 1, 0)] in _WHO
    if (reported or text[start] in _FROM) and end - start > 2:
        start += 1
    words = text[start:end]
    return None if _ANYWHERE.fullmatch(words) or _DOUBLED.fullmatch(words) else (start, end)


def begun(text: str, start: int) -> int:
    """Where a place begins of which all but the first one or two characters were found: at the beginning of what is
    said, where those are no words that stand before a place."""
    for at in (start - 1, start - 2):
        if at >= 0 and (at == 0 or text[at - 1] in _PAUSES):
            return start if _BEFORE & set(text[at:start]) else at
    return start


def parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """和平路与育才街口: each road by itself, as they are learned."""
    joins = [start - 1, *(join.start() for join in _JOINED.finditer(text, start, end)), end]
    return [(one + 1, other) for one, other in pairwise(joins)]


def joined(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Roads that meet are one place. `places`: in the order of the text."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and found[-1][1] + 1 == start and _JOINED.match(text, start - 1):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def numbers(text: str) -> list[tuple[int, int]]:
    """Buildings and doors with no name before them."""
    return [bare.span() for bare in _BARE.finditer(text)] if _SOME_BUILDING.search(text) else []


def core(words: str) -> str:
    """The name alone, without building, floor and side: what a list of names would hold."""
    for named in range(2, len(words)):
        if any(end == len(words) for end, _ in tails(words, named)):
            return words[:named]
    return words
