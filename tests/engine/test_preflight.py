import json
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.preflight import preflight
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Prepared, Progressed
from studio.plan.plan import DataPlan, LoraPlan, Plan
from studio.plan.training import TrainingPlan


@pytest.fixture
def plan(shared: Path, tmp_path: Path) -> Plan:
    rows = [{"prompt": f"Tim had {number}" + " big" * (number % 5), "completion": "red ball."} for number in range(20)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return Plan(
        model=str(shared / "models" / "stories260k"),
        data=DataPlan(train=str(tmp_path / "rows.jsonl"), max_length=64, eval_fraction=0.1),
        lora=LoraPlan(rank=2, targets=("*.q_proj", "*.down_proj")),
        training=TrainingPlan(batch_size=2, gradient_accumulation=2, epochs=2, precision="float32", device="cpu"),
    )


def measured(plan: Plan) -> dict[str, Any]:
    *_, last = preflight(plan, cancelled=lambda: False)
    assert isinstance(last, Answered)
    return last.value


def test_a_step_is_measured_and_nothing_is_left(plan: Plan, tmp_path: Path, own_home: Path) -> None:
    before = sorted([*tmp_path.rglob("*"), *own_home.rglob("*")])
    found = measured(plan)
    assert found["peak_rss_bytes"] > 100e6
    assert found["peak_cuda_bytes"] is None
    assert found["steps"] == 9  # 18 rows in batches of 2, by two, twice
    assert found["seconds_total"] == pytest.approx(found["seconds_per_step"] * 9)
    assert found["targets_without_gradient"] == []
    assert found["adapter_reloads_equal"] is True
    assert found["trainable_parameters"] == 5 * 2 * ((64 + 64) + (172 + 64))
    assert 0 < found["supervised_tokens"] < found["tokens"]
    assert found["disk_bytes_needed"] < found["disk_bytes_free"]
    assert (found["device"], found["precision"]) == ("cpu", "float32")
    json.dumps(found, allow_nan=False)
    left = [path for path in [*tmp_path.rglob("*"), *own_home.rglob("*")] if "cache" not in path.parts]
    assert sorted(path for path in left if path != own_home / "studio") == before  # encoded data are kept for the run


def test_the_longest_rows_are_measured(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.engine import preflight as module

    seen: list[tuple[int, ...]] = []
    on_longest = module.on_longest_rows

    def watched(setup: Any) -> Any:
        changed = on_longest(setup)
        seen.extend(tuple(changed.batch(index).lengths.tolist()) for index in range(3))
        longest = sorted(map(len, setup.data.train))[-2:]
        assert {tuple(sorted(lengths)) for lengths in seen} == {tuple(longest)}
        return changed

    monkeypatch.setattr(module, "on_longest_rows", watched)
    measured(plan)
    assert seen


def test_a_target_that_gets_no_gradient_is_named(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.engine import preflight as module

    on_longest = module.on_longest_rows

    def frozen(setup: Any) -> Any:
        pair = dict(setup.adapter.pairs())["model.layers.0.self_attn.q_proj"]
        pair.B.register_hook(torch.zeros_like)
        return on_longest(setup)

    monkeypatch.setattr(module, "on_longest_rows", frozen)
    assert measured(plan)["targets_without_gradient"] == ["model.layers.0.self_attn.q_proj"]


def test_cancelled_at_any_moment(plan: Plan) -> None:
    whole = list(preflight(plan, cancelled=lambda: False))
    assert any(isinstance(event, Prepared) for event in whole)
    assert isinstance(whole[-2], Progressed)
    for moment in (0, 2, len(whole) - 2):
        asked = iter([False] * moment)
        *_, last = preflight(plan, cancelled=lambda: next(asked, True))  # noqa: B023 - used up within the pass
        assert isinstance(last, Cancelled)


def test_a_plan_that_cannot_be_carried_out_is_refused(plan: Plan) -> None:
    with pytest.raises(Refusal):
        measured(plan.with_values(lora=plan.lora.with_values(targets=("nothing",))))
