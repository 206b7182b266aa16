"""Starting worker processes with the environment they need.

Some of it must be set before torch is imported, so only the parent can: the window's process never imports torch at all.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# OpenMP's threads spin while they wait, by default for so long that with one core taken by another program small operations become a
# hundred times slower. This count keeps nearly all of the idle machine's speed and most of the busy one's.
SPIN_COUNT = "30000"

# oneDNN, and ideep before it, keep the program of every product's shape: half a megabyte each, a thousand of them by default. Batches
# hardly ever have as many tokens as an earlier one, so a bfloat16 run grew by 700 MB and gained nothing. These serve one step's layers.
KEPT_PRODUCTS = "64"


def worker_environment(base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that imports torch; what the user set stays."""
    wanted = {
        "GOMP_SPINCOUNT": SPIN_COUNT,
        "LRU_CACHE_CAPACITY": KEPT_PRODUCTS,
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": KEPT_PRODUCTS,
        "TOKENIZERS_PARALLELISM": "true",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    return wanted | dict(os.environ if base is None else base)


def worker_command() -> list[str]:
    """The command line of a worker process; a frozen program starts itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "studio", "--worker"]


def start_worker(log: Path) -> subprocess.Popen[bytes]:
    """A worker process of its own session: a terminal's Ctrl-C or a dying window does not reach it.

    Its standard error goes to `log`, never to a pipe that nobody drains. Raises OSError where it cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as errors:
        return subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=worker_environment(),
            start_new_session=True,
        )
