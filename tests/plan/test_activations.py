import pytest

from studio.plan.activations import activations, is_known, layer_of
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.targets import TargetSetting

H, INNER, Q, K = 64, 160, 64, 32  # of the small model, whose rows here are long ones
LAYER = 4 * (4 * H + 2 * Q + 2 * K + 2 * INNER)  # float32, both blocks adapted, without narrow products
NARROW = 4 * 8  # of one target


def of(
    description: ModelDescription, names: str = "_proj", *, checkpointing: str = "off", rank: int = 8, row: int = 512
) -> int:
    targets = {module.name: TargetSetting(rank, 1.0, 0.0) for module in description.adaptable if names in module.name}
    return activations(description, targets, element=4, checkpointing=checkpointing, row_tokens=row).saved


@pytest.mark.parametrize(("name", "number"), [("model.layers.7.mlp.up_proj", 7), ("h.0.attn", 0), ("lm_head", -1)])
def test_the_layer_of_a_name(name: str, number: int) -> None:
    assert layer_of(name) == number


def test_what_two_layers_keep_by_hand(small: ModelDescription) -> None:
    assert of(small) == of(small, rank=2) == 2 * (LAYER + 7 * NARROW)
    assert of(small, rank=20) == 2 * (LAYER + 4 * 7 * 20)
    assert of(small, "layers.1.") == LAYER + 7 * NARROW
    assert of(small, "q_proj") == 2 * (LAYER - 4 * H + NARROW)  # the MLP's input is not kept
    assert of(small, row=50) == 2 * (LAYER + 7 * NARROW + 4 * 4 * 50)  # the attention's weights are


def test_blocks_that_compute_again_keep_their_input(large: ModelDescription) -> None:
    every, second, off = (of(large, checkpointing=choice) for choice in ("on", "every-2", "off"))
    layer = off // 32
    assert every == 32 * 4 * 4096 + layer
    assert second == 16 * layer + 16 * 4 * 4096 + layer


def test_models_that_the_formula_was_made_for(small: ModelDescription) -> None:
    assert is_known(small)
    expert = ModuleInfo("model.layers.0.mlp.experts", "experts", None, 100, True, matrices=((4, 8, 8),))
    assert not is_known(ModelDescription("m", None, "mixtral", 1, (*small.modules, expert)))
    plain = ModuleInfo("h.0.mlp.c_fc", "conv1d", (8, 32), 256, True)
    assert not is_known(ModelDescription("m", None, "gpt2", 1, (plain,)))
