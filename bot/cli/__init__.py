"""The command line. Each command imports what it needs when it is called: `wangge due` pays for no dictionary."""

import sys
from typing import Any

import typer

from bot.cli import checking, data, exporting, importing, learning, operating, serving, words
from cases.errors import Transient
from config.mistakes import Mistakes

app = typer.Typer(
    name="wangge",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="网格: residents report in a chat, grid workers solve it, nobody forgets.",
)
app.command()(serving.run)
app.command()(serving.demo)
app.command()(checking.check)
app.command()(words.tag)
app.command()(words.due)
app.command()(words.replay)
app.command()(learning.learn)
app.command()(learning.evaluate)
app.command()(exporting.export)
app.command()(operating.backup)
app.add_typer(operating.letters, name="letters")
app.add_typer(operating.blocks, name="blocks")
app.add_typer(data.db, name="db")
app.add_typer(importing.import_, name="import")


def main(arguments: list[str] | None = None) -> Any:
    """Every mistake in words on stderr, and exit code 1; no traceback for what the operator can mend."""
    try:
        return app(spread(sys.argv[1:] if arguments is None else arguments))
    except Mistakes as mistakes:
        for found in mistakes.found:
            print(found, file=sys.stderr)
    except Transient as error:
        print(f"{error}\nThe database cannot be reached now. Is WANGGE_DATABASE_URL right?", file=sys.stderr)
    raise SystemExit(1)


def spread(arguments: list[str]) -> list[str]:
    """`--text A B` as `--text A --text B`: an option of typer takes one value at a time."""
    found: list[str] = []
    inside = False
    for argument in arguments:
        if argument.startswith("--"):
            inside = argument == "--text"
        elif inside and found[-1] != "--text":
            found.append("--text")
        found.append(argument)
    return found
