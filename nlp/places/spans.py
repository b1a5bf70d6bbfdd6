"""Place words no list knows: a name before a word that ends places, with the numbers and directions after it.

A grammar, not a list of names: 前刘庄, 振兴路东头, 锦绣家园9号楼2单元, 和平路与育才街口. It reads from the beginning of a
clause, or from a word after which people say where (在, 住, 我是, 进了), and stops at what is no place any more.
"""

import re

from cases.understanding import Span

#: ends of names
_LONG = (
    "家属院|家属楼|宿舍楼|宿舍|小区|新村|花园|家园|公寓|公馆|名居|花都|新城|嘉园|华庭|云庭|华府|水岸|壹号|雅苑|佳苑|社区|街道|大街|大道|胡同|环路|"
    "外环|路口|街口|岔口|十字路口|大桥|高架桥|立交桥|隧道|收费站|服务区|加油站|火车站|汽车站|高铁站|公交站|高速口|国道|省道|"
    "商场|商城|商厦|大厦|广场|市场|大集|超市|饭店|饭庄|酒店|宾馆|旅馆|餐馆|茶馆|酒楼|网吧|影院|电影院|药店|书店|五金店|干洗店|棋牌室|"
    "医院|卫生院|卫生室|幼儿园|小学|中学|学校|职校|学院|大学|一中|二中|三中|四中|五中|二小|三小|实小|"
    "公园|水库|大坝|大堤|河堤|鱼塘|大沟|河崖|果园|菜园子|砖窑|沙场|石场|工业园|物流园|产业园|开发区|工地|仓库|厂区|派出所|供销社|银行|"
    "农商行|信用社|邮局|敬老院|养老院|体育馆|体育场|图书馆|文化宫|澡堂子|祠堂|教堂|长廊|雅居|雅园|雅舍|托管班|辅导班|养鸡场|养猪场|鸡场|猪场|桥洞子|澡堂|菜市口|片区|商业街|步行街|山庄|庄园|大楼|大排档|公厕|客运站|名都|林场|早点铺|便民大厅|服务大厅|大药房|药房|里铺|服务站|卫生站|变电所|管理站|收购站|批发城|建材城|汽配城|茶城|花市|菜场|粮库|冷库|车间|大院|涵洞|粮站|别墅|洗车店|夜市"
)
#: what follows a name that ends in 里, which otherwise only says "in"
_AFTER_LI = r"\d|[一二三四五六七八九十]{1,3}(?:号|栋|幢|单元|区|期)|[东西南北](?:门|区|口|头)|小区|社区|门口"
_SHORT = (
    "路(?!灯|面|上|障|况|边(?!上))|街|巷|村|庄|屯|寨|镇|乡|洼|沟|疃|岭|埠|泊|坡|湾|桥|河滩|滩|河|塘|山|寺|庙|塔|府|城|园|院|厂|港|岛|营|集|堡|"
    # 福安里3号楼, and not 名单里
    f"坳|圩|苑|里(?={_AFTER_LI})|庭"
)
#: what no name holds: the rest of the sentence has begun
_NOT = "的了着过在是就趁往进跟到我你您他她它俺恁咱这那哪有没不都也很又再把被给让叫说想但吗呢吧啊呀么啥咋谁，。！？；：、,.!?;:…“”\\s"
_CHAR = f"[^{_NOT}0-9A-Za-z]"
_FLOOR = "(?:负[一二三]层|地下[一二]层|地下室|[东西中]单元|[一二三四五六七八九十]{1,3}(?:号楼|号院|号|栋|幢|单元|层|楼|排|组|期|区))"
_NUMBER = (
    r"(?:[A-Za-z]?\d{1,4}(?:[-－—#]\d{1,4}){1,3}|[A-Za-z]?[0-9]{1,4}\s?(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|户|排|组|期|弄|区)"
    r"|[A-Z甲乙丙丁东西南北]座|[A-Z]区|(?<=[元号栋楼])\d{3,4}(?:室|户)?)"
)
_SIDE = (
    "(?:[东西南北中前后左右](?:大门|坡|头|边|侧|门|面|段|街|坡|关|口|角|北角|南角|墙外|墙根|山墙|墙|院|楼|岸|邻)|大门口|校门口|门口|门前|门外|"
    "斜对面|斜对过|正对面|对面|对过|旁边|边上|墙根底下|墙根|墙外|房后|屋后|大棚(?=[东西南北]边|[东西南北]头)|场院|操场|地下车库|停车场|地头上|地头|坝上|桥洞|井边|"
    "附近|底下|下面|大槐树|下头|上头|上面|外头|外边|大厅|马路当间|当间|楼上|楼下|里头|里边|院里|后头|后面|后身|前头|前面|拐角|把角|中段|当中|尽里头|尽头|下游|上游|桥头|桥洞|顶上|村口|"
    "路口|街口|道口|交叉口|交界|一带|这片|路[东西南北](?![边头])|往[东西南北](?:[一二两三四五六七八九十百千\\d]{1,5}(?:来)?米|走)?(?:那)?|往[东西南北](?:那一段)?|(?<=[村庄街桥屯疃洼])头|(?<=[村巷])口|(?<=库)闸口|(?<=桥)洞子?|(?<=[岭山路街])[东南西北后])"
)
_THAT = (
    "(?:[那这](?:家|个|块|栋|片|处|座|道|条|段|一段|间)[^的了着过是在我你俺都也很又把被给让，。！？\\s]{0,4}?"
    "(?:厂|店|室|馆|吧|院|空地|地|仓库|工地|园|站|场|门市|铺子|坡|段|巷子|胡同|小路|屋))"
)
_END = f"(?:{_LONG}|{_SHORT})"
#: between two ends of one name: 大辛庄|村, 桃园街|老机械厂|家属院
_GAP = f"[^{_NOT}0-9A-Za-z修进包停走出堆放拉接边]"
_MORE = f"{_GAP}{{0,2}}?(?:{_LONG}|{_SHORT.replace('|里', '')})(?!水)"
_NAME = (
    f"(?:{_CHAR}{{0,7}}?(?:{_LONG})|{_CHAR}{{1,4}}?(?:{_SHORT})|[0-9]{{2,3}}(?:国道|省道)|城[东南西北]|[东南西北]关)"
)
_PLACE = re.compile(
    f"(?P<name>{_NAME}(?:{_MORE})*)(?:{_GAP}{{0,4}}?(?:{_LONG}))*"
    f"(?P<more>(?:[与和]{_CHAR}{{1,4}}?{_END})?(?:\\s?{_NUMBER}|{_FLOOR}|{_SIDE})*{_THAT}?)"
)
#: what every village has one of: a place as soon as somebody says on which side of it
_KNOWN = (
    "卫生室|卫生院|幼儿园|小学|中学|学校|菜市场|农贸市场|市场|超市|派出所|村委会|村委|大队部|粮站|加油站|广场|公园|火车站|汽车站|车站|银行|药店|敬老院|"
    "水库|信用社|小区|祠堂|戏台|老井|老槐树|供销社|桥头|河沿|河堤|大棚|村口|镇政府|砖窑|磨坊|十字口|十字路口|三岔口|[0-9]{1,3}号院|理发店|修车铺|快递站|变压器"
)
_BESIDE = re.compile(f"(?:[村镇老东西南北]{{0,2}})(?:{_KNOWN})(?:\\s?{_NUMBER}|{_SIDE})+{_THAT}?")
#: every town has this one too, and so many of them that it names none: 学校门口, 超市旁边
_ANY = re.compile(
    r"(?:学校|小学|中学|小区|超市|市场|广场|公园|医院|银行|药店|村委会?|幼儿园|派出所|公交站|车站)"
    r"(?:门口|门前|附近|旁边|边上|对面|对过|里头|里边|那片|这片|一带|后头|前头|停车场)+$"
)
#: "3-2-501", "5号楼2单元": where the name is known between those who speak
_BARE = re.compile(
    r"(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])|\d{1,3}(?:号楼|栋)(?:\d单元|[东西中]单元)?(?:\d{3,4})?室?"
)
#: where a place may begin
_BEGIN = re.compile(
    r"(?:^|[，。！？；：、,.!?;:…\s“”（(])(?:[俺我咱](?:们)?)?(?:反映|举报|投诉|关于|就是|听说|住在|家住|住|在|是|从|到|去|路过)?"
    r"|(?:住在|家住|就在|停在|放在|位于|在|地址是?|[我俺]住|[我俺]是|进了|路过|排到|摆到|倒到|走到|来到|到|去|从|俺们|我们|咱们|咱|俺|离|把|叫|就是)"
)
_FEW = "小|大|老|新|旧|破|全|整条|满|整个|一条|一个|几个|两个|半|各|每|本|邻|别的|外|附近|隔壁|对面|门口|楼下|家门口|公办|私立|民办|自家|人家|自己"
#: everybody's word for a thing, with no name before it
_GENERIC = re.compile(
    rf"^(?:(?:{_FEW})*(?:{_LONG})|(?:{_FEW}|马(?=路)|公|包|巡|土|水泥|柏油|农|道|修|走|上|下|出|回|进|离|本|逛|沙|堵|拦|占|铁|电|线|网|思|门|一|住|医|校|车|工|山|拉)"
    rf"?(?:路|街|巷|村|庄|镇|乡|沟|坡|桥|河|滩|塘|山|城|园|院|厂|站|口|里|片|集|城里|苑|塔|府|铺|庭|港|岛|营)"
    rf"|街道|村庄|乡镇|城乡|农村|镇政府|政府|出口|门口|路口|厕所|窗口|井口|河口|胡同口|巷口|大厅|菜市场|农贸市场|集市|办事处|广告塔|变压器|人口|户口|"
    rf"自家院|麦地里|住院|出院|外地住院|医院|全院|法院|剧院|学院|建议广场|点击|垃圾站|变电站|快递站|外卖站|加油站|厂里|店里)(?:{_SIDE})*$"
)
_ALWAYS = re.compile(
    r"^(?:老?(?:火车站|汽车站|高铁站|电影院|影院|供销社)|老(?:粮站|酒厂|砖厂|纱厂|粮库|戏台|水塔|学校|机械厂|医院|车站|市场|街|桥|城|集)|[东西南北](?:山|岭|坡|沟|湖|塘|关|街|桥|湾|河沿)|商业街|步行街|人民医院|人民商场|农商行|老砖窑|后山|夜市[东西南北]|水库[东西南北]|高速口|"
    r"小学[东西南北]门|二中|一中|三中|幼儿园对过|城[东南西北]那|老槐树)"
)
#: where two characters make a name: 马庄, 沙河
_VILLAGE = "庄村屯疃河"
#: what only looks like one
_NEVER = re.compile(
    r"(?:楼道|屋|家|夜|手|心|车|车窗|嘴|肚子|群|水|水渠|渠|脑子|巷子|河滩|看见缝|缝|校|厂|店|井|桶|锅|池子?|棚子?|盒子|锁孔|系统|喇叭|直播|月子|大队|城管|绿化带|沟|河|胡同|小区|"
    r"学校|单元|房子?|公|电梯|梯|手机|脸|箱|柜|袋|坑|地|公里|噼|人关|往|冲湾|八|[一二三四五六七八九十]|这|那|哪|怀|眼|暗|背地)里$|"
    r"^(?:扫|盖成|改成|变成|开成|弄成|屋后|房后|院后|门前|夜里|半夜|一天|车开|家胡同|第.天|今儿|驻|放学|住别|女生|男生|前头|后头|只能|绿头|招一|[一二三四五六七八九十]+号院|\[|家真|昨天|今天|前天|明天|现在|天天|每天|每周|晚上|早上|中午|下午|孩子|老人|老板|邻居|楼上|楼下|对门|隔壁|物业|开发商|大货车|公交|电梯|电表|"
    r"垃圾|分类|路灯|井盖|水管|下水|消防|电动车|摆摊|卖|修路|堵|拆|装|收|交|办|骂|打|偷|吃|喝|买|听|看|问|找|请|求|谢|自家|家家|家前|家槐|"
    r"架空|儿子|儿考|大下|暖气|暖汽|水果|烧烤|豆腐|保健|快递|外卖|民政|报低|转头|建议|冲厕|小刘|管片|代表|瓷砖|往国|爸上|下雨|把猪|猪粪|面包|领导|镇长|书记|尊敬|广告|草从|孙子)"
)


