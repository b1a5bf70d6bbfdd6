"""CSV files as people in China save them: UTF-8, or what Excel writes (GB18030). Every command reads them by this."""

import csv
import io
from pathlib import Path

from config.mistakes import Mistakes

#: some exports hold whole letters in one field
csv.field_size_limit(10_000_000)
ENCODINGS = ("utf-8-sig", "gb18030")


def rows(path: Path) -> "csv.DictReader[str]":
    """Raises Mistakes where there is no such file, or it is no text."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Mistakes([f"{path}: {error.strerror}"]) from error
    for encoding in ENCODINGS:
        try:
            return csv.DictReader(io.StringIO(raw.decode(encoding), newline=""))
        except UnicodeDecodeError:
            continue
    raise Mistakes([f"{path}: neither UTF-8 nor GB18030 text; save it as CSV UTF-8"])
