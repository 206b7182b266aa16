"""An adapter off its model: folded, rounded, checked, and put on a model again."""

import copy
import math

import pytest
import torch
from torch import nn

from studio.formats.content import content_for, content_of, put_on
from studio.lora.algebra import LowRank
from studio.lora.inject import inject
from studio.lora.merge import merged_weight
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.formats.peft.pairs import assert_close, both

SPECS = {"first": AdapterSpec(4, 6.0), "second": AdapterSpec(2, 3.5)}


def content_with(name, variant, start, trained):
    model, inputs = both(name)
    specs = {target: AdapterSpec(it.rank, it.alpha, 0.0, variant) for target, it in SPECS.items()}
    adapter = trained(inject(model, specs, init=start))
    return adapter, inputs


@pytest.mark.parametrize("variant", ["lora", "rslora", "dora", "lora-fa"])
@pytest.mark.parametrize("start", ["default", "pissa", "olora"])
@pytest.mark.parametrize("name", ["linear", "conv2-grouped", "experts"])
def test_folding_keeps_the_function_and_leaves_plain_matrices(name, start, variant, trained):
    adapter, inputs = content_with(name, variant, start, trained)
    content = content_of(adapter)
    folded = content.folded()
    growth = 1 if start == "default" else 2
    for target, spec in content.specs.items():
        new = folded.specs[target]
        assert new.variant == ("lora" if variant == "lora-fa" else variant)
        assert new.rank == growth * spec.rank
        assert math.isclose(new.scale, spec.scale, rel_tol=1e-12)
    assert {key.rpartition(".")[2] for key in folded.state} == {"A", "B"} | ({"m"} if variant == "dora" else set())
    again = put_on(both(name)[0], folded).model
    assert_close(again(*inputs), adapter.model(*inputs))


def test_a_content_shares_no_memory_with_its_adapter(trained):
    adapter, _ = content_with("linear", "lora", "default", trained)
    content = content_of(adapter)
    before = content.state["first.A"].clone()
    adapter.parameters()[0].data.zero_()
    assert torch.equal(content.state["first.A"], before)


@pytest.mark.parametrize("start", ["default", "pissa"])
def test_pairs_merge_without_a_model(start, trained):
    adapter, _ = content_with("linear", "dora", start, trained)
    base = both("linear")[0]
    pairs = content_of(adapter).pairs()
    assert set(pairs) == {"first.weight", "second.weight"}
    merged = merged_weight("first.weight", base.first.weight, pairs["first.weight"])
    adapter.merge()
    assert torch.equal(merged, adapter.model.first.weight)


def test_pairs_without_their_matrices_are_a_mistake(trained):
    content = content_of(content_with("linear", "lora", "default", trained)[0])
    del content.state["second.B"]
    with pytest.raises(KeyError, match="no matrices for second"):
        content.pairs()


def test_rounding_rounds_every_matrix(trained):
    content = content_of(content_with("linear", "dora", "default", trained)[0])
    rounded = content.rounded(torch.bfloat16)
    assert {tensor.dtype for tensor in rounded.state.values()} == {torch.bfloat16}
    assert {tensor.dtype for tensor in content.state.values()} == {torch.float32}


def test_what_is_not_finite_is_refused_by_name(trained):
    content = content_of(content_with("linear", "lora", "default", trained)[0])
    content.check_finite("here")
    content.state["second.B"][1, 1] = torch.inf
    with pytest.raises(Refusal, match="B matrix of second is not finite") as refused:
        content.check_finite("here")
    assert refused.value.where == "here"


@pytest.mark.parametrize(("target", "named"), [("gone", "has no module gone"), ("norm", "norm cannot be a target")])
def test_content_for_a_model_without_its_targets_is_refused(target, named):
    model = nn.ModuleDict({"norm": nn.LayerNorm(4)})
    with pytest.raises(Refusal, match=named):
        content_for(model, {target: AdapterSpec(2, 4)}, {}, "file")


def test_a_content_that_does_not_fit_leaves_the_model_as_it_was(trained):
    content = content_of(content_with("linear", "lora", "default", trained)[0])
    content.state["first.A"] = content.state["first.A"][:, :-1]
    model, inputs = both("linear")
    before = copy.deepcopy(model)
    with pytest.raises(Refusal, match=r"first\.A is"):
        put_on(model, content)
    assert [type(module) for module in model.modules()] == [type(module) for module in before.modules()]
    assert all(parameter.requires_grad for parameter in model.parameters())
    assert all(torch.equal(one, other) for one, other in zip(model(*inputs), before(*inputs), strict=True))


def test_a_low_rank_delta_is_what_folding_keeps(trained):
    adapter, _ = content_with("linear", "lora", "pissa", trained)
    state, folded = content_of(adapter).state, content_of(adapter).folded()
    A, B, A0, B0 = (state[f"first.{matrix}"].double() for matrix in ("A", "B", "A0", "B0"))
    truth = SPECS["first"].scale * (B @ A - B0 @ A0)
    kept = LowRank(
        folded.state["first.A"].double().unsqueeze(0),
        folded.state["first.B"].double().unsqueeze(0),
        folded.specs["first"].scale,
    )
    torch.testing.assert_close(kept.dense()[0], truth)
