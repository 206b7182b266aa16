import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.bench import shapes
from tests.bench.peers import IGNORED, grouped_rows, packed_rows, padded_rows
from tests.bench.table import COMPILED, table_of

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_command_runs_on_a_cpu_and_writes_its_table(tmp_path: Path) -> None:
    table = tmp_path / "gpu.md"
    words = [sys.executable, "-m", "tests.bench.gpu", "--smoke", "--to", str(table), "--scratch", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    machine, *results = json.loads(table.with_suffix(".json").read_text(encoding="utf-8"))
    assert machine["matrix_rate"] > 0
    assert [result["who"] for result in results] == ["studio", "trainer", "sft", "studio", "trainer"]
    for result in results:
        assert result["steps"] >= 3
        assert result["tokens_per_second"] > 0
        assert 5.0 < result["losses"][0] < 6.5  # ln 300, the loss of knowing nothing
    text = table.read_text(encoding="utf-8")
    assert "| tiny | packs | 2 | LoRA Studio |" in text
    assert "tiny, packs:" in text


def test_a_packed_row_learns_each_document_but_its_first_token_once() -> None:
    documents = shapes.documents(2000, longest=128, vocabulary=300)
    padded, packed = padded_rows(documents), packed_rows(documents, 128)
    learnt = [sum(label != IGNORED for row in rows for label in row["labels"]) for rows in (padded, packed)]
    assert learnt[1] == learnt[0] - len(documents)
    assert sorted(token for row in packed for token in row["input_ids"]) == sorted(
        token for row in padded for token in row["input_ids"]
    )
    assert max(len(row["input_ids"]) for row in packed) <= 128
    assert {len(row["input_ids"]) for row in grouped_rows(documents, 128)} == {128}


def test_pairs_are_as_long_as_those_of_e2e() -> None:
    rows = shapes.pairs(2000)
    for part, mean in ((0, 36.6), (1, 27.0)):
        assert abs(np.mean([len(row[part]) for row in rows]) - mean) < 0.7


def test_goals_are_judged_and_what_was_left_out_is_named() -> None:
    same = {"model": "llama-1b", "work": "packs", "batch": 4, "note": "", "losses": [10.0, 9.0]}
    ours = same | {
        "who": "studio", "system": "LoRA Studio", "tokens_per_second": 300.0, "peak_cuda_bytes": 4e9,
        "predicted_bytes": 5e9, "device_bytes": 4.8e9, "parameters": 1e9,
    }  # fmt: skip
    peer = same | {"who": "trainer", "system": "PEFT + Trainer", "tokens_per_second": 100.0, "peak_cuda_bytes": 10e9}
    left = same | {"who": "sft", "left_out": "no time left"}
    made = ours | {
        "note": COMPILED,
        "tokens_per_second": 360.0,
        "compiled": True,
        "compile_reason": "1.21 times as fast",
    }
    unmade = made | {"batch": 8, "compiled": False, "compile_reason": "they cannot be"}
    page = table_of({"device": "it", "matrix_rate": 3e12}, [ours, peer, left, made, unmade])
    assert "3.00x PEFT + Trainer (goal 2.0x: met)" in page
    assert "llama-1b, packs, compiled: 1.20x the blocks as they are; the trial said 1.21 times as fast" in page
    assert "llama-1b, packs, compiled: not compiled: they cannot be" in page
    assert "0.40x its peak memory (goal 0.5x: met)" in page
    assert "40% of the matrix rate (goal 50%: MISSED)" in page
    assert "predicted +4.2% of what the device held (goal 10%: met)" in page
    assert "| llama-1b | packs | 4 | sft | no time left |" in page
