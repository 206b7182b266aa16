import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import MixtralConfig, MixtralForCausalLM
from transformers.models.mixtral.modeling_mixtral import MixtralExperts

from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec

CONFIG = MixtralConfig(
    vocab_size=61, hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=4,
    num_key_value_heads=2, num_local_experts=8, num_experts_per_tok=2,
)  # fmt: skip


class Largest(TorchDispatchMode):
    """Remembers the largest tensor that is made anew, and is no view of what a model holds."""

    def __init__(self, model):
        super().__init__()
        self.entries = 0
        self.held = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        for tensor in torch.utils._pytree.tree_leaves(result):
            if isinstance(tensor, torch.Tensor) and tensor.untyped_storage().data_ptr() not in self.held:
                self.entries = max(self.entries, tensor.numel())
        return result


def test_the_deltas_of_all_experts_are_never_made():
    torch.manual_seed(0)
    model = nn.Sequential(MixtralExperts(CONFIG))
    for parameter in model.parameters():
        nn.init.normal_(parameter, std=0.1)
    adapter = inject(model, {"0": AdapterSpec(2, 4.0)})
    weights, chosen = torch.rand(5, 8).topk(2, dim=-1)
    with Largest(model) as largest:
        model[0](torch.randn(5, 16), chosen, weights).sum().backward()
    one_expert, every_gradient = 2 * 24 * 16, max(parameter.numel() for parameter in adapter.parameters())
    assert largest.entries <= max(one_expert, every_gradient)
    assert 8 * one_expert > largest.entries  # which the deltas of all would be


def test_a_model_whose_experts_run_grouped_is_adapted_too():
    torch.manual_seed(0)
    model = MixtralForCausalLM(CONFIG).eval()
    ids = torch.arange(10).view(2, 5)
    name = "model.layers.0.mlp.experts"
    base = model(ids).logits
    adapter = inject(model, {name: AdapterSpec(2, 4.0)})
    torch.testing.assert_close(model(ids).logits, base, rtol=1e-5, atol=1e-6)
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.normal_(std=0.3)
    adapted = model(ids).logits
    assert not torch.allclose(adapted, base, atol=1e-3)
    adapter.merge()
    torch.testing.assert_close(model(ids).logits, adapted, rtol=1e-4, atol=1e-5)
