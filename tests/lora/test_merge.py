import pytest
import torch

from studio.lora import merge
from studio.lora.adapter import inject
from studio.lora.merge import merged_weight
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal


@pytest.mark.parametrize("to", [None, torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("kind", ["linear", "conv1d"])
def test_is_the_exact_sum_rounded_once(make_base, trained, monkeypatch, kind, dtype, to):
    monkeypatch.setattr(merge, "CHUNK_ENTRIES", 25)  # several chunks, the last of them short
    model = make_base(kind, dtype)
    layer = trained(inject(model, {"0": AdapterSpec(rank=4, alpha=6)})).layers["0"]
    delta = layer.scale * (layer.B.double() @ layer.A.double())
    exact = layer.base.weight.double() + (delta if kind == "linear" else delta.t())
    merged = merged_weight("0", layer, to)
    assert merged.dtype == (to or dtype)
    # Half a unit in the last place of the target dtype, and what float32 itself rounds on the way.
    bound = exact.abs() * torch.finfo(merged.dtype).eps / 2 + 1e-6
    assert ((merged.double() - exact).abs() <= bound).all()


def test_is_refused_where_it_overflows(make_base, trained):
    model = make_base("linear")
    adapter = trained(inject(model, {"0": AdapterSpec(rank=4, alpha=4e6)}))
    with pytest.raises(Refusal, match="not finite in float16"):
        merged_weight("0", adapter.layers["0"], torch.float16)
