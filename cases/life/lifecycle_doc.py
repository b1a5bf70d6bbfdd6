"""docs/lifecycle.md, printed from the table: `python -m cases.life.lifecycle_doc > docs/lifecycle.md`."""

import sys

from cases.life.lifecycle import REPORT, TABLE, Row
from cases.states import State

HEAD = """# The life of a case

Printed from `cases/life/lifecycle.py` by `python -m cases.life.lifecycle_doc`; a test keeps the two equal.
**r** = rings (a new message), otherwise the card is edited in place. *when* = the condition of the case itself.
*mover*: whoever has it, else its coordinators. *arbiter*: the coordinators, where the clock may not go on by itself.
*phoner*: they, where nobody who may say whether it was solved has a chat. *invited*, *parts*, *slow*: those who act
together, and whose part is late.

| action | 中文 | by | from | to | needs | tells | when |
|---|---|---|---|---|---|---|---|
"""


def line(row: Row) -> str:
    begins = ", ".join(s for s in State if s in row.begins) or "(draft)"
    ends = row.ends or "stays"
    if row.instead:
        ends += ", or " + ", ".join(state for state in State if state in row.instead)
    told = ", ".join(t.audience + (" r" if t.ring else "") for t in row.tells)
    by, needs = ", ".join(sorted(row.by)), ", ".join(row.needs)
    return f"| {row.action} | {row.zh} | {by} | {begins} | {ends} | {needs} | {told} | {row.when} |\n"


def document() -> str:
    return HEAD + "".join(line(row) for row in (REPORT, *TABLE.rows))


if __name__ == "__main__":
    sys.stdout.write(document())
