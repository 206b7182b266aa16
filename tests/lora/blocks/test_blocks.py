"""Whole models with fused blocks against the same models without: outputs and every gradient."""

import copy
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from transformers import (
    Gemma2Config,
    Gemma2ForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    GraniteConfig,
    GraniteForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    Phi3Config,
    Phi3ForCausalLM,
    PhiConfig,
    PhiForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3MoeConfig,
    Qwen3MoeForCausalLM,
)

from studio.lora.adapter import Adapter
from studio.lora.blocks.find import Blocks, fuse
from studio.lora.inject import inject
from studio.lora.narrow import LEAST_ROWS
from studio.lora.spec import AdapterSpec

SHAPE = {
    "vocab_size": 61, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 32, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
}  # fmt: skip
MODELS: dict[str, tuple[Callable[[], nn.Module], tuple[int, int, int]]] = {  # with the norms, gated MLPs and shared inputs they have
    "llama": (lambda: LlamaForCausalLM(LlamaConfig(**SHAPE)), (5, 2, 2)),
    "mistral": (lambda: MistralForCausalLM(MistralConfig(**SHAPE)), (5, 2, 2)),
    "qwen2": (lambda: Qwen2ForCausalLM(Qwen2Config(**SHAPE)), (5, 2, 2)),
    "qwen3": (lambda: Qwen3ForCausalLM(Qwen3Config(**SHAPE, head_dim=4)), (9, 2, 2)),
    "gemma2": (lambda: Gemma2ForCausalLM(Gemma2Config(**SHAPE, head_dim=4)), (9, 2, 2)),
    "phi3": (lambda: Phi3ForCausalLM(Phi3Config(**SHAPE)), (5, 2, 0)),
    "granite": (lambda: GraniteForCausalLM(GraniteConfig(**SHAPE)), (5, 2, 2)),
    "phi": (lambda: PhiForCausalLM(PhiConfig(**SHAPE)), (0, 0, 2)),  # layer norms, and an MLP without a gate
    "gpt2": (lambda: GPT2LMHeadModel(GPT2Config(vocab_size=61, n_embd=16, n_layer=2, n_head=4, n_positions=32)), (0, 0, 0)),
}  # fmt: skip
IDS = torch.arange(24).reshape(2, 12) % 61


def built(name: str, **spec: object) -> tuple[nn.Module, Adapter]:
    """A model with an adapter on all its linear layers but the head, whose B are anything but zero."""
    torch.manual_seed(0)
    return adapted(MODELS[name][0](), **spec)


def adapted(
    model: nn.Module, *, targets: Callable[[str], bool] = lambda name: True, **spec: object
) -> tuple[nn.Module, Adapter]:
    model.eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)  # norms and biases too
    kinds = ("Linear", "Conv1D")
    names = [
        name for name, module in model.named_modules()
        if type(module).__name__ in kinds and "lm_head" not in name and targets(name)
    ]  # fmt: skip
    adapter = inject(model, {name: AdapterSpec(3, 6.0, **spec) for name in names})
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return model, adapter


def fused(model: nn.Module) -> Blocks:
    return fuse(model, lambda: model(input_ids=IDS))


def results(model: nn.Module, adapter: Adapter) -> tuple[Tensor, Tensor, list[Tensor]]:
    """Logits, the gradient of the embedded input, and those of all trained matrices."""
    embedded = model.get_input_embeddings()(IDS).detach().requires_grad_()
    logits = model(inputs_embeds=embedded, use_cache=False).logits
    loss = (logits.float() * torch.linspace(-1, 1, logits.numel()).view_as(logits)).sum() / 50
    wanted = [parameter for parameter in adapter.parameters() if parameter.requires_grad]
    first, *rest = torch.autograd.grad(loss, [embedded, *wanted])
    return logits.detach(), first, rest


def graph(output: Tensor) -> str:
    """The names of the last nodes that made a tensor."""
    node = output.grad_fn
    names = [type(node).__name__]
    while node is not None and node.next_functions:
        node = node.next_functions[0][0]
        names.append(type(node).__name__)
    return " ".join(names[:4])


def assert_same(one: tuple[Tensor, Tensor, list[Tensor]], other: tuple[Tensor, Tensor, list[Tensor]]) -> None:
    for mine, theirs in zip((one[0], one[1], *one[2]), (other[0], other[1], *other[2]), strict=True):
        torch.testing.assert_close(mine, theirs, rtol=2e-4, atol=2e-5 * max(1.0, float(theirs.abs().max())))


@pytest.mark.parametrize("name", MODELS)
def test_a_fused_model_is_the_plain_one(name: str) -> None:
    model, adapter = built(name)
    plain = results(model, adapter)
    blocks = fused(model)
    assert (len(blocks.norms), len(blocks.gated), len(blocks.shared)) == MODELS[name][1]
    assert_same(results(model, adapter), plain)
    blocks.remove()
    again = results(model, adapter)
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(again[2], plain[2], strict=True))


