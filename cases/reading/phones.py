"""Telephone numbers: where one stands among words, plain for keeping, masked for showing."""

import re

#: a mobile number first, since what stands before it may be a door; else digits that follow each other like a number
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_NUMBER = re.compile(r"(?<![\d-])\+?\d[\d\s-]{5,18}\d(?![\d-])")
#: a mobile number as it is dictated: 幺三八零零…
_DIGIT = "[零〇幺一二两三四五六七八九]"
_SPOKEN = re.compile(rf"(?<!{_DIGIT})[幺一][ ，,、-]?[三四五六七八九](?:[ ，,、-]?{_DIGIT}){{9}}(?!{_DIGIT})")
_WRITTEN = str.maketrans("零〇幺一二两三四五六七八九", "0011223456789")
#: digits of the shortest number somebody could be called under (a land line with its area code) and of the longest
SHORTEST, LONGEST = 7, 15


def phone_in(words: str) -> re.Match[str] | None:
    """Where a telephone number stands; a date and a door are none."""
    if mobile := _MOBILE.search(words) or _SPOKEN.search(words):
        return mobile
    found = _NUMBER.finditer(words)
    return next((each for each in found if SHORTEST <= sum(c.isdigit() for c in each[0]) <= LONGEST), None)


def plain_phone(phone: str) -> str:
    """Digits alone, without China's +86 before a mobile number: as people here read it."""
    digits = "".join(c for c in phone.translate(_WRITTEN) if c.isdigit())
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def mask_phone(phone: str) -> str:
    """138****0001: enough to recognise a number by, too little to call it."""
    digits = "".join(c for c in phone if c.isdigit())
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 7 else ("****" if digits else "")
