"""Scores for the choice of ranks, against the gradient and the delta themselves."""

from pathlib import Path

import pytest
import torch

from studio.engine import probe
from studio.engine.probe import gradient_scores, run_scores
from studio.formats.peft.folder import save_adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.events import Answered, Cancelled
from tests.engine.test_train import SetupOf


def test_scores_are_the_gradients_singular_values(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = setup_of(lora={"rank": 2}, training={"batch_size": 4})
    monkeypatch.setattr(probe, "PROBE_RANK", 16)  # as wide as the narrowest input: then nothing is left to chance
    *_, last = gradient_scores(setup.plan, cancelled=lambda: False)
    assert isinstance(last, Answered)
    scores = last.value["scores"]
    assert scores.keys() == setup.adapter.parts.keys()
    model = setup.adapter.detach()
    model.requires_grad_(True)
    for number in range(min(probe.MOST_BATCHES, setup.batches.per_epoch)):
        batch = setup.batch(number)
        logits = model(input_ids=batch.input_ids).logits[:, :-1].flatten(0, 1)
        loss = torch.nn.functional.cross_entropy(logits, batch.labels[:, 1:].flatten(), ignore_index=-100)
        loss.backward()
    for name, values in scores.items():
        gradient = model.get_submodule(name).weight.grad
        if gradient.shape[1] == 16:
            truth = torch.linalg.svdvals(gradient)[: len(values)]
            torch.testing.assert_close(
                torch.tensor(values)[: len(truth)], truth, rtol=1e-3, atol=1e-4, check_dtype=False
            )


def test_a_probe_can_be_cancelled(setup_of: SetupOf) -> None:
    *_, last = gradient_scores(setup_of().plan, cancelled=lambda: True)
    assert isinstance(last, Cancelled)


def test_an_earlier_runs_scores_are_those_of_its_delta(setup_of: SetupOf, tmp_path: Path) -> None:
    model = setup_of().adapter.detach()
    adapter = inject(model, {"model.layers.0.self_attn.q_proj": AdapterSpec(3, 6.0)})
    pair = adapter.parts["model.layers.0.self_attn.q_proj"].pairs[0]
    with torch.no_grad():
        pair.B.normal_()
    save_adapter(adapter, tmp_path / "adapter", base_model=None)
    *_, last = run_scores(str(tmp_path / "adapter"))
    truth = torch.linalg.svdvals((pair.scale * pair.B @ pair.A).detach())[:3]
    assert last.value["scores"]["model.layers.0.self_attn.q_proj"] == pytest.approx(truth.tolist(), rel=1e-4)
