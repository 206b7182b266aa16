import pytest
import torch
from torch.nn import functional as F

from studio.lora.adapter import inject
from studio.lora.spec import AdapterSpec

KINDS = ["linear", "conv1d"]


def dense_forward(base, layer, x):
    """W + s·BA, put together in float32 from the stored weight."""
    weight = base.weight.float() if layer.kind == "linear" else base.weight.float().t()
    return F.linear(x, weight + layer.scale * (layer.B @ layer.A), base.bias.float())


@pytest.fixture
def adapted(make_base, trained, request):
    def make(kind, *, dtype=torch.float32, plain=False, dropout=0.0, variant="lora"):
        model = make_base(kind, dtype)
        spec = AdapterSpec(rank=4, alpha=6, dropout=dropout, variant=variant)
        layer = trained(inject(model, {"0": spec}, plain=plain)).layers["0"]
        layer.kind = kind
        return model, layer

    return make


@pytest.mark.parametrize("variant", ["lora", "rslora"])
@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_equals_dense_algebra_with_gradients(adapted, kind, plain, variant):
    model, layer = adapted(kind, plain=plain, variant=variant)
    x = torch.randn(3, 5, 10, requires_grad=True)
    y, expected = model(x), dense_forward(layer.base, layer, x)
    torch.testing.assert_close(y, expected, rtol=1e-5, atol=1e-5)
    weights = torch.randn_like(y)
    got = torch.autograd.grad(y, (x, layer.A, layer.B), weights)
    for one, other in zip(got, torch.autograd.grad(expected, (x, layer.A, layer.B), weights), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_bfloat16_base_gives_bfloat16_out_and_float32_gradients(adapted, kind, plain):
    model, layer = adapted(kind, dtype=torch.bfloat16, plain=plain)
    x = torch.randn(3, 5, 10).bfloat16()
    y = model(x)
    assert y.dtype == torch.bfloat16
    expected = dense_forward(layer.base, layer, x.float())
    assert (y.float() - expected).norm() / expected.norm() < 2**-7
    y.sum().backward()
    assert layer.A.grad.dtype == layer.B.grad.dtype == torch.float32


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_at_the_start_no_bit_of_the_output_changes(make_base, kind, dtype):
    model = make_base(kind, dtype)
    x = torch.randn(3, 5, 10).to(dtype)
    before = model(x)
    inject(model, {"0": AdapterSpec(rank=4, alpha=8)})
    assert torch.equal(model(x), before)


def test_dropout_touches_the_adapter_alone_and_follows_the_global_generator(adapted):
    model, layer = adapted("linear", dropout=0.5)
    x = torch.randn(3, 10)
    torch.manual_seed(5)
    y = model(x)
    torch.manual_seed(5)
    update = F.linear(F.linear(F.dropout(x, 0.5), layer.A), layer.B) * layer.scale
    torch.testing.assert_close(y, layer.base(x) + update)
    assert not torch.equal(model(x), y)
    model.eval()
    torch.testing.assert_close(model(x), dense_forward(layer.base, layer, x))


@pytest.mark.parametrize("kind", KINDS)
def test_delta_rows_are_those_of_the_dense_delta_as_stored(adapted, kind):
    _, layer = adapted(kind)
    dense = layer.scale * (layer.B @ layer.A)
    stored = dense if kind == "linear" else dense.t()
    torch.testing.assert_close(layer.delta(slice(2, 5)), stored[2:5])
    torch.testing.assert_close(layer.delta_norm(), torch.linalg.matrix_norm(dense))


def test_models_that_look_inside_see_the_base(adapted):
    model, layer = adapted("linear")
    assert model[0].weight is layer.base.weight
    assert model[0].in_features == 10
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = model[0].no_such_thing
