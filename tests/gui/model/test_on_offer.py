"""The models on offer."""

from studio.gui.model.on_offer import available_of, on_offer

CACHED = [
    {"model": "owner/small", "weight_bytes": 2_000_000_000},
    {"model": "owner/huge", "weight_bytes": 141_000_000_000},
]


def test_each_model_once_with_its_size_and_fit() -> None:
    choices = on_offer("/starter", ["/starter", "owner/huge", "/models/mine"], CACHED, 24_000_000_000)
    assert [choice.model for choice in choices] == ["/starter", "owner/huge", "/models/mine", "owner/small"]
    assert [choice.title for choice in choices[1:]] == [
        "owner/huge  ·  141 GB · too large",
        "mine",
        "owner/small  ·  2.0 GB · fits",
    ]


def test_sizes_alone_where_the_memory_is_not_known() -> None:
    assert on_offer("/starter", [], CACHED, None)[1].title == "owner/small  ·  2.0 GB"


def test_a_gpu_counts_before_main_memory() -> None:
    machine = {
        "devices": [{"kind": "cpu", "memory_bytes": 1}, {"kind": "cuda:0", "memory_bytes": 24}],
        "memory_available_bytes": 7,
    }
    assert available_of(machine) == 24
    assert available_of({"devices": [], "memory_available_bytes": 7}) == 7
    assert available_of({}) is None
