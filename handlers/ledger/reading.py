"""What people write about the ledger, read: days, steps of a work, and who somebody is."""

import re
from datetime import datetime, timedelta

from cases.reading.phones import phone_in, plain_phone
from cases.reading.times import last_day, read_days
from handlers.context import Context

#: characters of a name
LONGEST_NAME = 20
#: characters that say how it stands; "尽快" says nothing
TELLING = 6
#: days on buttons: so many ahead; None: the last of the month
AHEAD: dict[str, int | None] = {"tomorrow": 1, "three": 3, "week": 7, "month": None}
#: "12-1 立项", "12月10日立项", "月底前 完工"
_STEP = re.compile(r"\s*((?:\d{4}[-/年])?\d{1,2}[-/.月]\d{1,2}[日号]?|\S+?)(?:[\s，,：:]+|(?<=[日号])|$)(.*)")
#: that a number follows
_CALLED = re.compile(r"(?:电话|手机|号码|tel|phone)\s*[:：]?\s*$", re.IGNORECASE)
_MARKS = re.compile(r"[，,；;。\n]+")


def day(context: Context, words: str) -> str:
    """ISO, the end of a working day to come; "" where the words, or the button, name none."""
    calendar, now = context.desk.rules.calendar, context.desk.now
    today = now.astimezone(calendar.zone).date()
    if words in AHEAD:
        days = AHEAD[words]
        last = last_day(today, 0) if days is None else today + timedelta(days=days)
    elif found := read_days(words, now, calendar.zone):
        last = found[1]
    else:
        return ""
    end = datetime.combine(last, calendar.closes, calendar.zone)
    return end.isoformat() if end > now else ""


def steps(context: Context, words: str) -> list[list[str]] | None:
    """[ISO, words] of each line; empty where one of them does not begin with a day to come, so that none is left out;
    None where no day is spoken of at all."""
    if len(words) >= TELLING and not re.search(r"\d|[一二三四五六七八九十下]|天|周|月|年", words):
        return None
    found = []
    for line in filter(str.strip, re.split(r"[\n；;]", words)):
        match = _STEP.match(line)
        at = day(context, match[1].replace(".", "-")) if match else ""
        if not match or not at:
            return []
        found.append([at, match[2].strip()[:60] or line.strip()[:60]])
    return sorted(found)


def in_a_month(context: Context) -> str:
    return context.desk.rules.calendar.closing(context.desk.now + timedelta(days=30)).isoformat()


def who(context: Context, words: str) -> list[str]:
    """[name, number, unit, place]: somebody told of in one message; empty where there is no name. `place` is what was
    said of where, "" for its unit if none of ours is called so."""
    number = phone_in(words)
    rest = f"{_CALLED.sub('', words[: number.start()])}，{words[number.end() :]}" if number else words
    parts = [part.strip() for part in _MARKS.split(rest) if part.strip()]
    if not parts:
        return []
    name, places = parts[0], parts[1:]
    if not name.isascii():  # "陈奶奶 荷花里3号楼": names of ours hold no blank
        name, *more = name.split()
        places = more + places
    before, of, after = name.rpartition("的")
    if of and after and context.units_named(before):  # "中央城B区的陈奶奶"
        name, places = after, [before, *places]
    place = " ".join(places)
    units = context.units_named(place) if place else []
    phone = plain_phone(number[0]) if number else ""
    return [name[:LONGEST_NAME], phone, units[0] if units else "", place[:LONGEST_NAME]]


def unit_named(context: Context, words: str) -> str:
    """The unit whose place the words name; "" where none does."""
    return next(iter(context.units_named(words)), "")
