"""Models whose decoder layers are computed as one node each, against the same models by parts and by transformers' own code."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from transformers import (
    Gemma2Config,
    GPT2Config,
    LlamaConfig,
    MistralConfig,
    PreTrainedConfig,
    PreTrainedModel,
    Qwen2Config,
    Qwen3Config,
    Qwen3MoeConfig,
)
from transformers.models.auto import AutoModelForCausalLM

from studio.data.batches import Batch, collate
from studio.data.example import Example
from studio.engine import whole_layers
from studio.engine.fusing import fuse_proven
from studio.engine.loss import LineLoss, choose_loss
from studio.engine.proof import Slope
from studio.engine.short_attention import SHORT
from studio.lora.adapter import Adapter
from studio.lora.inject import inject
from studio.lora.narrow import LEAST_ROWS
from studio.lora.spec import AdapterSpec

SHAPE = {
    "vocab_size": 61, "hidden_size": 64, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 256, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
    "initializer_range": 0.2,
}  # fmt: skip
WHOLE: dict[str, Callable[[], PreTrainedConfig]] = {
    "llama": lambda: LlamaConfig(**SHAPE),
    "llama-biased": lambda: LlamaConfig(**SHAPE, attention_bias=True, mlp_bias=True),
    "mistral": lambda: MistralConfig(**SHAPE, sliding_window=5),
    "qwen2": lambda: Qwen2Config(**SHAPE),
}
BY_PARTS: dict[str, Callable[[], PreTrainedConfig]] = {
    "qwen3": lambda: Qwen3Config(**SHAPE, head_dim=16),  # norms of queries and keys
    "gemma2": lambda: Gemma2Config(**SHAPE, head_dim=16),  # four norms, and scores that are capped
    "qwen3-moe": lambda: Qwen3MoeConfig(
        **SHAPE, head_dim=16, num_experts=2, num_experts_per_tok=1, moe_intermediate_size=16
    ),
    "gpt2": lambda: GPT2Config(vocab_size=61, n_embd=16, n_layer=2, n_head=4, n_positions=256),
}
KINDS = ("Linear", "Conv1D")


def adapted(
    config: PreTrainedConfig, dtype: torch.dtype = torch.float32, **spec: object
) -> tuple[PreTrainedModel, Adapter]:
    """A model with an adapter on all its linear layers but the head, whose B are anything but zero."""
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config).to(dtype).eval()
    model.requires_grad_(False)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    names = [name for name, module in model.named_modules() if type(module).__name__ in KINDS and "head" not in name]
    adapter = inject(model, {name: AdapterSpec(3, 6.0, **spec) for name in names if "gate.weight" not in name})
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return model, adapter


def batch_of(*lengths: int) -> Batch:
    generator = torch.Generator().manual_seed(0)
    rows = [
        Example(
            torch.randint(3, 61, (length,), generator=generator).numpy(), (torch.arange(length) > 1).numpy(), number
        )
        for number, length in enumerate(lengths)
    ]
    return collate([(row,) for row in rows], 0)


SAMPLE = batch_of(9, 20)


def gradient(loss: Callable[[Batch], Tensor], adapter: Adapter, batch: Batch) -> list[Tensor]:
    value = loss(batch)
    wanted = [parameter for parameter in adapter.parameters() if parameter.requires_grad]
    return [value.detach(), *torch.autograd.grad(value, wanted, materialize_grads=True)]


def assert_same(mine: list[Tensor], right: list[Tensor]) -> None:
    assert sum(float(one.abs().sum()) for one in right[1:]) > 0
    for one, other in zip(mine, right, strict=True):
        torch.testing.assert_close(one, other, rtol=2e-4, atol=2e-5 * max(1.0, float(other.abs().max())))


@pytest.fixture(params=["merged", "narrow products"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Adapters of such small layers are merged into the weights, once a forward; larger ones are not."""
    if request.param != "merged":
        monkeypatch.setattr(whole_layers, "NARROW_ENTRIES", 0)
    return str(request.param)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("variant", ["lora", "lora-fa"])
def test_whole_layers_compute_what_the_model_does(way: str, name: str, variant: str) -> None:
    model, adapter = adapted(WHOLE[name](), variant=variant)
    loss = choose_loss(model, SAMPLE)
    assert isinstance(loss, LineLoss)
    batch = batch_of(13, 5, 30, 29)
    right = gradient(loss, adapter, batch)
    _, layers = fuse_proven(model, loss, SAMPLE)
    assert len(layers) == 2
    assert_same(gradient(loss, adapter, batch), right)
    assert ("MergedBackward" in names(loss(batch))) == (way == "merged")
    for layer in layers:
        layer.remove()
    assert_same(gradient(loss, adapter, batch), right)


@pytest.mark.parametrize("name", BY_PARTS)
def test_other_layers_are_left_to_their_parts(name: str) -> None:
    model, adapter = adapted(BY_PARTS[name]())
    loss = choose_loss(model, SAMPLE)
    right = gradient(loss, adapter, SAMPLE)
    _, layers = fuse_proven(model, loss, SAMPLE)
    assert not layers
    assert_same(gradient(loss, adapter, SAMPLE), right)


def names(output: Tensor) -> set[str]:
    """Of all autograd nodes that a tensor comes from."""
    found, left = set(), [output.grad_fn]
    seen = set()
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.add(node)
            found.add(type(node).__name__)
            left += [before for before, _ in node.next_functions]
    return found


def test_a_merge_follows_the_weights_and_the_matrices() -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    _, layers = fuse_proven(model, loss, SAMPLE)
    for matrix in (layer(model).base.weight, adapter.parameters()[0]):
        before = loss(SAMPLE).item()
        with torch.no_grad():
            matrix.mul_(1.5)
        after = loss(SAMPLE).item()
        assert after != pytest.approx(before, rel=1e-6)
    for one in layers:
        one.remove()
    assert loss(SAMPLE).item() == pytest.approx(after, rel=1e-5)


