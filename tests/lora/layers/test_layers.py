"""Every kind of layer, under every variant, against the module itself run with the dense weight."""

import pytest
import torch
from torch import nn
from torch.func import functional_call

from studio.lora.dropout import draw_seed, drop
from studio.lora.inject import inject
from studio.lora.merge import merged_weight
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.lora.layers.cases import CASES, VARIANTS, tensors_of
from tests.lora.layers.dense import (
    adapted,
    cast,
    dense,
    dense_parts,
    dense_weights,
    error,
    floating,
    outputs_and_gradients,
    trained_on,
)

pytestmark = pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning")
PAIRS = [
    (name, variant)
    for name, case in CASES.items()
    for variant in VARIANTS
    if not (case.looked_up and variant == "lora-fa")
]
DROPPING = [name for name, case in CASES.items() if case.dropout]
WITH_BIAS = ["linear", "conv1d-gpt2", "conv1", "conv2-dilated-reflect", "conv3"]


@pytest.mark.parametrize(("init", "plain"), [("default", False), ("default", True), ("pissa", False), ("olora", False)])
@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_output_and_gradients_are_those_of_the_dense_weight(name, variant, init, plain):
    model, inputs, adapter = adapted(name, variant, init=init, plain=plain)
    wanted = [*adapter.parameters(), *floating(inputs)]
    mine = outputs_and_gradients(model[0](*inputs), wanted)
    truth = outputs_and_gradients(dense(model, dense_weights(name, adapter), inputs), wanted)
    assert max(map(error, mine, truth)) < 1e-5


@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_over_bfloat16_the_difference_is_bfloat16s(name, variant):
    model, inputs, adapter = adapted(name, variant, dtype=torch.bfloat16)
    matrices, xs = adapter.parameters(), floating(inputs)
    assert {matrix.dtype for matrix in matrices} == {torch.float32}
    mine = outputs_and_gradients(model[0](*inputs), [*matrices, *xs])
    truth = outputs_and_gradients(dense(model, dense_weights(name, adapter), inputs), [*matrices, *xs])
    assert {it.dtype for it in mine[: -len(matrices) - len(xs)]} == {torch.bfloat16}
    for one, other in zip(mine, truth, strict=True):
        assert (one.float() - other.float()).norm() <= 2**-5 * other.float().norm()  # some roundings to 8 bits


# Not of DoRA, whose norm is a constant by definition, nor of a padding id's column, whose gradient is none by definition: finite
# differences would see both move. Nor of the experts that compute in float32 whatever they are given.
@pytest.mark.parametrize(
    ("name", "variant"),
    [
        (name, variant)
        for name, variant in PAIRS
        if variant != "dora" and not CASES[name].padding and name != "experts-cast"
    ],
)
def test_gradcheck_in_float64(name, variant):
    model, inputs, _ = adapted(name, variant, dtype=torch.float64)
    assert torch.autograd.gradcheck(*function_of(model, inputs), fast_mode=True)


@pytest.mark.parametrize("name", [name for name in DROPPING if name != "experts-cast"])
def test_gradcheck_with_dropout(name):
    model, inputs, _ = adapted(name, "lora", dtype=torch.float64, dropout=0.4)
    run, values = function_of(model.train(), inputs)

    def run_with_one_mask(*values):
        torch.manual_seed(5)
        return run(*values)

    assert torch.autograd.gradcheck(run_with_one_mask, values, fast_mode=True)


def function_of(model, inputs):
    """The layer's first output as a function of its trained matrices and of the inputs, and their values."""
    matrices = {name: parameter for name, parameter in model[0].named_parameters() if parameter.requires_grad}
    xs = floating(inputs)
    ids = {id(x): place for place, x in enumerate(xs)}

    def run(*values):
        trained, replaced = values[: len(matrices)], values[len(matrices) :]
        arguments = tuple(replaced[ids[id(x)]] if id(x) in ids else x for x in inputs)
        return tensors_of(functional_call(model[0], dict(zip(matrices, trained, strict=True)), arguments))[0]

    return run, (*matrices.values(), *xs)