@pytest.mark.parametrize("targets", [".q_proj", ".v_proj", ".gate_proj", ".down_proj", "layers.1."])
def test_some_targets_alone(targets: str) -> None:
    torch.manual_seed(0)
    model, adapter = adapted(MODELS["qwen2"][0](), targets=lambda name: targets in name)
    plain = results(model, adapter)
    fused(model)
    assert_same(results(model, adapter), plain)


@pytest.mark.parametrize("spec", [{"dropout": 0.3}, {"variant": "dora"}, {"variant": "lora-fa"}, {"variant": "rslora"}])
def test_every_variant(spec: dict[str, object]) -> None:
    model, adapter = built("llama", **spec)
    model.train()

    def run() -> tuple[Tensor, Tensor, list[Tensor]]:
        torch.manual_seed(1)  # of the dropout's masks
        return results(model, adapter)

    plain = run()
    fused(model)
    assert_same(run(), plain)


def test_experts_that_are_modules_of_their_own() -> None:
    shape = {
        **SHAPE,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 8,
        "head_dim": 4,
        "mlp_only_layers": [1],
    }
    torch.manual_seed(0)
    model, adapter = adapted(Qwen3MoeForCausalLM(Qwen3MoeConfig(**shape)))
    plain = results(model, adapter)
    assert len(fused(model).gated) == 1  # of the layer without experts
    assert_same(results(model, adapter), plain)


def test_in_bfloat16_it_is_as_near_to_float32_as_the_plain_one() -> None:
    exact = results(*built("llama"))
    model, adapter = built("llama")
    model.to(torch.bfloat16)
    for parameter in adapter.parameters():
        parameter.data = parameter.data.float()
    distances = []
    for _ in range(2):
        found = results(model, adapter)
        distances.append(
            [
                float((mine.float() - right).norm() / right.norm())
                for mine, right in zip(found[2], exact[2], strict=True)
            ]
        )
        fused(model)
    plain, ours = map(max, distances)
    assert ours < 1.2 * plain < 0.2


def test_checkpoints_compute_the_same() -> None:
    model, adapter = built("llama")
    plain = results(model, adapter)
    model.train()
    model.activation_checkpointing_enable({"use_reentrant": False})
    fused(model)
    assert_same(results(model, adapter), plain)


def test_an_adapter_that_changes_is_seen_at_once() -> None:
    model, _ = built("llama")
    other = copy.deepcopy(model)
    fused(model)
    for one in (model, other):
        with torch.no_grad():
            for module in one.modules():
                if hasattr(module, "parts"):
                    for part in module.parts.values():
                        part.strength = 0.5
    assert torch.allclose(model(input_ids=IDS).logits, other(input_ids=IDS).logits, atol=1e-5)


def test_an_adapter_that_was_out_for_a_while_is_fused_again() -> None:
    model, adapter = built("llama", dropout=0.5)
    plain = model(input_ids=IDS).logits
    with adapter.disabled():
        base = model(input_ids=IDS).logits
    fused(model)
    with adapter.disabled():
        assert torch.allclose(model(input_ids=IDS).logits, base, atol=1e-5)
    assert torch.allclose(model(input_ids=IDS).logits, plain, atol=1e-5)
    adapter.train(True)
    assert not torch.allclose(model(input_ids=IDS).logits, plain, atol=1e-5), "dropout has no effect"
    adapter.train(False)
    attention, mlp = model.model.layers[0].self_attn, model.model.layers[0].mlp
    x = torch.randn(1, 3, 16)
    assert "Gated" in graph(mlp(x))
    assert "SharedInput" in graph(attention.q_proj(x))


def test_generation_with_a_cache_is_the_same() -> None:
    model, _ = built("llama")
    model.eval()
    before = model.generate(IDS, max_new_tokens=8, do_sample=False)
    fused(model)
    assert torch.equal(model.generate(IDS, max_new_tokens=8, do_sample=False), before)


def saved_bytes(run: Callable[[], Tensor], leave_out: set[int]) -> int:
    """What a graph keeps for backward, each storage once."""
    kept: dict[int, int] = {}

    def note(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in leave_out:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        out = run()  # kept, so that no storage is used again
    assert out.requires_grad
    return sum(kept.values())


def test_what_a_gated_block_keeps() -> None:
    model, _ = built("llama")
    mlp = model.model.layers[0].mlp
    x = torch.randn(2, 12, 16, requires_grad=True)
    own = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    plain = saved_bytes(lambda: mlp(x), own)
    fused(model)
    rows, width, hidden, ranks = 24, 16, 24, 3 * LEAST_ROWS
    ours = saved_bytes(lambda: mlp(x), own)
    assert ours == 4 * rows * (width + 2 * hidden + ranks)  # x, e, g, three narrow products
    assert plain >= ours + 4 * rows * (2 * hidden - ranks)  # act(e) and the product besides