def test_ranks_that_differ_are_merged_too() -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE))
    adapter.keep("model.layers.0.self_attn.q_proj", torch.tensor([0, 2]))
    loss = choose_loss(model, SAMPLE)
    right = gradient(loss, adapter, SAMPLE)
    _, layers = fuse_proven(model, loss, SAMPLE)
    assert len(layers) == 2
    assert "MergedBackward" in names(loss(SAMPLE))
    assert_same(gradient(loss, adapter, SAMPLE), right)


def test_less_is_kept_for_backward_than_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_layers, "NARROW_ENTRIES", 0)
    model, adapter = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    _, layers = fuse_proven(model, loss, SAMPLE)
    batch = batch_of(60, 90)
    whole = kept_entries(loss, batch)
    for layer in layers:
        layer.remove()
    # What the norms give, for 150 tokens; by parts the first layer's own input is not kept, since nothing below it is trained.
    of_norms = (2 * 2 - 1) * SHAPE["hidden_size"] * 150
    factors = sum(LEAST_ROWS * (pair.A.shape[1] + pair.B.shape[0]) for _, pair in adapter.pairs())  # laid out once
    assert whole < kept_entries(loss, batch) - of_norms + factors


def kept_entries(loss: Callable[[Batch], Tensor], batch: Batch = SAMPLE) -> int:
    """The entries of all tensors that a forward keeps, each storage once."""
    kept: dict[int, int] = {}

    def note(tensor: Tensor) -> Tensor:
        kept[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes() // tensor.element_size()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        held = loss(batch)
    assert held.requires_grad
    return sum(kept.values())


def test_a_checkpointed_layer_keeps_its_input_alone() -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    right = gradient(loss, adapter, SAMPLE)
    without = kept_entries(loss)
    model.activation_checkpointing_enable({"use_reentrant": False})
    model.disable_input_require_grads()
    _, layers = fuse_proven(model, loss, SAMPLE)
    assert len(layers) == 2
    model.train()
    assert kept_entries(loss) < 0.5 * without
    assert_same(gradient(loss, adapter, SAMPLE), right)


@pytest.mark.parametrize("why", ["long", "dropout", "norm", "plain", "muted"])
def test_a_layer_goes_its_own_way_where_the_node_does_not_fit(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE), dropout=0.5 if why == "dropout" else 0.0)
    loss = choose_loss(model, SAMPLE)
    fuse_proven(model, loss, SAMPLE)
    calls = counted(monkeypatch)
    batch = batch_of(SHORT + 1, 7) if why == "long" else SAMPLE
    if why == "dropout":
        adapter.train(True)
    elif why == "norm":
        norm(model).requires_grad_(True)
    elif why == "plain":
        layer(model).plain = True
    elif why == "muted":
        layer(model).parts[next(iter(layer(model).parts))].strength = 0.0
    loss(batch)
    # Both layers, one of them, or none; a muted adapter is but a branch without one.
    assert len(calls) == {"long": 0, "dropout": 0, "norm": 1, "plain": 1, "muted": 2}[why]


def norm(model: nn.Module) -> nn.Parameter:
    return model.get_parameter("model.layers.0.input_layernorm.weight")


def layer(model: nn.Module) -> nn.Module:
    return model.get_submodule("model.layers.0.self_attn.q_proj")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the calls of the node from now on."""
    calls: list[int] = []
    plain = whole_layers.decoder_layer

    def counting(x: Tensor, *more: object) -> Tensor:
        calls.append(x.shape[1])
        return plain(x, *more)

    monkeypatch.setattr(whole_layers, "decoder_layer", counting)
    return calls


def test_a_layer_with_a_cache_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    model, _ = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    fuse_proven(model, loss, SAMPLE)
    calls = counted(monkeypatch)
    model.generate(SAMPLE.input_ids[:, :5], max_new_tokens=3, do_sample=False)
    assert not calls


def test_layers_that_answer_otherwise_are_taken_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    right = gradient(loss, adapter, SAMPLE)
    plain = whole_layers.decoder_layer
    monkeypatch.setattr(whole_layers, "decoder_layer", lambda x, *more: 0.9 * plain(x, *more))
    blocks, layers = fuse_proven(model, loss, SAMPLE)
    assert not layers
    assert blocks.norms
    assert_same(gradient(loss, adapter, SAMPLE), right)


def test_blocks_that_answer_otherwise_leave_nothing_to_compose(monkeypatch: pytest.MonkeyPatch) -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE))
    loss = choose_loss(model, SAMPLE)
    monkeypatch.setattr(Slope, "near", lambda self, other, dtype: False)
    blocks, layers = fuse_proven(model, loss, SAMPLE)
    assert not layers
    assert not blocks.norms
    assert adapter.parameters()


def test_in_bfloat16_they_are_as_near_to_the_truth_as_the_parts() -> None:
    model, adapter = adapted(LlamaConfig(**SHAPE), torch.bfloat16)
    loss = choose_loss(model, SAMPLE)
    _, layers = fuse_proven(model, loss, SAMPLE)
    assert len(layers) == 2
    whole = gradient(loss, adapter, SAMPLE)[1:]
    for one in layers:
        one.remove()
    parts = gradient(loss, adapter, SAMPLE)[1:]
    model.float()
    exact = gradient(loss, adapter, SAMPLE)[1:]
    off_whole, off_parts = (
        sum(float((one.float() - right.float()).square().sum()) for one, right in zip(found, exact, strict=True))
        for found in (whole, parts)
    )
    assert off_whole < 1.5 * off_parts
