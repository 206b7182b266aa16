import pytest
import torch
from torch import nn

from studio.lora.inject import inject
from studio.lora.merge import Rounding, merged_weight
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal


def pair_on(model, trained, **spec):
    ((_, pair),) = trained(inject(model, {"0": AdapterSpec(rank=4, **spec)})).pairs()
    return pair


def test_is_refused_where_it_overflows(make_base, trained):
    model = make_base("linear")
    weight = model[0].weight
    with pytest.raises(Refusal, match="the merged weight of here is not finite in float16"):
        merged_weight("here", weight, pair_on(model, trained, alpha=4e6), torch.float16)


def test_strength_scales_the_change(make_base, trained):
    model = make_base("linear")
    weight = model[0].weight.detach()
    pair = pair_on(model, trained, alpha=8)
    change = merged_weight("0", weight, pair) - weight
    torch.testing.assert_close(merged_weight("0", weight, pair, strength=0.25), weight + 0.25 * change)
    assert torch.equal(merged_weight("0", weight, pair, strength=0.0), weight)


def test_rounding_is_what_the_dtype_takes_from_the_change():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 96, bias=False))
    weight = model[0].weight.detach().clone()
    ((_, pair),) = inject(model, {"0": AdapterSpec(4, 8.0)}).pairs()
    with torch.no_grad():
        pair.B.normal_(std=1e-3)
    delta = (pair.scale * (pair.B.double() @ pair.A.double())).detach()
    rounding = Rounding()
    merged = merged_weight("0", weight, pair, torch.bfloat16, rounding=rounding)
    lost = (merged.double() - weight.double() - delta).norm() / delta.norm()
    assert rounding.share == pytest.approx(float(lost), rel=1e-4)
    assert rounding.share > 0.05  # half an ulp of bfloat16 against a change of a percent
    assert Rounding().share == 0
