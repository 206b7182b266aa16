"""Every kind of layer, under every variant, against the module itself run with the dense weight."""

import copy

import pytest
import torch
from torch.func import functional_call

from studio.lora.inject import inject
from studio.lora.merge import merged_weight
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.lora.layers.cases import CASES, VARIANTS, tensors_of

pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning")
PAIRS = [
    (name, variant)
    for name, case in CASES.items()
    for variant in VARIANTS
    if not (case.looked_up and variant == "lora-fa")
]


def adapted(name, variant, *, dtype=torch.float32, plain=False, dropout=0.0):
    """The module in a Sequential, its arguments, and an adapter on it that has been trained."""
    torch.manual_seed(0)
    case = CASES[name]
    model = torch.nn.Sequential(case.build()).to(dtype).eval()
    inputs = case.inputs()
    spec = AdapterSpec(case.rank, 3.0, dropout, variant)
    masters = torch.float64 if dtype == torch.float64 else torch.float32
    adapter = inject(model, {"0": spec}, dtype=masters, plain=plain)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for _, pair in adapter.pairs():
            for tensor in (pair.A, pair.B):
                tensor.copy_(0.4 * torch.randn(tensor.shape, generator=generator))
            if case.padding is not None:
                pair.A[:, case.padding] = 0  # as it stays: its gradient is none
            if pair.m is not None:
                pair.m.mul_(1 + 0.2 * torch.rand(pair.m.shape, generator=generator))
    return model, [cast(value, dtype) for value in inputs], adapter


def cast(value, dtype):
    if isinstance(value, tuple):
        return tuple(cast(each, dtype) for each in value)
    return value.to(dtype) if value.is_floating_point() else value


def dense_weights(name, adapter):
    """The stored weights W' by parameter name, differentiable; the norm of DoRA taken as a constant."""
    case, found = CASES[name], {}
    (part,) = adapter.parts.values()
    base = copy.deepcopy(dict(adapter.base_weights()))
    for pair in part.pairs:
        W = base[f"0.{pair.geometry.weight}"].detach().to(pair.B.dtype)
        A, B = (matrix if matrix.ndim == 3 else matrix.unsqueeze(0) for matrix in (pair.A, pair.B))
        delta = pair.scale * torch.einsum("sor,sri->soi", B, A)
        V = W + case.stored(W, delta)
        if pair.m is not None:
            count = delta.shape[0] * delta.shape[1]
            rows = torch.arange(count, dtype=W.dtype).view(*delta.shape[:2], 1).expand_as(delta)
            rows = case.stored(W, rows).long()  # which row each entry belongs to
            lengths = torch.stack([V.detach()[rows == row].norm() for row in range(count)])
            V = (pair.m.flatten() / lengths)[rows] * V
        found[pair.geometry.weight] = V
    return found


def dense(name, model, adapter, inputs):
    return functional_call(model[0].base, dense_weights(name, adapter), tuple(inputs))


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_output_and_gradients_are_those_of_the_dense_weight(name, variant, plain):
    model, inputs, adapter = adapted(name, variant, plain=plain)
    tensors = {id(x): x for x in inputs if isinstance(x, torch.Tensor) and x.is_floating_point()}
    floating = [x.requires_grad_() for x in tensors.values()]
    wanted = [*adapter.parameters(), *floating]
    results = []
    for output in (model[0](*inputs), dense(name, model, adapter, inputs)):
        outputs = tensors_of(output)
        torch.manual_seed(2)
        loss = sum((tensor * torch.randn_like(tensor)).sum() for tensor in outputs)
        results.append([*outputs, *torch.autograd.grad(loss, wanted)])
    for mine, truth in zip(*results, strict=True):
        scale = truth.detach().abs().max().clamp(min=1e-3)
        assert float((mine - truth).detach().abs().max() / scale) < 1e-5


# Not of DoRA, whose norm is a constant by definition, nor of a padding id's column, whose gradient is none by definition: finite
# differences would see both move.
@pytest.mark.parametrize(
    ("name", "variant"), [(name, variant) for name, variant in PAIRS if variant != "dora" and not CASES[name].padding]
)
def test_gradcheck_in_float64(name, variant):
    model, inputs, adapter = adapted(name, variant, dtype=torch.float64)
    parameters = {it: parameter for it, parameter in model[0].named_parameters() if parameter.requires_grad}
    assert len(parameters) == len(adapter.parameters())

    def run(*values):
        return tensors_of(functional_call(model[0], dict(zip(parameters, values, strict=True)), tuple(inputs)))[0]

    assert torch.autograd.gradcheck(run, list(parameters.values()), fast_mode=True)