@pytest.mark.parametrize("variant", ["lora", "dora", "lora-fa"])
@pytest.mark.parametrize("name", [name for name in DROPPING if "experts" not in name])
def test_dropout_is_of_the_adapters_input_and_never_of_the_bases(name, variant):
    model, (x,), adapter = adapted(name, variant, dropout=0.4)
    wanted = [*adapter.parameters(), *floating([x])]
    torch.manual_seed(5)
    mine = outputs_and_gradients(model.train()[0](x), wanted)
    torch.manual_seed(5)
    dropped = drop(x, 0.4, draw_seed())
    ((weight, (kept, change)),) = dense_parts(name, adapter).items()
    bias = {} if model[0].bias is None else {"bias": torch.zeros_like(model[0].bias)}
    truth = dense(model, {weight: kept}, [x]) + dense(model, {weight: change} | bias, [dropped])
    assert max(map(error, mine, outputs_and_gradients(truth, wanted))) < 1e-5


@pytest.mark.parametrize("name", DROPPING)
@pytest.mark.parametrize("variant", ["lora", "dora"])
def test_dropout_fused_is_dropout_plain(name, variant):
    results = []
    for plain in (False, True):
        model, inputs, adapter = adapted(name, variant, plain=plain, dropout=0.4)
        model.train()
        torch.manual_seed(5)
        results.append(outputs_and_gradients(model[0](*inputs), adapter.parameters()))
        assert not torch.equal(tensors_of(model[0](*inputs))[0], results[-1][0])  # another call, another mask
    assert max(map(error, *results)) < 1e-5


@pytest.mark.parametrize("strengths", [(0.4,), (0.5, 1.5)])
@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_adapters_add_up_each_at_its_strength(name, variant, strengths):
    model, inputs, *adapters = adapted(name, variant)
    W = {it: weight.detach() for it, weight in model[0].base.named_parameters()}
    if len(strengths) > 1:
        adapters.append(trained_on(model, name, "lora" if variant == "dora" else variant, seed=2))
    weights = {}
    for adapter, strength in zip(adapters, strengths, strict=True):
        adapter.set_strength(strength)
        for weight, changed in dense_weights(name, adapter).items():
            weights[weight] = weights.get(weight, W[weight]) + strength * (changed - W[weight])
    wanted = [*(it for adapter in adapters for it in adapter.parameters()), *floating(inputs)]
    mine = outputs_and_gradients(model[0](*inputs), wanted)
    assert max(map(error, mine, outputs_and_gradients(dense(model, weights, inputs), wanted))) < 1e-5


@pytest.mark.parametrize(("init", "strength"), [("default", 1.0), ("pissa", 0.5)])
@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_a_merge_is_the_dense_weight_and_unmerge_the_very_base(name, variant, init, strength):
    model, inputs, adapter = adapted(name, variant, init=init)
    adapter.set_strength(strength)
    base = {it: parameter.clone() for it, parameter in adapter.base_weights()}
    with torch.no_grad():
        wanted = tensors_of(model[0](*inputs))
        weights = dense_weights(name, adapter)
    adapter.merge()
    for weight, truth in weights.items():
        W = base[f"0.{weight}"]
        assert error(model[0].get_parameter(weight), W + strength * (truth - W)) < 1e-5
    with torch.no_grad():
        assert max(map(error, tensors_of(model[0](*inputs)), wanted)) < 1e-4
    adapter.unmerge()
    adapter.detach()
    assert all(torch.equal(parameter, base[it]) for it, parameter in model.named_parameters())


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize(("name", "variant"), PAIRS)
def test_at_the_start_the_output_is_the_bases(name, variant, dtype):
    case = CASES[name]
    torch.manual_seed(0)
    model = nn.Sequential(case.build()).to(dtype).eval()
    inputs = [cast(value, dtype) for value in case.inputs()]
    with torch.no_grad():
        before = tensors_of(model[0](*inputs))
        inject(model, {"0": AdapterSpec(case.rank, 3.0, variant=variant)})
        after = tensors_of(model[0](*inputs))
    for one, other in zip(before, after, strict=True):
        # DoRA's m/‖W‖ is 1, and torch's RNN the same for another copy of W, but for the last bit.
        if variant == "dora" or name == "rnn":
            close = {"rtol": 1e-5, "atol": 1e-6} if dtype == torch.float32 else {"rtol": 2**-7, "atol": 2**-6}
            torch.testing.assert_close(one, other, **close)
        else:
            assert torch.equal(one, other)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.dropout])
def test_dropout_is_refused_where_the_input_meets_the_weight_whole(name):
    with pytest.raises(Refusal, match="nothing to drop") as caught:
        inject(nn.Sequential(CASES[name].build()), {"0": AdapterSpec(2, 3.0, 0.1)})
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
