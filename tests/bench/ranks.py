"""Ways to spread ranks, compared at equal budget: evaluation loss after training, by seed.

    python tests/bench/ranks.py MODEL DATA.jsonl [--seeds 3] [--rank 4] [--examples 1500]

Every run trains all linear targets with the budget of `rank` everywhere; "shrink" begins with twice the rank and ends at the budget. The
spectrum is that of a run of another seed at twice the rank. Everything else is equal, the batches of a seed included.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from studio.engine.probe import gradient_scores, run_scores
from studio.models.inspect import describe
from studio.plan.plan import DataPlan, LoraPlan, Plan, SavingPlan
from studio.plan.planfile import dump_plan
from studio.plan.ranks import budget_range, distribute
from studio.plan.training import TrainingPlan


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("model")
    words.add_argument("data")
    words.add_argument("--seeds", type=int, default=3)
    words.add_argument("--rank", type=int, default=4)
    words.add_argument("--examples", type=int, default=1500)
    asked = words.parse_args()
    home = Path(tempfile.mkdtemp())
    plain = Plan(
        model=str(Path(asked.model).resolve()),
        data=DataPlan(
            train=str(Path(asked.data).resolve()), max_examples=asked.examples, eval_fraction=0.1, max_length=256
        ),
        lora=LoraPlan(rank=asked.rank, alpha=2 * asked.rank),
        training=TrainingPlan(
            epochs=2, batch_size=16, gradient_accumulation=1, learning_rate=2e-3, scheduler="constant", warmup_ratio=0
        ),
        saving=SavingPlan(keep_last=1, keep_best=False),
    )
    modules = describe(plain.model).modules
    budget = budget_range(plain.lora, modules).now
    doubled = plain.lora.with_values(rank=2 * asked.rank, alpha=4 * asked.rank)
    _train(_seeded(plain, doubled, 99), home / "earlier")
    *_, told = run_scores(str(home / "earlier"))
    spectrum = told.value["scores"]
    found: dict[str, list[float]] = {}
    for seed in range(asked.seeds):
        *_, told = gradient_scores(_seeded(plain, plain.lora, seed), cancelled=lambda: False)
        loras = {
            "uniform": plain.lora,
            "size": distribute(plain.lora, modules, budget, "size").lora,
            "spectrum": distribute(plain.lora, modules, budget, "spectrum", spectrum).lora,
            "gradient": distribute(plain.lora, modules, budget, "gradient", told.value["scores"]).lora,
            "shrink": doubled.with_values(final_rank=asked.rank),
        }
        for name, lora in loras.items():
            summary = _train(_seeded(plain, lora, seed), home / f"{name}-{seed}")
            found.setdefault(name, []).append(summary["eval_loss"])
            print(
                f"seed {seed} {name}: {summary['eval_loss']:.4f}, {summary['trainable_parameters']:,} parameters",
                flush=True,
            )
    for name, losses in found.items():
        gains = [loss - even for loss, even in zip(losses, found["uniform"], strict=True)]
        span = f"{min(gains):+.4f} to {max(gains):+.4f}"
        print(f"{name}: mean {statistics.mean(losses):.4f}, against uniform {statistics.mean(gains):+.4f} ({span})")


def _seeded(plan: Plan, lora: LoraPlan, seed: int) -> Plan:
    return plan.with_values(lora=lora.model_dump(), training=plan.training.with_values(seed=seed).model_dump())


def _train(plan: Plan, run: Path) -> dict[str, Any]:
    file = run.with_suffix(".yaml")
    file.write_text(dump_plan(plan), encoding="utf-8")
    command = [sys.executable, "-m", "studio", "train", str(file), "--run", str(run)]
    subprocess.run(command, check=True, capture_output=True)
    summary: dict[str, Any] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return summary


if __name__ == "__main__":
    main()
