"""The versions that a run was carried out with."""

import platform
from importlib.metadata import version

import studio

LIBRARIES = ("torch", "transformers", "datasets", "tokenizers", "safetensors", "numpy")


def versions() -> dict[str, str]:
    """Version by name: the studio, Python, and the libraries that can change a result."""
    return {
        "lora-studio": studio.__version__,
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }
