"""Where PEFT 0.21 computes something else than W + s·BA, or refuses to: its result, ours, and the dense truth.

A test here fails when PEFT is put right, and then belongs to test_interop.
"""

import copy

import peft
import pytest
import torch
from torch import nn
from torch.func import functional_call
from transformers import AutoModelForCausalLM, LlamaConfig

from studio.formats.peft.folder import load_adapter, save_adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.formats.peft.pairs import NOT_IN_PEFT, assert_close, both, filled_by_peft
from tests.lora.layers.cases import CASES, VARIANTS

pytestmark = [
    pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*groups > 1. Merging is not supported:UserWarning"),
    pytest.mark.filterwarnings("ignore:Model (has|with) `tie_word_embeddings=True`:UserWarning"),
    pytest.mark.filterwarnings("ignore:Setting `save_embedding_layers` to `True`:UserWarning"),
]
SPEC = AdapterSpec(2, 3.0)


def saved(model, trained, folder, spec=SPEC, target="0"):
    """An adapter of ours on one target, in a folder."""
    adapter = trained(inject(model, {target: spec}))
    save_adapter(adapter, folder, base_model=None, task_type=None)
    return adapter


def far(one, other):
    """More than rounding apart."""
    return float((one - other).detach().abs().max()) > 0.01


EVERY = [
    (name, variant)
    for name, case in CASES.items()
    for variant in VARIANTS
    if not (case.looked_up and variant == "lora-fa")  # an embedding's A begins at zero, and lora-fa never trains it
]


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_what_peft_has_no_place_for_comes_back_to_us(name, variant, trained, tmp_path):
    model, inputs = both(name)
    specs = {"first": AdapterSpec(4, 6.0, 0.0, variant), "second": AdapterSpec(2, 3.5, 0.0, variant)}
    save_adapter(trained(inject(model, specs)), tmp_path / "ours", base_model=None)
    again = load_adapter(both(name)[0], tmp_path / "ours").model
    assert_close(again(*inputs), model(*inputs))


@pytest.mark.parametrize(
    ("name", "variant"),
    [*((name, "lora") for name in NOT_IN_PEFT), ("lstm", "dora"), ("experts", "dora"), ("attention", "dora")],
)
def test_peft_refuses_what_it_has_no_place_for(name, variant, trained, tmp_path):
    saved(both(name)[0], trained, tmp_path / "ours", AdapterSpec(2, 3.0, 0.0, variant), "first")
    with pytest.raises(ValueError, match=r"not supported|DoRA|use_dora|Only same embed"):
        peft.PeftModel.from_pretrained(both(name)[0], tmp_path / "ours")


def test_a_dilated_convolution_crashes(trained, tmp_path):
    model = nn.Sequential(nn.Conv2d(3, 4, 3, dilation=2))
    base, x = copy.deepcopy(model), torch.randn(2, 3, 9, 9)
    adapter = saved(model, trained, tmp_path / "ours")
    theirs = peft.PeftModel.from_pretrained(copy.deepcopy(base), tmp_path / "ours")
    with pytest.raises(RuntimeError, match="size of tensor"):
        theirs(x)
    torch.testing.assert_close(model(x), functional_call(base, truth(adapter, base), x), rtol=1e-5, atol=1e-5)
    # What it merges is right all the same.
    torch.testing.assert_close(theirs.merge_and_unload()(x), model(x), rtol=1e-5, atol=1e-5)


def test_a_convolution_that_pads_by_reflection_is_padded_with_zeros_on_the_way(trained, tmp_path):
    model = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect"))
    base, x = copy.deepcopy(model), torch.randn(2, 3, 6, 6)
    adapter = saved(model, trained, tmp_path / "ours")
    theirs = peft.PeftModel.from_pretrained(copy.deepcopy(base), tmp_path / "ours")
    right = functional_call(base, truth(adapter, base), x)
    torch.testing.assert_close(model(x), right, rtol=1e-5, atol=1e-5)
    assert far(theirs(x), right)
    torch.testing.assert_close(theirs.merge_and_unload()(x), right, rtol=1e-5, atol=1e-5)


def test_a_grouped_convolution_of_theirs_mixes_the_groups_and_belongs_to_no_weight(tmp_path):
    torch.manual_seed(0)
    base = nn.Sequential(nn.Conv2d(4, 6, 3, groups=2))
    theirs = filled_by_peft(copy.deepcopy(base), r=4, target_modules=["0"])
    x = torch.zeros(1, 4, 5, 5)
    x[:, :2] = torch.randn(1, 2, 5, 5)
    # The first group's channels reach the second group's outputs, which no grouped weight can do.
    assert far(theirs(x)[:, 3:], base(x)[:, 3:])
    with pytest.raises(NotImplementedError, match="groups > 1"):
        theirs.merge_and_unload()
    theirs.save_pretrained(tmp_path / "theirs")
    with pytest.raises(Refusal, match="mixes the groups") as refused:
        load_adapter(copy.deepcopy(base), tmp_path / "theirs")
    assert refused.value.code == "adapter-grouped"


