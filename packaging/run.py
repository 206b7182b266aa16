"""One command to set up and run LoRA Studio from a checkout. Standard library only.

    python packaging/run.py                    the window
    python packaging/run.py train plan.yaml    any further words go to the command line
    python packaging/run.py test               lint, types and tests; words after it go to pytest

It keeps a virtual environment in .venv, installed from pyproject.toml at the versions of packaging/constraints.txt, and installs again
only when one of the two has changed. Nothing outside the checkout is touched, but for the system libraries that Qt needs: on Debian and
Ubuntu they are installed where this user may, and named where not.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

# What Qt loads when a window opens, and the Debian package it is in.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def main(words: list[str]) -> int:
    """Set up what the words need, and run them."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may meet
        return say(
            f"LoRA Studio needs Python 3.11 or newer; this is {sys.version.split()[0]}. Run it with a newer one."
        )
    testing = words[:1] == ["test"]
    problem = install("[test]" if testing else "")
    if problem:
        return say(problem)
    if testing:
        system_packages(missing_libraries() + ([] if shutil.which("Xvfb") else ["xvfb"]))
        return test(words[1:])
    if not words:
        system_packages(missing_libraries())
    return subprocess.call([str(PYTHON), "-m", "studio", *words])


def say(text: str) -> int:
    """A sentence on standard error; 2, the exit code of refused input."""
    print(text, file=sys.stderr)
    return 2


def install(extra: str) -> str | None:
    """Make .venv as pyproject.toml and the constraints say. What went wrong, or None."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"installed{extra.strip('[]') and '-' + extra.strip('[]')}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return None
    print("Setting up .venv: this takes a few minutes the first time.", file=sys.stderr)
    if not PYTHON.exists():
        # Debian's Python has no ensurepip; this interpreter's pip fills the environment instead.
        venv.create(ENVIRONMENT, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    if subprocess.call([*pip, "install", "--quiet", "-c", str(CONSTRAINTS), "-e", f"{ROOT}{extra}"]):
        return "The installation failed; the lines above say why. Run the same command again when that is mended."
    stamp.write_text(wanted)
    return None


def missing_libraries() -> list[str]:
    """The Debian packages of the Qt libraries that this Linux machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def system_packages(packages: list[str]) -> None:
    """Install Debian packages where this user may; otherwise say which are missing."""
    if not packages or not sys.platform.startswith("linux"):
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"stdout": subprocess.DEVNULL, "env": environment}
        subprocess.call(["apt-get", "update"], **quiet)
        if subprocess.call(line.split(), **quiet) == 0:
            return
    print(f"The window needs system libraries that are missing here. Install them with: sudo {line}", file=sys.stderr)


def test(words: list[str]) -> int:
    """Lint, check types, run the tests; the first that fails decides."""
    for command in (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["pytest", *words],
    ):
        print("$", *command, flush=True)
        code = subprocess.call([str(PYTHON), "-m", *command], cwd=ROOT)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
