import pytest
import torch
from torch import nn
from transformers.pytorch_utils import Conv1D

from studio.lora.geometry import check_rank, geometries_of, kind_of, why_not
from studio.plan.errors import Refusal
from tests.lora.layers.cases import CASES

KINDS = {
    "linear": "linear", "linear-no-bias": "linear", "conv1d-gpt2": "conv1d", "linear-like": "linear-like",
    "conv1": "convolution", "conv2-dilated-reflect": "convolution", "conv2-grouped": "convolution",
    "conv3": "convolution", "conv1-same-circular": "convolution", "conv2-transposed": "transposed-convolution", "embedding": "embedding",
    "embedding-padded": "embedding", "embedding-scaled": "embedding", "rnn": "recurrent", "lstm": "recurrent",
    "gru": "recurrent", "attention": "attention", "attention-unequal": "attention",
    "attention-more": "attention", "experts": "experts", "experts-transposed": "experts", "experts-cast": "experts",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_weight_has_a_view_that_shares_its_memory_and_comes_back(name):
    module = CASES[name].build()
    assert kind_of(module) == KINDS[name]
    assert why_not(module) is None
    for geometry in geometries_of(module):
        weight = module.get_parameter(geometry.weight).detach()
        view = geometry.view(weight)
        assert view.shape == (geometry.stack, geometry.rows, geometry.columns)
        assert view.untyped_storage().data_ptr() == weight.untyped_storage().data_ptr()
        assert torch.equal(geometry.stored(view, tuple(weight.shape)), weight)
        A, B = geometry.shapes(CASES[name].rank)
        assert geometry.parameters(CASES[name].rank) == torch.zeros(A).numel() + torch.zeros(B).numel()


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("gru", ["weight_ih_l0", "weight_hh_l0"]),
        ("attention", ["in_proj_weight", "out_proj.weight"]),
        ("attention-unequal", ["q_proj_weight", "k_proj_weight", "v_proj_weight", "out_proj.weight"]),
        ("experts", ["gate_up_proj", "down_proj"]),
    ],
)
def test_modules_of_several_weights(name, names):
    assert [geometry.weight for geometry in geometries_of(CASES[name].build())] == names


def test_a_recurrent_layer_has_its_layers_directions_and_projections():
    found = {geometry.weight: (geometry.rows, geometry.columns) for geometry in geometries_of(CASES["lstm"].build())}
    assert found["weight_ih_l0"] == (20, 8)
    assert found["weight_hh_l1_reverse"] == (20, 3)
    assert found["weight_hr_l0_reverse"] == (3, 5)
    assert len(found) == 12


def test_out_and_in_are_the_same_however_a_weight_is_stored():
    for module in (nn.Linear(3, 5), Conv1D(5, 3)):
        (geometry,) = geometries_of(module)
        assert (geometry.rows, geometry.columns) == (5, 3)
    (grouped,) = geometries_of(nn.Conv2d(4, 6, 3, groups=2))
    assert (grouped.stack, grouped.rows, grouped.columns) == (2, 3, 2 * 9)
    assert grouped.copies == 1
    (stacked, _) = geometries_of(CASES["experts"].build())
    assert (stacked.stack, stacked.rows, stacked.columns, stacked.copies) == (4, 12, 8, 4)
    (flipped, _) = geometries_of(CASES["experts-transposed"].build())
    assert (flipped.stack, flipped.rows, flipped.columns) == (4, 12, 8)


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        (nn.LayerNorm(3), "LayerNorm is no kind of layer that an adapter fits"),
        (nn.ReLU(), "ReLU has no weight of its own"),
        # A subclass of Linear whose forward is never called: MultiheadAttention reads its weight.
        (nn.MultiheadAttention(4, 2).out_proj, "NonDynamicallyQuantizableLinear is no kind"),
        (nn.Embedding(3, 5, max_norm=1.0), "max_norm rewrites its weight"),
        (nn.Bilinear(2, 3, 4), "Bilinear is no kind"),
    ],
)
def test_other_modules_say_why_not(module, reason):
    assert reason in why_not(module)


def test_a_rank_that_groups_cannot_share_is_refused():
    (geometry,) = geometries_of(nn.Conv2d(4, 6, 3, groups=2))
    with pytest.raises(Refusal, match="the rank of c is 3, and it has 2 groups: choose a multiple of 2"):
        check_rank("c", geometry, 3)
