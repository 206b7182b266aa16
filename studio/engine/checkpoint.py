"""Checkpoints: all that a run needs to go on exactly where it was, complete on disk or absent.

A checkpoint is a folder of safetensors and JSON - no pickle - with a manifest of the digests of its files, so that a damaged one is
known before it is believed.
"""

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load, save
from torch import Tensor

from studio.engine.optimizer import restore_state, state_tensors
from studio.engine.prune import fit_ranks
from studio.lora.adapter import Adapter
from studio.runs.atomic import replacing_folder

logger = logging.getLogger(__name__)

MANIFEST = "manifest.json"
POSITION = "position.json"
ADAPTER, OPTIMIZER, RANDOM = "adapter.safetensors", "optimizer.safetensors", "random.safetensors"
NAME = re.compile(r"step-(\d{8,})")
VERSION = 1  # of this layout


@dataclass(slots=True)
class Position:
    """Where a run is: what it has done, and what it must remember of it. Counts go over the run's whole life, resumes included.

    `batch` is the number of the next batch. `timed_tokens` of `train_seconds` leave out each life's first step, which warms up.
    `evaluations_without_gain` counts towards early stopping; `loss_scale` and `calm_steps` are float16's (`LossScale`).
    """

    step: int = 0
    batch: int = 0
    examples: int = 0
    tokens: int = 0
    supervised_tokens: int = 0
    timed_tokens: int = 0
    train_seconds: float = 0.0
    first_loss: float | None = None
    last_loss: float | None = None
    eval_loss: float | None = None
    best_loss: float | None = None
    best_step: int | None = None
    evaluations_without_gain: int = 0
    loss_scale: float | None = None
    calm_steps: int = 0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint that was read and found whole."""

    path: Path
    position: Position
    adapter: dict[str, Tensor]
    optimizer: dict[str, Tensor]
    random: dict[str, Tensor]


def save_checkpoint(
    folder: Path, position: Position, adapter: Adapter, optimizer: torch.optim.Optimizer, device: torch.device
) -> Path:
    """Write `folder`/step-00000200 and return its path. Raises OSError where the disk does not take it; nothing is left then."""
    files = {
        ADAPTER: save(_on_cpu(adapter.state())),
        OPTIMIZER: save(_on_cpu(optimizer_tensors(adapter, optimizer))),
        RANDOM: save(_random_state(device)),
        POSITION: _json(asdict(position)),
    }
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    path = folder / f"step-{position.step:08d}"
    with replacing_folder(path) as beside:
        for name, data in files.items():
            (beside / name).write_bytes(data)
        (beside / MANIFEST).write_bytes(_json({"version": VERSION, "sha256": digests}))
    return path


def latest_checkpoint(folder: Path) -> tuple[Checkpoint | None, list[Path]]:
    """The newest whole checkpoint, and the newer damaged ones that were passed over."""
    damaged: list[Path] = []
    for path in reversed(list(checkpoints(folder))):
        try:
            return read_checkpoint(path), damaged
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("the checkpoint %s is damaged: %s", path, error)
            damaged.append(path)
    return None, damaged


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a folder. Raises ValueError, KeyError, TypeError or OSError where any of it is missing or altered."""
    manifest = json.loads((path / MANIFEST).read_bytes())
    if manifest["version"] != VERSION:
        raise ValueError(f"its layout has version {manifest['version']}, this program reads {VERSION}")
    files = {name: (path / name).read_bytes() for name in (ADAPTER, OPTIMIZER, RANDOM, POSITION)}
    for name, data in files.items():
        if hashlib.sha256(data).hexdigest() != manifest["sha256"][name]:
            raise ValueError(f"{name} is not what was written")
    position = Position(**json.loads(files[POSITION]))
    return Checkpoint(path, position, load(files[ADAPTER]), load(files[OPTIMIZER]), load(files[RANDOM]))


def checkpoints(folder: Path) -> Iterator[Path]:
    """The checkpoints of a run, oldest first."""
    found = [path for path in folder.glob("step-*") if NAME.fullmatch(path.name)]
    yield from sorted(found, key=lambda path: int(path.name.removeprefix("step-")))


def prune(folder: Path, keep_last: int, best_step: int | None) -> None:
    """Delete all but the newest checkpoints, and the one of the best step."""
    for path in list(checkpoints(folder))[:-keep_last]:
        if path.name != f"step-{best_step or 0:08d}":
            shutil.rmtree(path)


def restore(
    checkpoint: Checkpoint, adapter: Adapter, optimizer: torch.optim.Optimizer, device: torch.device
) -> Position:
    """Put adapter, optimizer and random numbers where they were. Raises Refusal where the adapter has other targets or ranks, or the
    optimizer is another."""
    fit_ranks(adapter, optimizer, checkpoint.adapter)
    adapter.load_state(checkpoint.adapter)
    for name, parameter in adapter.named_parameters():
        prefix = f"{name}."
        entries = {
            key.removeprefix(prefix): value for key, value in checkpoint.optimizer.items() if key.startswith(prefix)
        }
        if entries:
            restore_state(optimizer, parameter, entries)
    torch.set_rng_state(checkpoint.random["cpu"])
    if device.type == "cuda" and "cuda" in checkpoint.random:
        torch.cuda.set_rng_state(checkpoint.random["cuda"], device)
    return checkpoint.position


def optimizer_tensors(adapter: Adapter, optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The optimizer's state as "<target>.<A or B>.<entry>" to tensor."""
    return {
        f"{name}.{key}": value
        for name, parameter in adapter.named_parameters()
        for key, value in state_tensors(optimizer, parameter).items()
    }


def _random_state(device: torch.device) -> dict[str, Tensor]:
    state = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        state["cuda"] = torch.cuda.get_rng_state(device)
    return state


def _on_cpu(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}


def _json(tree: dict[str, Any]) -> bytes:
    return (json.dumps(tree, indent=1, allow_nan=False) + "\n").encode("utf-8")
