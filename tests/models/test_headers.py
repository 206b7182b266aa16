from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from studio.models import headers
from studio.models.headers import read_header
from studio.plan.errors import Refusal


def test_names_types_and_shapes_are_those_that_safetensors_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    tensors = {
        "half": torch.zeros(2, 3, dtype=torch.float16),
        "whole": torch.zeros(5, dtype=torch.int64),
        "none": torch.zeros(0, 4),
        "one": torch.tensor(1.0, dtype=torch.bfloat16),
    }
    save_file(tensors, path, metadata={"format": "pt"})
    found = read_header(path)
    with safe_open(path, framework="pt") as file:
        slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118 - it is no dict
    assert {name: (info.dtype, list(info.shape)) for name, info in found.items()} == {
        name: (part.get_dtype(), part.get_shape()) for name, part in slices.items()
    }
    assert {name: info.size_bytes for name, info in found.items()} == {
        name: tensor.nbytes for name, tensor in tensors.items()
    }


def test_more_tensors_than_any_model_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_file({"a": torch.zeros(1), "b": torch.zeros(1)}, tmp_path / "a.safetensors")
    monkeypatch.setattr(headers, "MOST_TENSORS", 1)
    with pytest.raises(Refusal, match="2 tensors"):
        read_header(tmp_path / "a.safetensors")
