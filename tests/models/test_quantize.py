import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from bitsandbytes import functional
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM

from studio.lora.frozen import FrozenLinear
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.models.load import load_model
from studio.plan.errors import Refusal

CPU = torch.device("cpu")
HIDDEN, INNER = 128, 256


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Large enough for whole blocks of scales."""
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=64, hidden_size=HIDDEN, intermediate_size=INNER, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=32,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def load(folder: Path, quantization: str, dtype: torch.dtype = torch.float32) -> torch.nn.Module:
    return load_model(str(folder), dtype=dtype, device=CPU, quantization=quantization, layer=FrozenLinear)


def packed(model: torch.nn.Module) -> Iterator[tuple[str, FrozenLinear]]:
    yield from ((name, module) for name, module in model.named_modules() if isinstance(module, FrozenLinear))


def by_the_library(W: Tensor, quantization: str) -> Tensor:
    """A weight through bitsandbytes' own quantisation and back."""
    if quantization == "nf4":
        codes, state = functional.quantize_4bit(W, compress_statistics=True, quant_type="nf4")
        return functional.dequantize_4bit(codes, state)
    codes, scales, _ = functional.int8_vectorwise_quant(W.half())
    return functional.int8_vectorwise_dequant(codes, scales)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("quantization", ["nf4", "int8"])
def test_weights_are_what_the_library_makes_of_them(folder: Path, quantization: str, dtype: torch.dtype) -> None:
    plain, model = load(folder, "none", dtype), load(folder, quantization, dtype)
    found = dict(packed(model))
    assert len(found) == 14
    for name, layer in found.items():
        expected = by_the_library(plain.get_submodule(name).weight, quantization).to(dtype)
        assert layer.weight.dense(dtype).dtype == dtype
        torch.testing.assert_close(layer.weight.dense(dtype), expected, rtol=1e-6, atol=1e-7)
    for name in ("lm_head", "model.embed_tokens", "model.norm", "model.layers.0.input_layernorm"):
        assert torch.equal(model.get_submodule(name).weight, plain.get_submodule(name).weight), name


@pytest.mark.parametrize(("quantization", "bytes_each"), [("nf4", 0.52), ("int8", 1.04)])
def test_what_weights_take_at_rest(folder: Path, quantization: str, bytes_each: float) -> None:
    weights = [layer.weight for _, layer in packed(load(folder, quantization))]
    taken = sum(weight.nbytes for weight in weights) / sum(weight.shape.numel() for weight in weights)
    assert bytes_each * 0.95 < taken <= bytes_each


@pytest.mark.parametrize("quantization", ["nf4", "int8"])
def test_an_adapter_learns_as_over_the_dense_reference_and_keeps_no_dense_weight(
    folder: Path, quantization: str
) -> None:
    model, reference = load(folder, quantization), load(folder, "none")
    for name, layer in packed(model):
        reference.get_submodule(name).weight.data = by_the_library(
            reference.get_submodule(name).weight.data, quantization
        )
        assert layer.bias is None
    ids = torch.randint(0, 64, (2, 16), generator=torch.Generator().manual_seed(1))
    specs = {name: AdapterSpec(4, 8.0) for name, _ in packed(model) if "layers.1" in name or "q_proj" in name}
    results, census = [], []
    for network in (model, reference):
        adapter = inject(network, specs)
        for number, (_, pair) in enumerate(adapter.pairs()):
            pair.B.data += torch.randn(pair.B.shape, generator=torch.Generator().manual_seed(number)) / 10
        embedded = network.get_input_embeddings()(ids).requires_grad_()
        saved: dict[int, int] = {}

        def note(tensor: Tensor, saved: dict[int, int] = saved) -> Tensor:
            saved[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
            return tensor

        with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
            loss = network(inputs_embeds=embedded, labels=ids).loss
        own = {parameter.untyped_storage().data_ptr() for parameter in network.parameters()}
        census.append(sum(size for place, size in saved.items() if place not in own))
        results.append([loss, *torch.autograd.grad(loss, [embedded, *adapter.parameters()])])
    for got, expected in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-6)
    assert census[0] <= census[1]


def test_a_value_that_is_not_finite_is_found_before_it_is_packed(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    tensors["model.layers.1.mlp.up_proj.weight"][3, 4] = float("nan")
    save_file(tensors, folder / "model.safetensors")
    with pytest.raises(Refusal, match=r"model\.layers\.1\.mlp\.up_proj\.weight") as caught:
        load(folder, "nf4")
    assert caught.value.code == "weights-not-finite"


def test_without_the_library_it_is_refused_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "bitsandbytes" else find(name))
    with pytest.raises(Refusal) as caught:
        load(folder, "nf4")
    assert (caught.value.code, caught.value.field) == ("library-missing", "training.quantization")
    assert "pip install" in str(caught.value.now)
