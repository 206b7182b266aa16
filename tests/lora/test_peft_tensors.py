import re

import pytest
import torch
from safetensors.torch import save_file

from studio.lora.peft_tensors import read_tensors, tensor_name
from studio.plan.errors import Refusal

A, B = tensor_name("q", "A"), tensor_name("q", "B")
GOOD = {A: torch.ones(2, 3), B: torch.ones(4, 2)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "adapter_model.safetensors"


def test_reads_pairs_in_float32_with_the_metadata(path):
    save_file({name: tensor.half() for name, tensor in GOOD.items()}, path, {"format": "pt"})
    pairs, metadata = read_tensors(path)
    assert [tuple(matrix.shape) for matrix in pairs["q"]] == [(2, 3), (4, 2)]
    assert {matrix.dtype for matrix in pairs["q"]} == {torch.float32}
    assert metadata == {"format": "pt"}


@pytest.mark.parametrize(
    ("tensors", "named"),
    [
        ({}, "would do nothing"),
        ({A: GOOD[A]}, f"lacks {re.escape(B)}"),
        ({B: GOOD[B]}, f"lacks {re.escape(A)}"),
        (GOOD | {A: torch.full((2, 3), torch.nan)}, "NaN or infinity"),
        (GOOD | {B: torch.full((4, 2), torch.inf)}, "NaN or infinity"),
        (GOOD | {A: torch.ones(5, 3)}, "has rank 5 and .* rank 2"),
        (GOOD | {A: torch.ones(2, 3, dtype=torch.int32)}, "no matrix of real numbers: int32"),
        (GOOD | {A: torch.ones(2, 3, 1, 1)}, r"shape \(2, 3, 1, 1\)"),
        (GOOD | {A: torch.ones(0, 3), B: torch.ones(4, 0)}, r"shape \(0, 3\)"),
        ({"model.q.lora_A.weight": GOOD[A]}, "does not begin with 'base_model.model.'"),
        (GOOD | {"base_model.model.q.lora_magnitude_vector": torch.ones(4)}, "lora_magnitude_vector"),
        (GOOD | {"base_model.model.head.weight": torch.ones(4)}, "neither an A nor a B"),
        (GOOD | {"base_model.model.lora_A.weight": torch.ones(2, 3)}, "neither an A nor a B"),
    ],
)
def test_anything_but_whole_finite_pairs_is_refused(path, tensors, named):
    save_file(tensors, path)
    with pytest.raises(Refusal, match=named) as refused:
        read_tensors(path)
    assert refused.value.where == str(path)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda data: b"", "is empty"),
        (lambda data: data[:5], "no valid header"),
        (lambda data: (1 << 62).to_bytes(8, "little") + data[8:], "no valid header"),
        (lambda data: data[:-3], "is damaged"),
        (lambda data: data[:8] + b"}" * (len(data) - 8), "is damaged"),
    ],
)
def test_a_damaged_file_is_refused(path, damage, named):
    save_file(GOOD, path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Refusal, match=named):
        read_tensors(path)


def test_a_pickle_is_refused_unopened(path):
    path.with_suffix(".bin").write_bytes(b"cos\nsystem\n(S'exit 1'\ntR.")
    with pytest.raises(Refusal, match="pickle") as refused:
        read_tensors(path)
    assert refused.value.code == "adapter-pickle"


def test_a_missing_file_is_refused(path):
    with pytest.raises(Refusal, match=r"no adapter_model\.safetensors"):
        read_tensors(path)
