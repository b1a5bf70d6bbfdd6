"""Speech to text, where a place has a program and a model of its own: off by default, nothing is downloaded.

The folder holds a program `transcribe` and whatever it needs. It gets the path of a sound file and prints the words.
A voice note is a report without it, too: it reaches the worker, who listens.
"""

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import Protocol

import structlog

log = structlog.get_logger()

PROGRAM = "transcribe"
#: seconds a voice note may take; somebody waits for the answer
PATIENCE = 30.0


class Hears(Protocol):
    async def hear(self, sound: bytes) -> str:
        """The words, or "" where none were understood."""
        ...


class Deaf:
    """Voice notes are listened to by people."""

    async def hear(self, sound: bytes) -> str:  # noqa: ARG002 - the port's
        return ""


class LocalProgram:
    def __init__(self, folder: Path) -> None:
        self._program = folder / PROGRAM

    async def hear(self, sound: bytes) -> str:
        """Never raises: without words it is still a voice note."""
        with tempfile.NamedTemporaryFile(suffix=".oga") as file:
            file.write(sound)
            file.flush()
            try:
                running = await asyncio.create_subprocess_exec(
                    self._program, file.name, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
                )
            except OSError as error:
                log.warning("no speech", error=str(error))
                return ""
            try:
                said, _ = await asyncio.wait_for(running.communicate(), PATIENCE)
            except TimeoutError:
                log.warning("speech took too long", seconds=PATIENCE)
                with contextlib.suppress(ProcessLookupError):
                    running.kill()
                await running.wait()
                return ""
        return said.decode(errors="replace").strip() if running.returncode == 0 else ""


def ears(folder: Path | None) -> Hears:
    return LocalProgram(folder) if folder is not None else Deaf()
