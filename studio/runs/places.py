"""Where the studio keeps things on this machine, and where its own resources lie."""

import os
from pathlib import Path

import platformdirs

import studio


def data_folder() -> Path:
    """The user's studio folder: runs, settings, downloaded models. LORA_STUDIO_HOME moves it."""
    moved = os.environ.get("LORA_STUDIO_HOME")
    return Path(moved) if moved else Path(platformdirs.user_data_dir("lora-studio", appauthor=False))


def runs_folder() -> Path:
    """Where runs go that were not given a folder."""
    return data_folder() / "runs"


def logs_folder() -> Path:
    """Where worker processes that carry no run write their logs."""
    return data_folder() / "logs"


def data_cache_folder() -> Path:
    """Where encoded data are kept, so that they are not encoded again; safe to delete."""
    return data_folder() / "cache" / "data"


def compiled_folder() -> Path:
    """Where the code that torch compiles for models is kept, so that it is not compiled again; safe to delete."""
    return data_folder() / "cache" / "compiled"


def settings_file() -> Path:
    """The window's remembered choices: recent models, data sets, theme."""
    return data_folder() / "settings.json"


def draft_file() -> Path:
    """The plan as it stood in the window when it was last open."""
    return data_folder() / "draft.yaml"


def resources_folder() -> Path:
    """The bundled icons, starter model and samples: inside the package when installed, beside it in a checkout."""
    package = Path(studio.__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def quickstart_plan() -> Path:
    """The plan that a first start shows."""
    return resources_folder() / "samples" / "quickstart.yaml"
