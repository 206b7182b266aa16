"""Fixtures for every test: an own home, no network, the shared material where it is there."""

import os
from pathlib import Path

import pytest

# Set before any test module imports torch or Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ.setdefault("GOMP_SPINCOUNT", "1000")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own: nothing of the user's is read or written."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("HF_HOME", "hf"),
        ("LORA_STUDIO_HOME", "studio"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    return home


@pytest.fixture
def shared() -> Path:
    """Real models and data that lie beside the checkout where the project is developed."""
    if not SHARED.is_dir():
        pytest.skip("needs the real models and data that lie beside a developer's checkout (../shared)")
    return SHARED
