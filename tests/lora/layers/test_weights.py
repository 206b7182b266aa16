"""Torch's encoder layers read their modules' weights in evaluation: the adapter must speak there too."""

import pytest
import torch
from torch import nn

from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec

TARGETS = ("layers.0.self_attn", "layers.1.linear1", "layers.1.linear2")


@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.filterwarnings("ignore:.*nested tensors:UserWarning", "ignore:enable_nested_tensor:UserWarning")
def test_evaluation_without_gradients_is_adapted_as_training_is(target, padded):
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 12, dropout=0.0, batch_first=True)
    model = nn.TransformerEncoder(layer, 2)
    x = torch.randn(3, 5, 8)
    mask = torch.tensor([[False] * 5, [False] * 3 + [True] * 2, [False] * 4 + [True]]) if padded else None
    adapter = inject(model, {target: AdapterSpec(2, 4.0)})
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.normal_(std=0.5)
    wanted = model.train()(x, src_key_padding_mask=mask).detach()
    with torch.no_grad():
        found = model.eval()(x, src_key_padding_mask=mask)
        with adapter.disabled():
            base = model(x, src_key_padding_mask=mask)
    seen = torch.ones(3, 5, dtype=torch.bool) if mask is None else ~mask
    torch.testing.assert_close(found[seen], wanted[seen], rtol=1e-5, atol=1e-5)
    assert not torch.allclose(found[seen], base[seen], atol=1e-3)
    assert not model.use_nested_tensor
    adapter.detach()
    assert model.use_nested_tensor
    with torch.no_grad():
        assert torch.equal(model(x, src_key_padding_mask=mask), base)
