"""A hash chain per case: whoever changes a line of its history breaks every link after it."""

import hashlib
import json
import secrets
from typing import Any

from cases.model import Entry


def digest(salt: bytes, words: str) -> str:
    """The salted digest that stands for words in the history; erasing words and salt leaves the chain whole."""
    return hashlib.sha256(salt + words.encode()).hexdigest()


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def link(previous: str, case_id: int, entry: Entry, words_digest: str) -> str:
    """The hash of one entry, over the one before it."""
    body: list[Any] = [
        previous,
        case_id,
        entry.seq,
        entry.action,
        entry.at.timestamp(),
        entry.hat,
        entry.by,
        entry.before,
        entry.after,
        entry.given,
        words_digest,
        list(entry.media),
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
