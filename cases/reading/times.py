"""Moments as people say them: 周四下午3点, 明天15:00, 12-01. Pure; what cannot be read is None, and is asked again."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.reading.numerals import in_digits

#: how long words are kept where a place says nothing else
YEAR = timedelta(days=365)

#: a day without a year that has gone by is next year's only if that is so near
AHEAD = timedelta(days=183)

_DAYS = {
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
    "后天": 2,
    "大后天": 3,
    "today": 0,
    "tomorrow": 1,
}
_WEEK = {
    name: number
    for number, names in enumerate(
        (
            "一 mon monday",
            "二 tue tuesday",
            "三 wed wednesday",
            "四 thu thursday",
            "五 fri friday",
            "六 sat saturday",
            "日 天 末 sun sunday",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(r"((?:下个?)*)(?:周|星期|礼拜)([一二三四五六日天末])|\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b")
_DATE = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})[日号]?|(\d{1,2})[日号]")
_CLOCK = re.compile(
    r"(凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})"
    r"(?:[:：](\d{2})|点(?:钟|(半)|(\d)刻|(\d{1,2})分?)?)\s*(am|pm)?"
)
_IN_DAYS = re.compile(r"(?<![\d月/-])(\d{1,2})(?:天|日)(?:后|内|之内|以内|以后)")
#: numerals that stand before these are read; a day that is spoken of in any other way is none that we know
_COUNTED = "月|[日号](?!楼)|天|点|分|刻"
_MINUTES = re.compile(r"(?<=点)\s*([一二三四五六七八九十]{1,3})(?![刻天个])")
_SOME_DAY = re.compile(r"周|星期|礼拜|\d\s*[月日号天]|[月年]|\d[-/]\d")
#: how many months on the month is whose last day is meant; None: the year's
_ENDS: dict[str, int | None] = {"下月底": 1, "下个月底": 1, "月底": 0, "年底": None, "月末": 0}
_PARTS = {"上午": time(9), "早上": time(8), "中午": time(12), "下午": time(15), "傍晚": time(18), "晚上": time(19)}
_PAST = ("昨", "前天", "上周", "上个", "yesterday", "last ")
_AFTERNOON = ("下午", "傍晚", "晚上", "晚")
#: 中午1点, 中午2点
_NOON = (1, 2)


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A day and an hour; an hour alone is today's, or tomorrow's where it has gone by. A day that was named may be
    past. None, too, for a day spoken of in a way not known here: a wrong one is worse than a question."""
    text = _plain(text)
    if any(word in text for word in _PAST):
        return None
    day, clock = _day(text, now.astimezone(zone).date()), _clock(text)
    if clock is None or (day is None and _SOME_DAY.search(text)):
        return None
    found = datetime.combine(day or now.astimezone(zone).date(), clock, zone)
    return found + timedelta(days=1) if day is None and found <= now else found


def read_days(text: str, now: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    """'12-01 12-05', '明天到周五': the first and the last day. None: not read, or it ends before it begins."""
    today = now.astimezone(zone).date()
    parts = [part for part in re.split(r"\s*(?:到|至|~|—|\s|, ?|(?<=[日号])-)\s*", _plain(text)) if part]
    if len(parts) == 2 and re.fullmatch(r"\d{1,2}[日号]", parts[1]) and (month := re.match(r"\d{1,2}月", parts[0])):
        parts[1] = month[0] + parts[1]
    found = [_day(part, today) for part in parts]
    if not found or len(found) > 2 or None in found:
        return None
    first, last = found[0], found[-1]
    assert first is not None
    assert last is not None
    return (first, last) if today <= first <= last else None


def _plain(text: str) -> str:
    """In small letters and digits: 11.27 is 11-27, 二十号下午三点四十 is 20号下午3点40."""
    dashed = re.sub(r"(?<=\d)\.(?=\d)", "-", text.strip().lower())
    return in_digits(_MINUTES.sub(lambda said: in_digits(f"{said[1]}分", "分"), dashed), _COUNTED)


def _day(text: str, today: date) -> date | None:
    if match := _IN_DAYS.search(text):
        return today + timedelta(days=int(match[1]))
    for word, months in _ENDS.items():
        if word in text:
            return last_day(today, months)
    for word in sorted(_DAYS, key=len, reverse=True):
        if word in text:
            return today + timedelta(days=_DAYS[word])
    if match := _WEEKDAY.search(text):
        weekday = _WEEK[match[2] or match[3]]
        ahead = (weekday - today.isoweekday()) % 7
        if match[1]:
            ahead = weekday - today.isoweekday() + 7 * match[1].count("下")
        return today + timedelta(days=ahead)
    return _date(text, today)


def last_day(today: date, months: int | None) -> date:
    """Of this month or one to come; None: of the year."""
    month = 12 if months is None else today.month + months
    first = date(today.year + month // 12, month % 12 + 1, 1)  # of the month after it
    return first - timedelta(days=1)


def _date(text: str, today: date) -> date | None:
    match = _DATE.search(text)
    if not match:
        return None
    try:
        if match[4]:
            found = today.replace(day=int(match[4]))
            return found if found >= today else (found.replace(day=1) + timedelta(days=32)).replace(day=int(match[4]))
        found = date(int(match[1] or today.year), int(match[2]), int(match[3]))
        if match[1] or found >= today:
            return found
        later = found.replace(year=today.year + 1)
        return later if later - today <= AHEAD else None  # 11-20 on the 24th of November was last week
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    match = _CLOCK.search(_DATE.sub(" ", text))
    if not match:
        return next((clock for word, clock in _PARTS.items() if word in text), None)
    part, hour, half_day = match[1], int(match[2]), match[7]
    minute = 30 if match[4] else 15 * int(match[5]) if match[5] else int(match[3] or match[6] or 0)
    if hour == 12 and (part in ("凌晨", "晚上", "晚") or "晚" in text):
        return None  # midnight: nobody means it, and of which day?
    # nobody comes at three in the night: "3点" alone is the afternoon
    alone = part is None and half_day is None and 1 <= hour <= 6
    noon = part == "中午" and hour in _NOON
    if hour < 12 and (part in _AFTERNOON or half_day == "pm" or "晚" in text or alone or noon):
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        return None
