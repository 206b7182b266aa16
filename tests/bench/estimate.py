"""The estimate against real runs: predicted and measured peak and seconds a step, each run in a fresh process.

    python tests/bench/estimate.py MODEL [MODEL ...] --data ROWS.jsonl [--steps 6] [--precision float32 bfloat16]

Rows of exactly the plan's length are made from the file's text, so that every batch is as large as the plan allows and the first steps
already reach the peak. Prints one JSON object; the errors are predicted / measured - 1. Other programs disturb the times, not the memory.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.link.launch import worker_environment
from studio.plan.plan import DataPlan, LoraPlan, Plan, SavingPlan
from studio.plan.planfile import dump_plan
from studio.plan.training import TrainingPlan

TARGETS: dict[str, Any] = {"all": "all-linear", "attention": ("*.q_proj", "*.v_proj"), "mlp": ("*.mlp.*",)}


@dataclass(frozen=True, slots=True)
class Case:
    """What varies between two runs."""

    model: str
    batch_size: int
    length: int
    targets: str
    checkpointing: str
    precision: str


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("models", nargs="+")
    words.add_argument("--data", required=True)
    words.add_argument("--steps", type=int, default=6)
    words.add_argument("--precision", nargs="+", default=["float32", "bfloat16"])
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        rows = Path(home) / "rows.jsonl"
        _write_rows(Path(asked.data), rows)
        results = [_result(case, rows, Path(home), asked.steps) for case in _cases(asked.models, asked.precision)]
    sys.stdout.write(json.dumps({"cases": results, **_summary(results)}, indent=1) + "\n")


def _cases(models: list[str], precisions: list[str]) -> Iterator[Case]:
    for model in models:
        for precision in precisions:
            yield Case(model, 2, 128, "all", "off", precision)
            yield Case(model, 8, 128, "all", "off", precision)
            yield Case(model, 4, 512, "all", "off", precision)
            yield Case(model, 8, 256, "attention", "off", precision)
            yield Case(model, 8, 256, "mlp", "off", precision)
            yield Case(model, 4, 512, "all", "on", precision)


def _write_rows(source: Path, rows: Path) -> None:
    """Texts that are longer than any length used, so that each is cut to it."""
    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    text = " ".join(str(value) for line in lines for value in line.values())
    size = max(6000, len(text) // 200)
    parts = [text[begin : begin + size] for begin in range(0, len(text) - size, size)]
    rows.write_text("".join(json.dumps({"text": part}) + "\n" for part in parts), encoding="utf-8")


def _result(case: Case, rows: Path, home: Path, steps: int) -> dict[str, Any]:
    plan = Plan(
        model=str(Path(case.model).resolve()),
        data=DataPlan(train=str(rows), max_length=case.length, eval_fraction=0, loss_on="all"),
        lora=LoraPlan(rank=8, alpha=16, targets=TARGETS[case.targets]),
        training=TrainingPlan(
            max_steps=steps, batch_size=case.batch_size, gradient_accumulation=1, device="cpu",
            precision=case.precision, gradient_checkpointing=case.checkpointing,
        ),
        saving=SavingPlan(keep_last=1, keep_best=False),
    )  # fmt: skip
    file = home / "plan.yaml"
    file.write_text(dump_plan(plan), encoding="utf-8")
    estimate = json.loads(_studio(home, "estimate", str(file), "--json"))
    run = Path(tempfile.mkdtemp(dir=home)) / "run"
    _studio(home, "train", str(file), "--run", str(run), "--json")
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    measured = summary["train_seconds"] / (summary["steps"] - 1)
    found = {
        "model": Path(case.model).name, "batch_size": case.batch_size, "length": case.length, "targets": case.targets,
        "checkpointing": case.checkpointing, "precision": case.precision,
        "peak_bytes": estimate["peak_bytes"], "measured_peak_bytes": summary["peak_rss_bytes"],
        "peak_error": round(estimate["peak_bytes"] / summary["peak_rss_bytes"] - 1, 4), "memory": estimate["memory"],
        "measured_seconds_per_step": round(measured, 4),
    }  # fmt: skip
    predicted = estimate.get("seconds_per_step")
    if predicted is not None:
        found |= {"seconds_per_step": predicted, "time_error": round(predicted / measured - 1, 4)}
    sys.stderr.write(json.dumps(found) + "\n")
    return found


def _studio(home: Path, *words: str) -> str:
    """What a command prints. A home of its own keeps these runs out of the user's experience, and that out of the predictions."""
    environment = {**worker_environment(), "LORA_STUDIO_HOME": str(home / "studio")}
    done = subprocess.run(
        [sys.executable, "-m", "studio", *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    (home / "studio" / "experience.jsonl").unlink(missing_ok=True)
    return done.stdout


def _summary(results: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"cores": os.cpu_count()}
    for kind in ("peak_error", "time_error"):
        errors = [abs(result[kind]) for result in results if kind in result]
        if errors:
            found[kind] = {"median": statistics.median(errors), "largest": max(errors)}
    return found


if __name__ == "__main__":
    main()
