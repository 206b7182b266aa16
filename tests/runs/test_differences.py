from studio.plan.plan import Plan
from studio.plan.record import Record
from studio.runs.differences import ABSENT, Difference, differences


def plan(record=None, **training):
    made = Plan.model_validate({"model": "m", "data": {"train": "rows.jsonl"}, "training": training})
    return made if record is None else made.with_values(record=Record.model_validate(record))


def test_equal_plans_differ_in_nothing():
    assert differences([plan(), plan(), plan()]) == []


def test_settings_that_differ_are_named_by_their_key():
    assert differences([plan(learning_rate=1e-3), plan(seed=4), plan(max_steps=5)]) == [
        Difference("plan", "training.max_steps", (ABSENT, ABSENT, "5")),
        Difference("plan", "training.learning_rate", ("0.001", "0.0002", "0.0002")),
        Difference("plan", "training.seed", ("0", "4", "0")),
    ]


def test_data_model_and_versions_are_told_apart_by_what_was_recorded():
    first = {"versions": {"torch": "2.11"}, "model_fingerprint": "a" * 64, "data_fingerprints": {"/rows": "b" * 64}}
    second = {"versions": {"torch": "2.13"}, "model_fingerprint": "c" * 64, "data_fingerprints": {"/rows": "d" * 64}}
    assert differences([plan(first), plan(second)]) == [
        Difference("data", "fingerprint of /rows", ("b" * 12, "d" * 12)),
        Difference("model", "fingerprint", ("a" * 12, "c" * 12)),
        Difference("versions", "torch", ("2.11", "2.13")),
    ]


def test_overrides_are_written_out():
    changed = plan().with_values(
        lora=plan().lora.with_values(overrides=[{"match": "*.mlp.*", "rank": 8}, {"match": "*q*", "enabled": False}])
    )
    (difference,) = differences([plan(), changed])
    assert difference.key == "lora.overrides"
    assert difference.values[0] == ABSENT
    assert "*.mlp.*" in difference.values[1]
    assert "rank 8" in difference.values[1]
