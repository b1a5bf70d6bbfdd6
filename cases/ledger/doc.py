"""docs/ledger.md, printed from the table: `python -m cases.ledger.doc > docs/ledger.md`."""

import sys

from cases.ledger.table import BEGINS, ROWS, Row

HEAD = """# The life of everything in the ledger

Printed from `cases/ledger/table.py` by `python -m cases.ledger.doc`; a test keeps the two equal. Whoever is told gets a
new message. *keeper*: who answers for it, or has a duty of it. *staff*: coordinators of its unit and above; *upper*:
those above its unit. *residents*: who reported or follows the case it came from. *homes*: who lives in the unit.
*doer*: whose duty it is now.

| kind | action | 中文 | by | from | to | asks for | tells |
|---|---|---|---|---|---|---|---|
"""


def line(row: Row) -> str:
    ends = row.ends or "stays"
    if row.instead:
        ends += ", or " + ", ".join(sorted(row.instead))
    by, begins = ", ".join(sorted(row.by)), ", ".join(sorted(row.begins, key=lambda s: (s != BEGINS[row.kind], s)))
    return (
        f"| {row.kind} | {row.action} | {row.zh} | {by} | {begins} | {ends} | {', '.join(row.needs)} "
        f"| {', '.join(row.tells)} |\n"
    )


def document() -> str:
    return HEAD + "".join(line(row) for row in ROWS)


if __name__ == "__main__":
    sys.stdout.write(document())
