"""What sort of message: a report, a question, how far it is, thanks, a greeting, chatter, or spam."""

import re
from collections.abc import Mapping

from nlp.words.lists import Found

#: characters; longer messages tell something, whatever polite or stray words stand in them
SHORT = 40
#: characters; a question how far it is, with the matter named in it
ASKED = 24
#: the probability from which the weights may say that a message is no report
NO_REPORT = 0.4
#: where it names a place of ours
NONE_THERE = 0.8
#: where it names a trouble by a keyword, and does not say that it is over
THOUGH_NAMED = 0.85
_LINK = re.compile(r"https?://|www\.|t\.me/|加[vV薇微]|[vV]信")
_WORDLIKE = re.compile(r"[^\W\d_]")
#: what people ask with (a list of its own in `nlp.tagger`)
ASKS = (
    "?",
    "？",
    "请问",
    "咋办",
    "怎么办",
    "怎么申请",
    "在哪办",
    "哪里办",
    "归谁管",
    "吗",
    "几点",
    "多少钱",
    "什么条件",
    "啥手续",
    "能不能办",
    "多大岁数",
)
REPORTS = ("report", "question")


def kind(text: str, found: Found, learned: Mapping[str, float] | None, *, strong: bool, placed: bool) -> str:
    """`strong`: it names a trouble that is not over; `placed`: a place of ours. The weights decide; the lists, where
    those are off."""
    if not _WORDLIKE.search(text):
        return "chatter"
    said = found.said("kind")
    short = len(text) <= SHORT
    if "hello" in said and len(text) <= 8 and not found.of("keyword"):
        return "hello"
    if not learned:
        return _by_lists(text, found, said, strong=strong, short=short)
    other = {name: share for name, share in learned.items() if name not in REPORTS}
    likely = max(other, key=other.__getitem__)
    if sum(other.values()) >= (THOUGH_NAMED if strong else NONE_THERE if placed else NO_REPORT):
        return likely
    return "question" if found.of("asks") else "report"


def _by_lists(text: str, found: Found, said: set[str], *, strong: bool, short: bool) -> str:
    # a letter that ends in 谢谢 is no thanks, and one that names a web page no spam
    if "spam" in said or (short and _LINK.search(text)):
        return "spam" if not strong and (short or len(found.of("kind")) > 2) else "report"
    if "status" in said and len(text) <= ASKED and not found.of("urgent"):
        return "status"  # "我那个电梯的事咋样了" names a matter, and reports none
    if "thanks" in said and short and not strong:
        return "thanks"
    if found.of("asks") or "question" in said:
        return "question"
    return "report" if found.of("keyword") or found.of("weak") or len(text) >= 6 else "chatter"
