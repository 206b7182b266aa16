"""How the matrices of a file find their places in a model: the right ones, or a refusal."""

import pytest
import torch
from torch import nn

from studio.formats.peft.fit import fitted
from studio.plan.errors import Refusal

CONFIG = {"r": 2, "lora_alpha": 4}
BARE = CONFIG | {"target_parameters": ["rnn.weight_ih_l0", "rnn.weight_hh_l0"]}


@pytest.fixture
def model():
    return nn.ModuleDict(
        {"fc": nn.Linear(4, 6), "rnn": nn.GRU(4, 3), "norm": nn.LayerNorm(4), "conv": nn.Conv2d(4, 6, 3)}
    )


def pair(out, into, rank=2, value=1.0):
    return {"A": torch.full((rank, into), value), "B": torch.full((out, rank), value)}


def test_a_bare_weight_that_the_file_leaves_alone_gets_a_silent_pair(model):
    config = CONFIG | {"target_parameters": ["rnn.weight_hh_l0"]}
    content = fitted({"rnn": pair(9, 3)}, config, (), model, "file")
    assert content.specs["rnn"].rank == 2
    assert content.state["rnn.weight_hh_l0.A"].all()
    assert content.state["rnn.weight_ih_l0.A"].shape == (2, 4)
    assert not content.state["rnn.weight_ih_l0.B"].any()


def test_weights_of_one_module_may_have_ranks_and_alphas_of_their_own(model):
    config = BARE | {"rank_pattern": {"rnn.weight_hh_l0": 1}, "alpha_pattern": {"rnn.weight_hh_l0": 3}}
    found = {"rnn.base_layer": pair(9, 4), "rnn": pair(9, 3, rank=1)}
    content = fitted(found, config, (), model, "file")
    spec = content.specs["rnn"]
    assert (spec.rank, spec.scale) == (2, 2.0)
    A, B = content.state["rnn.weight_hh_l0.A"], content.state["rnn.weight_hh_l0.B"]
    assert (tuple(A.shape), tuple(B.shape)) == ((2, 3), (9, 2))
    assert torch.equal(spec.scale * B @ A, torch.full((9, 3), 3.0))  # alpha 3, rank 1, all ones


def test_a_linear_weight_that_is_named_as_a_parameter_is_known_to_patterns_by_that_name(model):
    config = CONFIG | {"target_parameters": ["fc.weight"], "alpha_pattern": {"fc.weight": 10, "fc": 1}}
    assert fitted({"fc": pair(6, 4)}, config, (), model, "file").specs["fc"].alpha == 10


@pytest.mark.parametrize(
    ("found", "config", "listed", "named"),
    [
        ({"gone": pair(6, 4)}, CONFIG, (), "gone have no place: the model has no such module"),
        ({"fc": pair(6, 4), "fc.base_layer": pair(6, 4)}, CONFIG, (), r"fc\.base_layer have no place"),
        ({"norm": pair(4, 4)}, CONFIG, (), "norm cannot be a target: LayerNorm"),
        (
            {"fc": pair(6, 5)},
            CONFIG,
            (),
            r"fc\.lora_A\.weight has shape \(2, 5\), and fc of rank 2 would need \(2, 4\)",
        ),
        (
            {"fc": pair(8, 4)},
            CONFIG,
            (),
            r"fc\.lora_B\.weight has shape \(8, 2\), and fc of rank 2 would need \(6, 2\)",
        ),
        ({"fc": {"A": torch.ones(4, 2), "B": torch.ones(6, 2)}}, CONFIG, (), r"\(4, 2\).* would need \(2, 4\)"),
        ({"fc": {"A": torch.ones(2, 4), "B": torch.ones(2, 6)}}, CONFIG, (), r"\(2, 6\).* would need \(6, 2\)"),
        ({"conv": pair(6, 36)}, CONFIG, (), r"\(2, 36\), and conv of rank 2 would need \(2, 4, 3, 3\)"),
        ({"fc": pair(6, 4) | {"m": torch.ones(6)}}, CONFIG, (), "use_dora and the magnitudes of fc disagree"),
        ({"fc": pair(6, 4)}, CONFIG | {"use_dora": True}, (), "use_dora and the magnitudes of fc disagree"),
        ({"fc": pair(6, 4)}, CONFIG, ("fc", "conv"), "claims conv and has no matrices for it"),
        ({"rnn": pair(9, 3)}, BARE, (), r"claims rnn\.weight_ih_l0 and has no matrices for it"),
        ({"conv": pair(6, 36)}, CONFIG | {"target_parameters": ["conv.weight"]}, (), r"bare parameter conv\.weight"),
        ({"rnn": pair(9, 3)}, CONFIG, (), "target_parameters name none of its weights"),
        ({"rnn.base_layer": pair(9, 4, rank=3), "rnn": pair(9, 3)}, BARE, (), r"\(3, 4\), and rnn of rank 2 would"),
    ],
)
def test_what_does_not_fit_is_refused(model, found, config, listed, named):
    with pytest.raises(Refusal, match=named) as refused:
        fitted(found, config, listed, model, "file")
    assert refused.value.where == "file"
