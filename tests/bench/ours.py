"""The studio's own training of a piece of work, in this process, without its command line."""

from pathlib import Path
from typing import Any, Literal

import torch

from studio.engine.carry import carry
from studio.plan.events import Failed, Finished, Started
from studio.plan.plan import DataPlan, EvaluationPlan, LoraPlan, Plan, SavingPlan
from studio.plan.training import TrainingPlan


def train_studio(
    model: str,
    rows: Path,
    run: Path,
    *,
    batch_size: int,
    length: int,
    rank: int,
    device: str,
    targets: Literal["all-linear"] | tuple[str, ...] = "all-linear",
    **training: Any,
) -> dict[str, Any]:
    """Train over `rows`, once unless `training` says otherwise; tokens a second, predicted and measured peak in bytes, losses.

    Raises RuntimeError where the run fails.
    """
    packed = "text" in rows.read_text(encoding="utf-8").partition("\n")[0]
    plan = Plan(
        model=model,
        data=DataPlan(
            train=str(rows), eval_fraction=0.0, max_length=length, loss_on="all" if packed else "completion",
            packing="pack" if packed else "auto",
        ),
        lora=LoraPlan(rank=rank, alpha=2.0 * rank, targets=targets),
        training=TrainingPlan(
            batch_size=batch_size, device=device, learning_rate=1e-3, scheduler="constant", warmup_ratio=0.0,
            **{"epochs": 1, "gradient_accumulation": 1, "gradient_checkpointing": "off", "compile": "off"} | training,
        ),
        evaluation=EvaluationPlan(),
        saving=SavingPlan(keep_last=1, keep_best=False),
    )  # fmt: skip
    predicted, compiled, said = None, False, ""
    for event in carry(plan, run):
        if isinstance(event, Started):
            predicted, compiled = event.predicted_peak_bytes, event.compiled
            said = event.compile_reason
        elif isinstance(event, Failed):
            raise RuntimeError(event.what)
        elif isinstance(event, Finished):
            summary = event.summary
    return {
        "system": "LoRA Studio",
        "steps": summary["steps"],
        "tokens_per_second": summary["tokens_per_second"],
        "peak_cuda_bytes": summary["peak_cuda_bytes"],
        "device_bytes": None if device == "cpu" else _used_of(device),
        "predicted_bytes": predicted,
        "compiled": compiled,
        "compile_reason": said,
        "parameters": summary["total_parameters"],
        "losses": [summary["first_loss"], summary["last_loss"]],
    }


def _used_of(device: str) -> int:
    """What is taken of the GPU, the driver's share included: torch keeps what it once reserved, so that this is the peak."""
    free, total = torch.cuda.mem_get_info(device)
    return total - free
