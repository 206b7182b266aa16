"""The one-command runner: what it says, and what it would do."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("runner", ROOT / "packaging" / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_the_standard_library_only() -> None:
    program = "import sys; sys.path.insert(0, 'packaging'); import run; print(run.ROOT)"
    done = subprocess.run([sys.executable, "-S", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(ROOT)


def test_an_old_python_gets_a_sentence(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner.sys, "version_info", (3, 10))
    assert runner.main([]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_words_go_to_the_command_line(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(runner, "install", lambda extra: None)
    monkeypatch.setattr(runner.subprocess, "call", lambda command, **_: called.append(command) or 0)
    assert runner.main(["runs", "--json"]) == 0
    assert called == [[str(runner.PYTHON), "-m", "studio", "runs", "--json"]]


def test_it_installs_once_for_each_state_of_the_pins(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(runner, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(runner, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    monkeypatch.setattr(runner.subprocess, "call", lambda command, **_: called.append(command) or 0)
    assert runner.install("[test]") is None
    assert runner.install("[test]") is None
    assert len(called) == 1
    (tmp_path / "pins").write_text("torch==0")
    monkeypatch.setattr(runner, "CONSTRAINTS", tmp_path / "pins")
    assert runner.install("[test]") is None
    assert len(called) == 2
    assert called[1][-1].endswith("[test]")


def test_a_failed_installation_is_tried_again(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    codes = iter([1, 0])
    monkeypatch.setattr(runner, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(runner, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    monkeypatch.setattr(runner.subprocess, "call", lambda command, **_: next(codes))
    assert "installation failed" in runner.install("")
    assert runner.install("") is None


def test_the_first_failing_check_decides(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def call(command: list[str], **_: object) -> int:
        called.append(command[2])
        return 3 if command[2] == "mypy" else 0

    monkeypatch.setattr(runner.subprocess, "call", call)
    assert runner.test([]) == 3
    assert called == ["ruff", "ruff", "mypy"]


def test_missing_libraries_are_named_where_they_cannot_be_installed(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner.os, "geteuid", lambda: 1000)
    runner.system_packages(["libxcb-cursor0"])
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0" in capsys.readouterr().err


def test_the_pins_satisfy_the_ranges() -> None:
    from packaging.requirements import Requirement

    lines = (ROOT / "packaging" / "constraints.txt").read_text().splitlines()
    pins = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, version = line.split("==")
            pins[name.lower().replace("_", "-")] = version
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate():
            name = requirement.name.lower().replace("_", "-")
            assert requirement.specifier.contains(pins[name]), f"{requirement} against {pins[name]}"
