"""wangge check."""

import typer

from config.settings import load


def check() -> None:
    """What is configured and what is wrong, in words, with what to do."""
    from bot.running import check as the_check

    findings = the_check.findings(load())
    for finding in findings:
        print(finding)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(1)
