import pytest

from studio.plan.prefix import frozen_blocks, has_room, memory_for_prefix, repeated_share


@pytest.mark.parametrize(
    ("targets", "blocks"),
    [
        (["model.layers.3.mlp.up_proj", "model.layers.5.mlp.up_proj"], 3),
        (["model.layers.0.mlp.up_proj", "model.layers.5.mlp.up_proj"], 0),
        (["model.layers.3.mlp.up_proj", "lm_head"], 0),
        (["model.embed_tokens"], 0),
        ([], 0),
    ],
)
def test_frozen_is_what_lies_below_all_targets(targets: list[str], blocks: int) -> None:
    assert frozen_blocks(targets) == blocks


@pytest.mark.parametrize(
    ("passes", "per_epoch", "share"),
    [(30, 10, 2 / 3), (10, 10, 0), (5, 10, 0), (15, 10, 1 / 3), (11, 10, 0), (0, 0, 0)],
)
def test_rows_are_seen_again_after_the_first_epoch(passes: int, per_epoch: int, share: float) -> None:
    assert repeated_share(passes, per_epoch) == pytest.approx(share)


def test_a_quarter_of_memory_and_half_of_the_disk_may_be_taken() -> None:
    assert memory_for_prefix(100) == 25
    assert memory_for_prefix(-100) == 0
    assert has_room(75, 100, 100)
    assert not has_room(76, 100, 100)
    assert not has_room(1, -100, 0)