#: characters; where it is stands at the beginning, or the message is short
HEARD = 150


def spans(text: str) -> list[Span]:
    """In the order of the text, none inside another; `of` is empty, since no unit is known by such a name."""
    found: list[Span] = []
    end = 0
    for begin in _BEGIN.finditer(text, 0, HEARD):
        start = begin.end()
        if start < end:
            continue
        hit = _PLACE.match(text, start)
        if hit is None or not _is_place(hit):
            hit = _BESIDE.match(text, start)
        if hit is None or _ANY.match(hit.group()):
            continue
        words = hit.group().rstrip()
        found.append(Span(start, start + len(words), words))
        end = start + len(words)
    found += [
        Span(bare.start(), bare.end(), bare.group()) for bare in _BARE.finditer(text, 0, HEARD)
        if all(bare.end() <= span.start or bare.start() >= span.end for span in found)
    ]  # fmt: skip
    return sorted(found, key=lambda span: span.start)


def _is_place(hit: "re.Match[str]") -> bool:
    words = hit.group()
    if _ALWAYS.match(words):
        return True
    if _NEVER.search(hit["name"]) or _GENERIC.match(hit["name"]):
        return bool(re.search(r"\d", hit["more"])) and len(hit["name"]) > 3
    return len(words) >= 3 or words[-1] in _VILLAGE


_TAIL = re.compile(rf"(?:\s?{_NUMBER}|\s?{_FLOOR}|[A-Z]区|(?!楼上|楼下|里头|里边){_SIDE})+")


def tail(text: str, end: int) -> int:
    """Where a place ends whose name ends here: with its building, floor and side."""
    more = _TAIL.match(text, end)
    return more.end() if more else end


def core(words: str) -> str:
    """The name alone, without building, floor, side: what a list of names would hold."""
    hit = _PLACE.match(words)
    return hit["name"] if hit else words
