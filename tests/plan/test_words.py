"""Numbers in words."""

import pytest

from studio.plan.words import about_text, count_text, seconds_text, share_text, size_text, whole_text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1 K"),
        (28_800, "28.8 K"),
        (200_000, "200 K"),
        (1_180_000, "1.18 M"),
        (8_030_000_000, "8.03 B"),
    ],
)
def test_counts(count: int, text: str) -> None:
    assert count_text(count) == text


def test_sizes() -> None:
    sizes = (12, 4_700_000, 6_100_000_000, 256_000_000)
    assert [size_text(size) for size in sizes] == ["12 B", "4.7 MB", "6.1 GB", "256 MB"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "about 1 s"),
        (42.3, "about 42 s"),
        (58, "about 1 min"),
        (185, "about 3 min"),
        (4700, "about 1.3 h"),
        (40_000, "about 11 h"),
        (200_000, "about 2.3 days"),
    ],
)
def test_times_that_are_predicted(seconds: float, text: str) -> None:
    assert about_text(seconds) == text


def test_times_shares_and_whole_numbers() -> None:
    assert [seconds_text(seconds) for seconds in (14, 61.4, 3725)] == ["0:14", "1:01", "1:02:05"]
    assert share_text(0.0087) == "0.87 %"
    assert whole_text(1_180_000) == "1,180,000"
