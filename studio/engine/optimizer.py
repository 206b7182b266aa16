"""The optimizer of a run: AdamW, its state in float32 or in 8 bits (Dettmers et al. 2022, arXiv 2110.02861)."""

from typing import Any

import torch
from torch import Tensor, nn

from studio.lora.adapter import Adapter
from studio.models.quantize import check_library
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.training import TrainingPlan

CODE_BOOKS = ("qmap1", "qmap2")  # the same for all parameters and all time


def check_optimizer(plan: Plan, device: torch.device) -> None:
    """Raise Refusal where the plan's optimizer cannot be had on this machine, or not with the rest of the plan."""
    field, name = "training.optimizer", plan.training.optimizer
    if name == "adamw":
        return
    check_library(field, now="choose adamw")
    if plan.lora.final_rank is not None:
        raise Refusal(
            "optimizer-shrink",
            "ranks cannot shrink while the optimizer's state is in blocks of 8 bits, which no rank has for itself",
            now="choose adamw, or leave lora.final_rank empty",
            field=field,
        )
    if name.startswith("paged") and device.type != "cuda":
        raise Refusal(
            "optimizer-paged",
            f"a paged optimizer moves its state from a GPU's memory to the machine's, and the plan runs on {device}",
            now="choose adamw-8bit",
            field=field,
        )


def build_optimizer(adapter: Adapter, settings: TrainingPlan, device: torch.device) -> torch.optim.Optimizer:
    """The plan's optimizer over the adapter's matrices; 8 bits are for those of 4,096 entries and more."""
    groups = _groups(adapter, settings)
    if settings.optimizer == "adamw":
        return torch.optim.AdamW(groups, lr=settings.learning_rate, fused=device.type in ("cpu", "cuda"))
    from bitsandbytes import optim

    kind = optim.PagedAdamW8bit if settings.optimizer == "paged-adamw-8bit" else optim.AdamW8bit
    optimizer: torch.optim.Optimizer = kind(groups, lr=settings.learning_rate)
    return optimizer


def state_tensors(optimizer: torch.optim.Optimizer, parameter: nn.Parameter) -> dict[str, Tensor]:
    """What the optimizer remembers of a parameter, by entry; counts as tensors without axes."""
    return {
        name: torch.as_tensor(value)
        for name, value in optimizer.state.get(parameter, {}).items()
        if name not in CODE_BOOKS
    }


def restore_state(optimizer: torch.optim.Optimizer, parameter: nn.Parameter, entries: dict[str, Tensor]) -> None:
    """Let the optimizer remember `state_tensors` of a parameter. Raises Refusal where they are those of another optimizer."""
    if not hasattr(optimizer, "init_state"):  # torch's own, which takes them as they are
        if "exp_avg" not in entries:
            raise _changed()
        # The fused optimizer wants its count of steps where the parameter is.
        optimizer.state[parameter] = {name: value.to(parameter.device) for name, value in entries.items()}
        return
    place = next(
        (group, group_number, number)
        for group_number, group in enumerate(optimizer.param_groups)
        for number, known in enumerate(group["params"])
        if known is parameter
    )
    optimizer.init_state(place[0], parameter, *place[1:])  # makes the buffers, paged where they should be
    state = optimizer.state[parameter]
    if set(entries) != set(state) - set(CODE_BOOKS):
        raise _changed()
    for name, value in entries.items():
        if isinstance(state[name], Tensor):
            state[name].copy_(value)
        else:
            state[name] = int(value)


def _groups(adapter: Adapter, settings: TrainingPlan) -> list[dict[str, Any]]:
    """The parameters with what is particular to each kind.

    LoRA+ (Hayou et al. 2024, arXiv 2402.12354): B's learning rate is a multiple of A's, since with one for both B, which begins at zero,
    learns too slowly in wide layers. DoRA's lengths are not decayed: zero is no resting place for them.
    """
    ratios = {"A": 1.0, "B": settings.learning_rate_ratio, "m": 1.0}
    groups: list[dict[str, Any]] = [
        {"params": [], "ratio": ratios[matrix], "weight_decay": 0.0 if matrix == "m" else settings.weight_decay}
        for matrix in ratios
    ]
    for name, parameter in adapter.named_parameters():
        groups[list(ratios).index(name.rpartition(".")[2])]["params"].append(parameter)
    return [group for group in groups if group["params"]]


def _changed() -> Refusal:
    return Refusal(
        "optimizer-changed",
        "the checkpoint holds the state of another optimizer",
        now="set training.optimizer back to the one that the run was begun with",
        field="training.optimizer",
    )
