"""Names and shapes in PEFT's files, against what PEFT itself puts there."""

import peft
import pytest
import torch
from peft.utils import get_peft_model_state_dict

from studio.formats.peft.layout import slots_of
from studio.lora.geometry import Geometry, geometries_of, kind_of
from studio.plan.errors import Refusal
from tests.formats.peft.pairs import IN_PEFT, TARGETS, bare_weights, both, takes_dora

pytestmark = [
    pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*groups > 1. Merging is not supported:UserWarning"),
    pytest.mark.filterwarnings("ignore:fan_in_fan_out is set to False but the target module is `Conv1D`:UserWarning"),
]
RANK = 4
GROUPED = Geometry("weight", 3, 2 * 9, 2, stacked=True, kernel=(3, 3), groups=2)


@pytest.mark.parametrize("name", [*IN_PEFT, "attention"])
def test_names_and_shapes_are_pefts(name):
    model, _ = both(name)
    expected = {}
    for target in TARGETS:
        module = model.get_submodule(target)
        for slot in slots_of(target, str(kind_of(module)), geometries_of(module)):
            matrices = ("A", "B", "m") if takes_dora(name) else ("A", "B")
            expected |= {slot.names()[matrix]: slot.shape(matrix, RANK) for matrix in matrices}
    bare = bare_weights(model)
    named = {"target_parameters": bare, "target_modules": []} if bare else {"target_modules": list(TARGETS)}
    theirs = peft.get_peft_model(model, peft.LoraConfig(r=RANK, use_dora=takes_dora(name), **named))
    assert {key: tuple(tensor.shape) for key, tensor in get_peft_model_state_dict(theirs).items()} == expected


@pytest.mark.parametrize(
    ("kind", "geometry"),
    [
        ("linear", Geometry("weight", 5, 7)),
        ("embedding", Geometry("weight", 5, 7, transposed=True, looked_up=True)),
        ("convolution", Geometry("weight", 6, 4 * 9, kernel=(3, 3))),
        ("convolution", GROUPED),
        ("experts", Geometry("down_proj", 5, 7, 3, stacked=True)),
    ],
)
def test_what_is_written_is_read_back(kind, geometry):
    (slot,) = slots_of("x", kind, [geometry])
    A, B = (torch.randn(shape) for shape in geometry.shapes(RANK))
    own = {"A": A, "B": B, "m": torch.randn(geometry.stack, geometry.rows)}
    for matrix, tensor in own.items():
        written = slot.written(matrix, tensor)
        assert tuple(written.shape) == slot.shape(matrix, RANK)
        assert torch.equal(slot.read(matrix, written, RANK), tensor)


def test_a_grouped_a_is_zero_outside_its_group_and_refused_where_it_is_not():
    (slot,) = slots_of("conv", "convolution", [GROUPED])
    A = slot.written("A", torch.ones(2, 2, 18))  # (rank 4, channels 4, 3, 3)
    assert A[:2, :2].all()
    assert A[2:, 2:].all()
    assert not A[:2, 2:].any()
    assert not A[2:, :2].any()
    A[0, 3, 1, 1] = 1e-3
    with pytest.raises(Refusal, match="conv mixes the groups"):
        slot.read("A", A, RANK)
