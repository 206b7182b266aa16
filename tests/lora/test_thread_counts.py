import pytest

from studio.lora.thread_counts import candidates


@pytest.mark.parametrize(
    ("most", "expected"), [(1, [1]), (2, [2, 1]), (4, [4, 3, 2, 1]), (16, [16, 15, 14, 8, 4, 2, 1]), (3, [3, 2, 1])]
)
def test_candidates(most: int, expected: list[int]) -> None:
    assert candidates(most) == expected
