"""The models on offer: the starter, recent ones, and those of the Hub's cache with size and fit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from studio.gui.model.picker import ModelChoice
from studio.plan.room import room_for
from studio.plan.words import size_text


def on_offer(
    starter: str, recent: Sequence[str], cached: Sequence[Mapping[str, Any]], available_bytes: int | None
) -> list[ModelChoice]:
    """The starter first, then recent ones, then what else the cache has; each model once.

    `cached` are answers to `cached_models`: {"model", "weight_bytes"}. What fits in `available_bytes` is said where it is known.
    """
    translate = QCoreApplication.translate
    sizes = {entry["model"]: _size_words(entry["weight_bytes"], available_bytes) for entry in cached}
    choices = [
        ModelChoice(
            starter,
            translate("ModelPicker", "Starter model"),
            translate("ModelPicker", "bundled, small, works offline"),
        )
    ]
    for model in dict.fromkeys([*(model for model in recent if model != starter), *sizes]):
        words = sizes.get(model)
        name = model if words is not None else Path(model).name
        choices.append(ModelChoice(model, name if words is None else f"{name}  ·  {words}", words or model))
    return choices


def available_of(machine: Mapping[str, Any]) -> int | None:
    """The memory that models are held in: the first GPU's, else what the machine has free; None where a worker has not told."""
    gpus = [device["memory_bytes"] for device in machine.get("devices", ()) if str(device["kind"]).startswith("cuda")]
    return gpus[0] if gpus else machine.get("memory_available_bytes")


def _size_words(weight_bytes: int, available_bytes: int | None) -> str:
    size = size_text(weight_bytes)
    return size if available_bytes is None else f"{size} · {room_words(weight_bytes, available_bytes)}"


def room_words(weight_bytes: int, available_bytes: int) -> str:
    """Whether a model can be held, in a word or two."""
    translate = QCoreApplication.translate
    return {
        "fits": translate("ModelPicker", "fits"),
        "tight": translate("ModelPicker", "tight: in 4 bits"),
        "too large": translate("ModelPicker", "too large"),
    }[room_for(weight_bytes, available_bytes)]
