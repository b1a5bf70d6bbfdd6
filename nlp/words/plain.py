"""One way of writing for what is written in several, at the same length: every span stays where it was."""

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_LOWER |= {code: chr(narrow).lower() for code, narrow in _WIDE.items() if chr(narrow).isalnum()}
_OTHERWISE = re.compile(f"[{''.join(map(chr, _LOWER))}]")
_BREAKS = " \t\r\n\u3000，。！？、；：,.!?;:\"'“”‘’（）()【】[]《》<>…~～—-_·*#／/|＂＇｀`＋+＝=＆&％%＄$＠@"
_WORDS = _LOWER | {ord(mark): " " for mark in _BREAKS} | {ord("-"): "-", ord("#"): "#"}
_WORDS |= {ord(digit): " " for digit in "0123456789"} | {0xFF10 + n: " " for n in range(10)}


_CHINESE, _LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{2,}")


def foreign(text: str) -> bool:
    """Of another language: more of its words than characters of ours."""
    latin = _LATIN.findall(text)
    return bool(latin) and len(latin) > len(_CHINESE.findall(text))


def plain(text: str) -> str:
    """Lower case and narrow; as long as before. Most texts are so already."""
    return text.translate(_LOWER) if _OTHERWISE.search(text) else text


def wordy(text: str) -> str:
    """And without marks and digits: a door or a telephone number says nothing of what is wrong."""
    return text.translate(_WORDS)
