"""One way of writing for what is written in several, at the same length: every span stays where it was."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_LOWER |= {code: chr(narrow).lower() for code, narrow in _WIDE.items() if chr(narrow).isalnum()}
_BREAKS = " \t\r\n\u3000，。！？、；：,.!?;:\"'“”‘’（）()【】[]《》<>…~～—-_·*#／/|＂＇｀`＋+＝=＆&％%＄$＠@"
_TABLE = _LOWER | {ord(mark): " " for mark in _BREAKS} | {ord("-"): "-", ord("#"): "#"}


_WORDS = _TABLE | {ord(digit): " " for digit in "0123456789"} | {0xFF10 + n: " " for n in range(10)}


def plain(text: str) -> str:
    """Lower case, narrow digits, one blank for every mark; as long as before."""
    return text.translate(_TABLE)


def wordy(text: str) -> str:
    """As `plain`, and without digits: a door or a telephone number says nothing of what is wrong."""
    return text.translate(_WORDS)
