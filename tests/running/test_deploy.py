"""What is in deploy/ cannot be built where the tests run: linters look at it, and it is held against the house."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from config.settings import Settings
from tests import ROOT

DEPLOY = ROOT / "deploy"


def lint(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="its linter is packaged for Linux")
def test_the_dockerfile() -> None:
    lint(str(Path(sys.executable).with_name("hadolint")), "--failure-threshold=info", str(DEPLOY / "Dockerfile"))


def test_the_image_has_every_package() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = re.findall(r"^COPY (\w+) \1$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert set(copied) == set(built["packages"])
    assert all((ROOT / name).is_dir() for name in copied)


def test_the_compose_file() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    lint(sys.executable, "-m", "check_jsonschema", *schema, str(DEPLOY / "compose.yaml"))
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    for service in services.values():
        for image in filter(None, [service.get("build", {}).get("dockerfile")]):
            assert (DEPLOY / service["build"]["context"] / image).is_file()


def test_the_unit() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(DEPLOY / "wangge.service")], check=False, capture_output=True, text=True
    )
    wrong = [line for line in done.stderr.splitlines() if "wangge.service" in line and "is not executable" not in line]
    assert wrong == []


def test_every_setting_named_there_is_one() -> None:
    for file in ("Dockerfile", "compose.yaml", "wangge.service"):
        named = re.findall(r"WANGGE_(\w+)\s*[=:]", (DEPLOY / file).read_text())
        assert named, f"{file}: names no setting"
        for name in named:
            assert name.lower() in Settings.model_fields, f"{file}: WANGGE_{name}"
