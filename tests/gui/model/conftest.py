"""Fixtures of the model side's tests: small models by their modules, a plan."""

from collections.abc import Callable

import pytest

from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan

LINEAR, HOLDS = "linear", "it only holds other modules"


def llama(layers: int) -> ModelDescription:
    """A Llama-like model, 8 wide: 7 linears in a layer, a head tied to the embedding."""
    modules: list[ModuleInfo] = []

    def add(name: str, kind: str, shape: tuple[int, ...] | None = None, reason: str | None = HOLDS) -> None:
        modules.append(ModuleInfo(name, kind, shape, 0, reason is None, reason))

    add("model", "container")
    add("model.embed_tokens", "embedding", (32, 8), "it looks rows up")
    add("model.layers", "container")
    for layer in range(layers):
        base = f"model.layers.{layer}"
        add(base, "container")
        add(f"{base}.self_attn", "container")
        for part in "qkvo":
            add(f"{base}.self_attn.{part}_proj", LINEAR, (8, 8), None)
        add(f"{base}.mlp", "container")
        for part, shape in (("gate", (16, 8)), ("up", (16, 8)), ("down", (8, 16))):
            add(f"{base}.mlp.{part}_proj", LINEAR, shape, None)
        add(f"{base}.input_layernorm", "norm", (8,), "it scales by a vector")
    add("lm_head", LINEAR, (32, 8), "it shares its weights with the embedding")
    return ModelDescription("/m", None, "llama", 10_000, tuple(modules), layers=layers)


@pytest.fixture
def description() -> ModelDescription:
    """Four layers, 28 linears."""
    return llama(4)


@pytest.fixture
def llama_of() -> Callable[[int], ModelDescription]:
    """Models of any depth."""
    return llama


@pytest.fixture
def gpt2() -> ModelDescription:
    """Two layers with a fused query, key and value."""
    names = ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")
    modules = tuple(
        ModuleInfo(f"transformer.h.{layer}.{name}", "conv1d", (8, 24), 0, True) for layer in range(2) for name in names
    )
    return ModelDescription("/g", None, "gpt2", 10_000, modules, layers=2)


@pytest.fixture
def plan() -> Plan:
    """Every linear module, rank 16, alpha 32."""
    return Plan.model_validate({"model": "/m", "data": {"train": "/rows.jsonl"}})


@pytest.fixture
def mixture() -> ModelDescription:
    """Two layers: in the first each of 3 experts is a module of its own, in the second 8 are stacked into one; each with a router."""
    modules: list[ModuleInfo] = []
    for layer in range(2):
        base = f"model.layers.{layer}"
        modules.append(ModuleInfo(f"{base}.self_attn.q_proj", LINEAR, (8, 8), 64, True))
        modules.append(ModuleInfo(f"{base}.mlp.gate", "other", (8, 8), 64, False, "TopKRouter is no kind of layer"))
        if layer:
            matrices = ((8, 32, 8), (8, 8, 16))
            modules.append(ModuleInfo(f"{base}.mlp.experts", "experts", None, 3072, True, matrices=matrices))
            continue
        for expert in range(3):
            for part, shape in (("w1", (16, 8)), ("w2", (8, 16))):
                modules.append(ModuleInfo(f"{base}.mlp.experts.{expert}.{part}", LINEAR, shape, 128, True))
    return ModelDescription("/moe", None, "mixture", 10_000, tuple(modules), layers=2)
