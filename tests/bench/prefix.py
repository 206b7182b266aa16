"""Top layers alone, against PEFT on the same targets: what reusing the frozen prefix brings.

    python -m tests.bench.prefix [--shape smollm-135m] [--rounds 3] [--epochs 4] [--device cpu]

The targets are those of the last quarter of the layers. Both systems take the same rows, of E2E's lengths, in fresh processes and in turn;
printed are the medians of real tokens a second over all epochs, the first one included, and their ratio, beside that of all layers.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from studio.link.launch import worker_environment

ROOT = Path(__file__).parents[2]
RANK, BATCH, LENGTH = 8, 8, 256
PARTS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--shape", default="smollm-135m")
    words.add_argument("--examples", type=int, default=64)
    words.add_argument("--epochs", type=int, default=4)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--device", default="cpu")
    words.add_argument("--peer-dtype", default="float32")
    words.add_argument("--targets", nargs="+", choices=["top", "all"], default=["top", "all"])
    words.add_argument("--one", help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(_one(json.loads(asked.one))) + "\n")
        return
    from tests.bench import shapes

    with tempfile.TemporaryDirectory() as scratch:
        model = shapes.write_model(asked.shape, Path(scratch) / "model", asked.device)
        rows = Path(scratch) / "rows.jsonl"
        shapes.write_rows(shapes.pairs(asked.examples), rows)
        layers = shapes.SHAPES[asked.shape][2]
        lowest = {"top": layers - layers // 4, "all": 0}
        report: dict[str, Any] = {}
        for name in asked.targets:
            numbers = list(range(lowest[name], layers))
            work = vars(asked) | {"model": str(model), "rows": str(rows), "layers": numbers}
            ours, peers = [], []
            for turn in range(asked.rounds):
                ours.append(_fresh(work | {"who": "studio", "run": f"{scratch}/{name}-{turn}"}, scratch))
                peers.append(_fresh(work | {"who": "peft"}, scratch))
            report[name] = {
                "studio": statistics.median(ours),
                "peft": statistics.median(peers),
                "ratio": round(statistics.median(x / y for x, y in zip(ours, peers, strict=True)), 3),
            }
        if len(report) == 2:
            report["on top"] = round(report["top"]["ratio"] / report["all"]["ratio"], 3)
        sys.stdout.write(json.dumps(report, indent=1) + "\n")


def _fresh(work: dict[str, Any], scratch: str) -> float:
    """Tokens a second of one run in a process of its own."""
    environment = {**os.environ, "LORA_STUDIO_HOME": f"{scratch}/home", "HF_HUB_OFFLINE": "1"}
    if work["who"] == "studio":
        environment = {**worker_environment(), **environment}
    call = [sys.executable, "-m", "tests.bench.prefix", "--one", json.dumps(work)]
    done = subprocess.run(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _one(work: dict[str, Any]) -> float:
    from tests.bench import ours, peers, shapes

    names = [f"model.layers.{number}." for number in work["layers"]]
    if work["who"] == "studio":
        result = ours.train_studio(
            work["model"], Path(work["rows"]), Path(work["run"]), batch_size=BATCH, length=LENGTH, rank=RANK,
            device=work["device"], targets=tuple(f"{name}*" for name in names), epochs=work["epochs"],
        )  # fmt: skip
    else:
        kinds = {"mlp": PARTS[4:], "self_attn": PARTS[:4]}
        targets = [f"{name}{block}.{part}" for name in names for block, parts in kinds.items() for part in parts]
        result = peers.train_peer(
            work["model"], peers.padded_rows(shapes.pairs(work["examples"])), batch_size=BATCH, rank=RANK, targets=targets,
            dtype=work["peer_dtype"], device=work["device"], sft=False, epochs=work["epochs"],
        )  # fmt: skip
    return float(result["tokens_per_second"])


if __name__ == "__main__":
    main()