def test_a_grouped_convolutions_magnitudes_are_divided_by_another_weights_norm(trained, tmp_path):
    model, inputs = both("conv2-grouped")
    weight = model.first.weight.detach().double()
    adapter = saved(model, trained, tmp_path / "ours", AdapterSpec(4, 6.0, 0.0, "dora"), "first")
    theirs = peft.PeftModel.from_pretrained(both("conv2-grouped")[0], tmp_path / "ours")
    pair = dict(adapter.pairs())["first"]
    V = weight + pair.scale * (pair.B.double() @ pair.A.double()).view_as(weight)
    norm = V.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    right = (pair.m.double().view_as(norm) * V / norm).float().detach()
    expected = functional_call(both("conv2-grouped")[0].first, {"weight": right}, inputs)
    torch.testing.assert_close(model(*inputs)[0], expected, rtol=1e-5, atol=1e-5)
    assert far(theirs(*inputs)[0], expected)


def test_attention_adds_the_output_projections_change_twice(trained, tmp_path):
    # https://github.com/huggingface/peft/pull/3774
    model, inputs = both("attention")
    base = copy.deepcopy(model).first
    adapter = saved(model, trained, tmp_path / "ours", target="first")
    theirs = peft.PeftModel.from_pretrained(both("attention")[0], tmp_path / "ours")
    changes = truth(adapter, model)
    once = {name.removeprefix("first."): weight for name, weight in changes.items()}
    twice = once | {"out_proj.weight": 2 * once["out_proj.weight"] - base.out_proj.weight}
    torch.testing.assert_close(model(*inputs)[0], functional_call(base, once, inputs)[0], rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(theirs(*inputs)[0], functional_call(base, twice, inputs)[0], rtol=1e-5, atol=1e-5)
    assert far(model(*inputs)[0], theirs(*inputs)[0])


def test_a_tied_embedding_is_merged_into_the_head_as_well(trained, ids, tmp_path):
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=61, hidden_size=16, intermediate_size=24, num_hidden_layers=1, num_attention_heads=4,
        tie_word_embeddings=True, pad_token_id=0, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    base = AutoModelForCausalLM.from_config(config).eval()
    model = copy.deepcopy(base)
    adapter = trained(inject(model, {"model.embed_tokens": SPEC}))
    save_adapter(adapter, tmp_path / "ours", base_model=None)
    theirs = peft.PeftModel.from_pretrained(copy.deepcopy(base), tmp_path / "ours")
    right = model(ids).logits
    torch.testing.assert_close(theirs(ids).logits, right, rtol=1e-5, atol=1e-5)
    assert far(theirs.merge_and_unload()(ids).logits, right)
    adapter.merge()
    torch.testing.assert_close(model(ids).logits, right, rtol=1e-5, atol=1e-5)


def test_a_safe_merge_rounds_twice(trained, tmp_path):
    torch.manual_seed(0)
    base = nn.Sequential(nn.Linear(256, 256)).to(torch.bfloat16)
    model = copy.deepcopy(base)
    adapter = saved(model, trained, tmp_path / "ours", AdapterSpec(8, 1.0))
    theirs = peft.PeftModel.from_pretrained(copy.deepcopy(base), tmp_path / "ours").merge_and_unload(safe_merge=True)
    pair = dict(adapter.pairs())["0"]
    right = (base[0].weight.double() + pair.scale * (pair.B.double() @ pair.A.double())).to(torch.bfloat16)
    adapter.merge()
    assert (theirs[0].weight != right).double().mean() > 0.01
    assert (model[0].weight != right).double().mean() < 1e-4  # float32 meets a tie here and there


def truth(adapter, model):
    """The adapted weights by full name, each W + s·BA written out, in float64 and rounded to float32."""
    found = {}
    for target, part in adapter.parts.items():
        base = model.get_submodule(target)
        base = getattr(base, "base", base)
        for pair in part.pairs:
            weight = base.get_parameter(pair.geometry.weight)
            delta = pair.scale * (pair.B.double() @ pair.A.double())
            found[f"{target}.{pair.geometry.weight}"] = (weight.double() + delta.view_as(weight)).float().detach()
    return found
