"""Everything that is measured, in one command, written into RESULTS.md.

    python -m tests.bench [--only cpu prefix ...] [--smoke] [--to tests/bench/RESULTS.md]

Each part is a command of its own, run alone and one after the other; what it prints goes between two marks at the end of the file, with the
machine, the versions and the date above it. A part that fails is named there with its last line. `--smoke` runs what is quick, once, with
tiny models, and judges no time.
"""

import argparse
import json
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark; `smoke` are its words for a quick look, None where it has none."""

    name: str
    words: tuple[str, ...]
    smoke: tuple[str, ...] | None = None


PARTS = (
    Part("cpu", ("-m", "tests.bench.cpu"), ("-m", "tests.bench.cpu", "--smoke")),
    Part("prefix", ("-m", "tests.bench.prefix", "--shape", "llama-30m")),
    Part("window", ("tests/bench/window.py",)),
)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument(
        "--only", nargs="+", choices=[part.name for part in PARTS], default=[part.name for part in PARTS]
    )
    words.add_argument("--smoke", action="store_true")
    words.add_argument("--to", type=Path, default=ROOT / "tests" / "bench" / "RESULTS.md")
    asked = words.parse_args()
    chosen = [part for part in PARTS if part.name in asked.only and not (asked.smoke and part.smoke is None)]
    sections, failed = [_machine()], 0
    for part in chosen:
        call = part.smoke if asked.smoke and part.smoke is not None else part.words
        section, right = _measured(part.name, call)
        sections.append(section)
        failed += not right
        write(asked.to, "\n\n".join(sections))  # anew after each, so that nothing measured is lost
    return 1 if failed else 0


def write(file: Path, text: str) -> None:
    """Put text between the marks at the end of a file, which is made where there is none."""
    whole = file.read_text(encoding="utf-8") if file.is_file() else ""
    before = whole.partition(BEGIN)[0].rstrip()
    file.write_text(f"{before}\n\n{BEGIN}\n{text}\n{END}\n".lstrip(), encoding="utf-8")


def _measured(name: str, words: tuple[str, ...]) -> tuple[str, bool]:
    begin = time.monotonic()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    head = f"### {name}\n\n`python {' '.join(words)}`, {time.monotonic() - begin:.0f} s"
    if done.returncode:
        lines = [*done.stderr.splitlines(), "no word"]
        return f"{head}: failed, {lines[-2] if len(lines) > 1 else lines[-1]}", False
    try:
        text = json.dumps(json.loads(done.stdout), indent=1)
    except ValueError:
        text = done.stdout.strip()
    return f"{head}\n\n```json\n{text}\n```", True


def _machine() -> str:
    import psutil
    import torch
    import transformers

    from studio.engine.doctor import processor_name

    cores = psutil.cpu_count(logical=False)
    return (
        f"## Measured in one command, {datetime.now(UTC):%Y-%m-%d}\n\n{processor_name()}, {cores} cores, "
        f"{psutil.virtual_memory().total / 1e9:.0f} GB, {platform.platform()}; Python {platform.python_version()}, torch "
        f"{torch.__version__}, transformers {transformers.__version__}. The machine may be shared: compare within one part."
    )


if __name__ == "__main__":
    sys.exit(main())