@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_a_merge_is_the_dense_weight_and_unmerge_the_very_base(name, variant):
    model, inputs, adapter = adapted(name, variant)
    base = {it: parameter.clone() for it, parameter in adapter.base_weights()}
    with torch.no_grad():
        wanted = tensors_of(model[0](*inputs))
        weights = dense_weights(name, adapter)
    adapter.merge()
    for weight, truth in weights.items():
        torch.testing.assert_close(model[0].get_parameter(weight).data, truth, rtol=1e-5, atol=1e-6)
    with torch.no_grad():
        for mine, truth in zip(tensors_of(model[0](*inputs)), wanted, strict=True):
            torch.testing.assert_close(mine, truth, rtol=1e-4, atol=1e-5)
    adapter.unmerge()
    adapter.detach()
    assert all(torch.equal(parameter, base[it]) for it, parameter in model.named_parameters())


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", CASES)
def test_at_the_start_the_output_is_the_bases(name, variant, dtype):
    case = CASES[name]
    if case.looked_up and variant == "lora-fa":
        with pytest.raises(Refusal, match="0 is an embedding, whose A begins at zero"):
            inject(torch.nn.Sequential(case.build()), {"0": AdapterSpec(2, 3.0, variant=variant)})
        return
    torch.manual_seed(0)
    model = torch.nn.Sequential(case.build()).to(dtype).eval()
    inputs = [cast(value, dtype) for value in case.inputs()]
    with torch.no_grad():
        before = tensors_of(model[0](*inputs))
        inject(model, {"0": AdapterSpec(case.rank, 3.0, variant=variant)})
        after = tensors_of(model[0](*inputs))
    for one, other in zip(before, after, strict=True):
        if (
            variant == "dora" or name == "rnn"
        ):  # m/‖W‖ is 1, and torch's RNN the same for another copy of W, but for the last bit
            close = {"rtol": 1e-5, "atol": 1e-6} if dtype == torch.float32 else {"rtol": 2**-7, "atol": 2**-6}
            torch.testing.assert_close(one, other, **close)
        else:
            assert torch.equal(one, other)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.dropout])
@pytest.mark.parametrize("variant", ["lora", "dora"])
def test_dropout_fused_is_dropout_plain(name, variant):
    results = []
    for plain in (False, True):
        model, inputs, adapter = adapted(name, variant, plain=plain, dropout=0.4)
        model.train()
        torch.manual_seed(5)
        output = tensors_of(model[0](*inputs))[0]
        torch.manual_seed(6)
        results.append([output, *torch.autograd.grad((output * torch.randn_like(output)).sum(), adapter.parameters())])
        torch.manual_seed(7)
        assert not torch.equal(tensors_of(model[0](*inputs))[0], output)
    for mine, truth in zip(*results, strict=True):
        torch.testing.assert_close(mine, truth, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.dropout])
def test_dropout_is_refused_where_the_input_meets_the_weight_whole(name):
    with pytest.raises(Refusal, match="nothing to drop") as caught:
        inject(torch.nn.Sequential(CASES[name].build()), {"0": AdapterSpec(2, 3.0, 0.1)})
    assert caught.value.code == "dropout-kind"


@pytest.mark.parametrize("to", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("name", CASES)
def test_a_merge_rounds_once(name, to, monkeypatch):
    monkeypatch.setattr("studio.lora.merge.CHUNK_ENTRIES", 13)  # many blocks, the last of them short
    _, _, adapter = adapted(name, "lora", dtype=torch.float64)
    weights = dense_weights(name, adapter)
    for _, pair in adapter.pairs():
        exact = weights[pair.geometry.weight].detach()
        stored = dict(adapter.base_weights())[f"0.{pair.geometry.weight}"]
        merged = merged_weight("0", stored, pair, to)
        assert (merged.dtype, merged.shape) == (to, stored.shape)
        bound = exact.abs() * torch.finfo(to).eps / 2 + torch.finfo(to).smallest_normal * 2**-8
        assert ((merged.double() - exact).abs() <= bound * (1 + 1e-6)).all()
