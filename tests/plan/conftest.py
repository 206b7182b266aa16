"""Model descriptions made from a shape alone, as a reader of config.json would give them."""

import pytest

from studio.plan.description import ModelDescription, ModuleInfo


def llama(
    layers: int = 2,
    hidden: int = 64,
    inner: int = 160,
    heads: int = 4,
    kv_heads: int = 2,
    vocab: int = 512,
    tied: bool = True,
    dtype: str = "float32",
) -> ModelDescription:
    """A Llama of some shape: every linear module of it, its embedding and its head."""
    head_dim = hidden // heads
    q, kv = heads * head_dim, kv_heads * head_dim
    modules = [ModuleInfo("model.embed_tokens", "embedding", (vocab, hidden), vocab * hidden, False, "an embedding")]
    for layer in range(layers):
        for name, shape in {
            "self_attn.q_proj": (q, hidden),
            "self_attn.k_proj": (kv, hidden),
            "self_attn.v_proj": (kv, hidden),
            "self_attn.o_proj": (hidden, q),
            "mlp.gate_proj": (inner, hidden),
            "mlp.up_proj": (inner, hidden),
            "mlp.down_proj": (hidden, inner),
        }.items():
            modules.append(ModuleInfo(f"model.layers.{layer}.{name}", "linear", shape, shape[0] * shape[1], True))
        for norm in ("input_layernorm", "post_attention_layernorm"):
            modules.append(ModuleInfo(f"model.layers.{layer}.{norm}", "norm", (hidden,), hidden, False, "a norm"))
    modules.append(ModuleInfo("model.norm", "norm", (hidden,), hidden, False, "a norm"))
    head = ModuleInfo("lm_head", "linear", (vocab, hidden), vocab * hidden, not tied, "tied" if tied else None, True)
    total = sum(module.parameters for module in modules) + (0 if tied else vocab * hidden)
    return ModelDescription(
        model="llama",
        path=None,
        model_type="llama",
        total_parameters=total,
        modules=(*modules, head),
        dtype=dtype,
        tied=tied,
        layers=layers,
        hidden_size=hidden,
        intermediate_size=inner,
        vocab_size=vocab,
        heads=heads,
        kv_heads=kv_heads,
        head_dim=head_dim,
        max_positions=2048,
    )


@pytest.fixture(scope="session")
def small() -> ModelDescription:
    return llama()


@pytest.fixture(scope="session")
def large() -> ModelDescription:
    """The shape of Llama 3 8B."""
    return llama(32, 4096, 14336, 32, 8, 128256, tied=False, dtype="bfloat16")
