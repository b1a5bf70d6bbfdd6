"""jieba, for words: whether a text without any keyword says something at all."""

import logging
from functools import cache
from typing import Any

import jieba
import jieba.posseg

from config.taxonomy import Taxonomy

#: parts of speech that carry a report: nouns, verbs, places, adjectives
_CONTENT = ("n", "v", "a", "l", "i", "s", "f")
_EMPTY = {"是", "有", "说", "去", "来", "要", "想", "人", "哈哈", "好", "行", "吃", "看", "天气", "今天"}


@cache
def _tokenizer(words: tuple[str, ...]) -> Any:
    """jieba's dictionary takes most of a second to read: once for the same words."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in words:
        tokenizer.add_word(word)
    return jieba.posseg.POSTokenizer(tokenizer)


class Words:
    def __init__(self, taxonomy: Taxonomy) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tags = _tokenizer(tuple(word for matter in taxonomy.matters.values() for word in matter.keywords))

    def tells_something(self, text: str) -> bool:
        """At least two words of content, and more than a few characters."""
        if len(text) < 4:
            return False
        content = {w.word for w in self._tags.cut(text) if w.flag.startswith(_CONTENT) and w.word not in _EMPTY}
        return len(content) >= 2
