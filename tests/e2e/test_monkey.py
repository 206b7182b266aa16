"""A short walk of random hands; the script beside this file takes longer ones."""

from collections.abc import Callable
from typing import Any

import pytest

Drive = Callable[..., dict[str, Any]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_random_hands_find_nothing(drive: Drive, seed: int) -> None:
    report = drive("monkey", str(seed), "2500")
    assert report["events"] >= 2000
    assert len(report["kinds"]) == 11, "every kind of event had its turn"
    assert report["finds"] == []
    assert report["left_processes"] == []
