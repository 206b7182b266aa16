"""The floors of the house: imports go down only, and heavy libraries stay where they belong."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STUDIO = ROOT / "studio"

# What each package may import of the studio, beside itself.
MAY_IMPORT = {
    "plan": set(),
    "runs": {"plan"},
    "link": {"plan", "runs"},
    "lora": {"plan.errors"},
    "formats": {"plan.errors", "runs.atomic", "lora"},
    "models": {"plan", "runs", "lora.geometry"},
    "data": {"plan", "runs", "models.hub_cache", "models.hub_download", "models.hub_errors", "models.hub_fetch"},
    "engine": {"plan", "runs", "link", "lora", "formats", "models", "data"},
    "gui": {"plan", "runs", "link"},
    "console": {"plan", "runs"},
}
TORCHLESS = ("plan", "runs", "link", "gui", "console")
HEAVY = ("torch", "transformers", "datasets", "peft", "safetensors")


def imports_of(path: Path) -> list[str]:
    """Every module that a file imports, at its top or inside a function."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


def files_of(package: str) -> list[Path]:
    files = sorted((STUDIO / package).rglob("*.py"))
    assert files, f"{package} has no files"
    return files


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_down(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    for path in files_of(package):
        for name in imports_of(path):
            inner = name.removeprefix("studio.")
            if name.startswith("studio."):
                assert any(inner == floor or inner.startswith(floor + ".") for floor in allowed), f"{path}: {name}"


@pytest.mark.parametrize("package", TORCHLESS)
def test_the_window_and_the_words_know_no_torch(package: str) -> None:
    for path in files_of(package):
        heavy = [name for name in imports_of(path) if name.split(".")[0] in HEAVY]
        assert not heavy, f"{path}: {heavy}"


def test_lora_knows_torch_only() -> None:
    for path in files_of("lora"):
        strange = [name for name in imports_of(path) if name.split(".")[0] in ("transformers", "datasets", "pydantic")]
        assert not strange, f"{path}: {strange}"


def test_peft_is_a_test_reference_only() -> None:
    for path in [*STUDIO.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")]:
        assert not [name for name in imports_of(path) if name.split(".")[0] == "peft"], path


def test_qt_is_the_windows_only() -> None:
    for path in STUDIO.rglob("*.py"):
        if "gui" not in path.relative_to(STUDIO).parts:
            qt = [name for name in imports_of(path) if name.split(".")[0] in ("PySide6", "pyqtgraph")]
            assert not qt, f"{path}: {qt}"


def test_packaging_is_no_package() -> None:
    assert not list((ROOT / "packaging").rglob("__init__.py")), (
        "it would shadow the packaging that transformers imports"
    )


def test_no_code_path_trusts_remote_code() -> None:
    for path in STUDIO.rglob("*.py"):
        assert "trust_remote_code=True" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("studio.cli", ("torch", "PySide6", "transformers", "datasets")),
        ("studio.plan.estimate", ("torch", "PySide6", "transformers")),
        ("studio.gui.app", ("torch", "transformers", "datasets")),
        ("studio.engine.carry", ("PySide6", "pyqtgraph", "peft")),
    ],
)
def test_what_an_import_brings_along(module: str, absent: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
