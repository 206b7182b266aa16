import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import BEGIN, END, write

ROOT = Path(__file__).parents[2]


def test_what_was_measured_before_gives_way_and_the_rest_stays(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# By hand\n\nkept\n", encoding="utf-8")
    write(file, "first")
    write(file, "second")
    assert file.read_text(encoding="utf-8") == f"# By hand\n\nkept\n\n{BEGIN}\nsecond\n{END}\n"


@pytest.mark.slow
def test_all_parts_run_small(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    words = [sys.executable, "-m", "tests.bench", "--smoke", "--to", str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    text = file.read_text(encoding="utf-8")
    assert done.returncode == 0, text
    for said in ("### cpu", '"times_the_speed"', '"share_of_the_memory"', '"core_taken": false'):
        assert said in text
