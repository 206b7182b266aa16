"""Reading PEFT's tensors: whole finite pairs, or a refusal that names the tensor."""

import pytest
import torch
from safetensors.torch import save_file

from studio.formats.peft.tensors import read_tensors
from studio.plan.errors import Refusal

A, B = "base_model.model.q.lora_A.weight", "base_model.model.q.lora_B.weight"
M = "base_model.model.q.lora_magnitude_vector"
GOOD = {A: torch.ones(2, 3), B: torch.ones(4, 2)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "adapter_model.safetensors"


def test_reads_pairs_in_float32_with_the_metadata(path):
    save_file({name: tensor.half() for name, tensor in GOOD.items()}, path, {"format": "pt"})
    pairs, metadata = read_tensors(path)
    assert {matrix: tuple(tensor.shape) for matrix, tensor in pairs["q"].items()} == {"A": (2, 3), "B": (4, 2)}
    assert {tensor.dtype for tensor in pairs["q"].values()} == {torch.float32}
    assert metadata == {"format": "pt"}


@pytest.mark.parametrize("ending", ["", ".weight"])  # as PEFT names the magnitude, and as it once did
def test_reads_embeddings_magnitudes_and_kernels_and_passes_the_bases_own_weights_over(path, ending):
    tensors = {
        "base_model.model.wte.lora_embedding_A": torch.ones(2, 7),
        "base_model.model.wte.lora_embedding_B": torch.ones(4, 2),
        "base_model.model.wte.base_layer.weight": torch.ones(7, 4),
        "base_model.model.conv.lora_A.weight": torch.ones(2, 3, 5, 5),
        "base_model.model.conv.lora_B.weight": torch.ones(4, 2, 1, 1),
        f"base_model.model.conv.lora_magnitude_vector{ending}": torch.ones(1, 4, 1, 1),
    }
    save_file(tensors, path)
    pairs, _ = read_tensors(path)
    assert {name: sorted(matrices) for name, matrices in pairs.items()} == {"conv": ["A", "B", "m"], "wte": ["A", "B"]}
    assert pairs["conv"]["A"].shape == (2, 3, 5, 5)


@pytest.mark.parametrize(
    ("tensors", "named"),
    [
        ({}, "would do nothing"),
        ({A: GOOD[A]}, "lacks the B matrix of q"),
        ({B: GOOD[B]}, "lacks the A matrix of q"),
        ({M: torch.ones(4)}, "lacks the [AB] matrix of q"),
        (GOOD | {A: torch.zeros(2, 3)}, "zeros, so it would do nothing"),
        (GOOD | {B: torch.zeros(4, 2)}, "zeros, so it would do nothing"),
        (GOOD | {A: torch.full((2, 3), torch.nan)}, "NaN or infinity"),
        (GOOD | {B: torch.full((4, 2), torch.inf)}, "NaN or infinity"),
        (GOOD | {A: torch.ones(2, 3, dtype=torch.int32)}, "no matrix of real numbers: int32"),
        (GOOD | {A: torch.ones(2)}, r"shape \(2,\)"),
        (GOOD | {A: torch.ones(2, 3, 1, 1, 1, 1)}, r"shape \(2, 3, 1, 1, 1, 1\)"),
        (GOOD | {A: torch.ones(0, 3), B: torch.ones(4, 0)}, r"shape \(0, 3\)"),
        ({"model.q.lora_A.weight": GOOD[A]}, "does not begin with 'base_model.model.'"),
        (GOOD | {M: torch.full((4,), torch.nan)}, "NaN or infinity"),
        (GOOD | {"base_model.model.head.weight": torch.ones(4)}, "is no matrix of an adapter"),
        (GOOD | {"base_model.model.q.lora_B.bias": torch.ones(4)}, "is no matrix of an adapter"),
        (GOOD | {"base_model.model.lora_A.weight": torch.ones(2, 3)}, "is no matrix of an adapter"),
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
