import pytest

from studio.gui.run.layers import LayerBar, bars_by_layer, kind_of_target, layer_of_target


@pytest.mark.parametrize(
    ("name", "kind", "layer"),
    [
        ("model.layers.3.self_attn.q_proj", "attention", 3),
        ("model.layers.12.mlp.down_proj", "mlp", 12),
        ("transformer.h.0.attn.c_attn", "attention", 0),
        ("transformer.h.0.mlp.c_fc", "mlp", 0),
        ("model.layers.1.block_sparse_moe.experts.7.w1", "mlp", 1),
        ("gpt_neox.layers.5.attention.query_key_value", "attention", 5),
        ("gpt_neox.layers.5.mlp.dense_h_to_4h", "mlp", 5),
        ("lm_head", "other", None),
    ],
)
def test_layer_and_kind_are_read_from_the_names_of_model_families(name, kind, layer):
    assert (kind_of_target(name), layer_of_target(name)) == (kind, layer)


def test_a_bar_for_each_layer_and_one_for_the_rest():
    bars = bars_by_layer(
        {"m.layers.2.self_attn.q_proj": 5, "m.layers.2.mlp.up_proj": 7, "m.layers.0.mlp.up_proj": 1, "lm_head": 9}
    )
    assert bars == [LayerBar("0", mlp=1), LayerBar("1"), LayerBar("2", attention=5, mlp=7), LayerBar("other", other=9)]
    assert sum(bar.total for bar in bars) == 22


def test_no_targets_no_bars():
    assert bars_by_layer({}) == []
