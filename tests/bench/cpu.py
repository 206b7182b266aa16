"""Speed and memory on a CPU against PEFT with Trainer: the same rows, in fresh processes and in turn.

    python -m tests.bench.cpu [--shapes llama-30m smollm-135m] [--rounds 3] [--smoke]

Printed as JSON, for each shape, with all cores free and with one taken by another process: medians of real tokens a second and of the peak
of RSS, and their ratios. The peer computes in float32, and in bfloat16 where asked. `--smoke` runs a tiny model once, with all cores
free; its figures mean nothing.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studio.link.launch import worker_environment

ROOT = Path(__file__).parents[2]
RANK, BATCH, LENGTH = 8, 8, 256
Figures = dict[str, Any]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--shapes", nargs="+", default=["llama-30m", "smollm-135m"])
    words.add_argument("--examples", type=int, default=64)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--precisions", nargs="+", default=["auto", "float32"], help="the studio's")
    words.add_argument("--peer-dtypes", nargs="+", default=["float32"])
    words.add_argument("--smoke", action="store_true")
    words.add_argument("--one", help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(_one(json.loads(asked.one))) + "\n")
        return
    if asked.smoke:
        asked.shapes, asked.examples, asked.rounds, asked.precisions = ["tiny"], 24, 1, ["float32"]
    sys.stdout.write(json.dumps(list(figures(asked)), indent=1) + "\n")


def figures(asked: argparse.Namespace) -> Iterator[Figures]:
    """One object for each shape, precision, peer and load."""
    from tests.bench import shapes

    for shape in asked.shapes:
        with tempfile.TemporaryDirectory() as scratch:
            model = shapes.write_model(shape, Path(scratch) / "model", "cpu")
            rows = shapes.write_rows(shapes.pairs(asked.examples), Path(scratch) / "rows.jsonl")
            work = {"model": str(model), "rows": str(rows), "examples": asked.examples}
            for busy in (False,) if asked.smoke else (False, True):
                for precision in asked.precisions:
                    for dtype in asked.peer_dtypes:
                        case = {"shape": shape, "precision": precision, "peer_dtype": dtype, "core_taken": busy}
                        with _core_taken() if busy else _nothing():
                            yield case | _compared(work | case, asked.rounds, scratch)


def _compared(work: Figures, rounds: int, scratch: str) -> Figures:
    ours, peers = [], []
    for turn in range(rounds):
        ours.append(_fresh(work | {"who": "studio", "run": f"{scratch}/{_name(work)}-{turn}"}, scratch))
        peers.append(_fresh(work | {"who": "peft"}, scratch))
    pairs = list(zip(ours, peers, strict=True))
    return {
        "studio_tokens_per_second": statistics.median(one["tokens_per_second"] for one in ours),
        "peft_tokens_per_second": statistics.median(one["tokens_per_second"] for one in peers),
        "times_the_speed": round(statistics.median(x["tokens_per_second"] / y["tokens_per_second"] for x, y in pairs), 3),
        "studio_peak_rss_bytes": statistics.median(one["peak_rss_bytes"] for one in ours),
        "peft_peak_rss_bytes": statistics.median(one["peak_rss_bytes"] for one in peers),
        "share_of_the_memory": round(
            statistics.median(x["peak_rss_bytes"] / y["peak_rss_bytes"] for x, y in pairs), 3
        ),
        "losses": [ours[0]["losses"], peers[0]["losses"]],
    }  # fmt: skip


def _name(work: Figures) -> str:
    return "-".join(str(work[key]) for key in ("shape", "precision", "peer_dtype", "core_taken"))


def _fresh(work: Figures, scratch: str) -> Figures:
    environment = {**os.environ, "LORA_STUDIO_HOME": f"{scratch}/home", "HF_HUB_OFFLINE": "1"}
    if work["who"] == "studio":
        environment = {**worker_environment(), **environment}
    call = [sys.executable, "-m", "tests.bench.cpu", "--one", json.dumps(work)]
    done = subprocess.run(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def _one(work: Figures) -> Figures:
    from tests.bench import shapes

    if work["who"] == "studio":
        from tests.bench.ours import train_studio

        found = train_studio(
            work["model"], Path(work["rows"]), Path(work["run"]), batch_size=BATCH, length=LENGTH, rank=RANK,
            device="cpu", precision=work["precision"], follow_load=True,
        )  # fmt: skip
    else:
        from tests.bench import peers

        rows = peers.padded_rows(shapes.pairs(work["examples"]))
        found = peers.train_peer(
            work["model"], rows, batch_size=BATCH, rank=RANK, targets="all-linear", dtype=work["peer_dtype"], device="cpu",
            sft=False,
        )  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found | {"peak_rss_bytes": peak if sys.platform == "darwin" else peak * 1024}


@contextmanager
def _core_taken() -> Iterator[None]:
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        other.kill()
        other.wait()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


if __name__ == "__main__":
    main()
