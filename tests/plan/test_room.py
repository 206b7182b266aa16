"""Whether a model can be held at all."""

import pytest

from studio.plan.room import room_for

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("weights", "available", "room"),
    [
        (16 * GB, 24 * GB, "fits"),  # 8 B in bfloat16 on a card of 24 GB
        (16 * GB, 12 * GB, "tight"),  # the same on 12 GB: QLoRA's ground
        (141 * GB, 24 * GB, "too large"),  # 70 B
        (141 * GB, 80 * GB, "tight"),  # which QLoRA trained on 48 GB (Dettmers et al. 2023, 65 B)
    ],
)
def test_known_models_on_known_cards(weights: int, available: int, room: str) -> None:
    assert room_for(weights, available) == room
