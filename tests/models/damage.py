"""Ways to damage a model folder, and what a check must say about it."""

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.models.checks import check_folder
from studio.plan.errors import Refusal
from tests.models.conftest import edit_json

Damage = Callable[[Path], object]
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"


def refusal_of(folder: Path) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_folder(folder)
    refusal = caught.value
    assert refusal.field == "model"
    assert refusal.where is not None
    assert refusal.now is not None
    assert "\n" not in refusal.sentence
    return refusal


def edit_weights(folder: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = load_file(folder / WEIGHTS)
    change(tensors)
    save_file(tensors, folder / WEIGHTS)


def edit_header(folder: Path, change: Callable[[dict], object]) -> None:
    data = (folder / WEIGHTS).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tree = json.loads(data[8 : 8 + length])
    change(tree)
    text = json.dumps(tree).encode()
    (folder / WEIGHTS).write_bytes(struct.pack("<Q", len(text)) + text + data[8 + length :])


def edit_map(folder: Path, change: Callable[[dict[str, str]], object]) -> None:
    tree = json.loads((folder / INDEX).read_text())
    change(tree["weight_map"])
    (folder / INDEX).write_text(json.dumps(tree))


def config(**changes: object) -> Damage:
    return lambda folder: edit_json(folder / "config.json", **changes)


def text(name: str, content: str) -> Damage:
    return lambda folder: (folder / name).write_text(content)
