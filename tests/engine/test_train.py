"""The training loop: what it computes, what it says, and how it obeys."""

import errno
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from studio.engine import train as train_module
from studio.engine.checkpoint import checkpoints
from studio.engine.setup import Setup
from studio.engine.stepper import Stepper
from studio.engine.train import Training
from studio.formats.peft.folder import read_adapter
from studio.plan.commands import Command
from studio.plan.errors import Failure
from studio.plan.estimate import steps_for
from studio.plan.events import Evaluated, Event, Finished, Measured, Paused, Resumed, Sampled, Started, Stepped, Stopped
from studio.plan.plan import Plan
from studio.plan.targets import resolve_targets
from studio.runs.folder import Run, create_run

SetupOf = Callable[..., Setup]
Kind = TypeVar("Kind", bound=Event)


def run_of(setup: Setup, folder: Path) -> Run:
    return create_run(setup.plan, folder / "run")


def carried(training: Training, answers: Callable[[Event], Command | None] = lambda event: None) -> list[Event]:
    """All events; each is answered by what `answers` says."""
    events: list[Event] = []
    loop = training.events()
    wish: Command | None = None
    while True:
        try:
            event = loop.send(wish)
        except StopIteration:
            return events
        events.append(event)
        wish = answers(event)


def told(script: dict[int, list[Command]]) -> Callable[[Event], Command | None]:
    """Answers the event of a step, and the pauses after it, with the commands of that step, one by one."""
    waiting: list[Command] = []

    def answer(event: Event) -> Command | None:
        if isinstance(event, Stepped):
            waiting.extend(script.pop(event.step, []))
        if isinstance(event, Stepped | Paused):
            return waiting.pop(0) if waiting else None
        return None

    return answer


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events if event.name not in ("progressed", "measured")]


def of_kind(events: list[Event], kind: type[Kind]) -> list[Kind]:
    return [event for event in events if isinstance(event, kind)]


def test_a_run_from_start_to_end(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of(training={"epochs": 4})
    run = run_of(setup, tmp_path)
    events = carried(Training(setup, run))
    steps = of_kind(events, Stepped)
    assert isinstance(events[0], Started)
    assert [event.step for event in steps] == list(range(1, 25))
    assert steps[-1].loss < steps[0].loss
    assert steps[-1].epoch == 4
    assert isinstance(events[-1], Finished)
    summary = run.summary()
    assert summary is not None
    assert summary == events[-1].summary
    assert summary["state"] == "finished"
    assert summary["examples"] == 4 * 23
    assert summary["tokens"] == 4 * setup.data.tokens == steps[-1].tokens
    assert summary["supervised_tokens"] == 4 * setup.data.supervised_tokens
    assert (summary["first_loss"], summary["last_loss"]) == (steps[0].loss, steps[-1].loss)
    assert summary["train_seconds"] > 0
    assert set(read_adapter(run.adapter).specs) == set(setup.adapter.specs)


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing`:FutureWarning")
def test_the_losses_are_those_of_peft_and_adamw(setup_of: SetupOf, tmp_path: Path, llama: Path) -> None:
    settings = {"epochs": 2, "max_grad_norm": 0.5, "weight_decay": 0.1, "scheduler": "constant", "warmup_ratio": 0.0}
    setup = setup_of(training=settings)
    model = get_peft_model(
        AutoModelForCausalLM.from_pretrained(llama), LoraConfig(r=4, lora_alpha=8, target_modules="all-linear")
    )
    start = {
        name.removesuffix(".A"): value.clone() for name, value in setup.adapter.state().items() if name.endswith("A")
    }
    for name, module in model.named_modules():
        target = name.removeprefix("base_model.model.")
        if target in start:
            module.lora_A["default"].weight.data.copy_(start[target])
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=0.01, weight_decay=0.1)
    expected = []
    for index in range(setup.steps):
        batch = setup.batch(index)
        places = torch.arange(batch.input_ids.shape[1])
        mask = (places < batch.lengths[:, None]).long()
        loss = model(input_ids=batch.input_ids, attention_mask=mask, labels=batch.labels).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 0.5)
        optimizer.step()
        optimizer.zero_grad()
        expected.append((loss.item(), norm.item()))
    steps = of_kind(carried(Training(setup, run_of(setup, tmp_path))), Stepped)
    assert [step.loss for step in steps] == pytest.approx([loss for loss, _ in expected], rel=2e-4)
    assert [step.grad_norm for step in steps] == pytest.approx([norm for _, norm in expected], rel=2e-3)


def test_accumulation_gives_what_one_large_batch_gives(setup_of: SetupOf, tmp_path: Path) -> None:
    plain = {"scheduler": "constant", "warmup_ratio": 0.0, "max_steps": 5}
    rows = {"packing": "none"}
    large = setup_of(training=plain | {"batch_size": 4}, data=rows)
    small = setup_of(training=plain | {"batch_size": 1, "gradient_accumulation": 4}, data=rows)
    one = of_kind(carried(Training(large, run_of(large, tmp_path / "1"))), Stepped)
    other = of_kind(carried(Training(small, run_of(small, tmp_path / "2"))), Stepped)
    assert [step.loss for step in one] == pytest.approx([step.loss for step in other], rel=1e-4)
    assert [step.tokens for step in one] == [step.tokens for step in other]


@pytest.mark.parametrize(
    ("changes", "batches", "steps"),
    [
        ({"epochs": 2, "batch_size": 16}, 125, 250),
        ({"epochs": 1, "gradient_accumulation": 8}, 1000, 125),
        ({"epochs": 1.5}, 7, 11),
        ({"epochs": 0.1}, 30, 3),
        ({"epochs": 1, "gradient_accumulation": 64}, 3, 1),
        ({"epochs": 9, "max_steps": 4}, 7, 4),
    ],
)
def test_how_many_steps(plan_of: Callable[..., Plan], changes: dict[str, float], batches: int, steps: int) -> None:
    assert steps_for(plan_of(training=changes), batches) == steps


def test_base_and_evaluation_come_before_the_first_step(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of(data={"eval_fraction": 0.2}, evaluation={"prompts": ["box 4 is very white"], "every_steps": 2})
    events = carried(Training(setup, run_of(setup, tmp_path)))
    assert names(events)[:4] == ["started", "sampled", "evaluated", "stepped"]
    base, *later = of_kind(events, Sampled)
    assert base.base
    assert base.expected == "white 4"
    assert not any(sample.base for sample in later)
    scores = of_kind(events, Evaluated)
    assert [score.step for score in scores] == [0, 2, 4, 5]
    assert not scores[0].best
    best = min(scores[1:], key=lambda score: score.loss)
    assert best.best
    run = Run(tmp_path / "run")
    assert read_adapter(run.best_adapter)
    assert (run.summary() or {})["eval_loss"] == scores[-1].loss


def test_evaluation_is_the_mean_over_supervised_tokens(setup_of: SetupOf, tmp_path: Path, llama: Path) -> None:
    setup = setup_of(data={"eval_fraction": 0.3}, training={"max_steps": 1})
    first = of_kind(carried(Training(setup, run_of(setup, tmp_path))), Evaluated)[0]
    model = AutoModelForCausalLM.from_pretrained(llama)
    total = count = 0.0
    for example in setup.data.eval:
        batch = setup.collated([example])
        total += model(input_ids=batch.input_ids, labels=batch.labels).loss.item() * batch.supervised
        count += batch.supervised
    assert first.loss == pytest.approx(total / count, rel=1e-5)


def test_patience_ends_the_run(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of(
        data={"eval_fraction": 0.2},
        training={"epochs": 50, "learning_rate": 1.0, "max_grad_norm": 0.0},
        evaluation={"every_steps": 1, "early_stopping_patience": 2},
    )
    events = carried(Training(setup, run_of(setup, tmp_path)))
    assert isinstance(events[-1], Finished)
    assert events[-1].step < setup.steps
    assert "warned" in names(events)


def test_pause_save_sample_and_resume(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of()
    script = {2: [Command("pause"), Command("save"), Command("sample"), Command("resume")]}
    events = carried(Training(setup, run_of(setup, tmp_path)), told(script))
    after = names(events)[names(events).index("paused") :]
    assert after[:4] == ["paused", "saved", "paused", "sampled"]
    assert after[after.index("resumed") - 1] == "paused"
    assert of_kind(events, Paused)[0].step == of_kind(events, Resumed)[0].step == 2
    assert [event.step for event in of_kind(events, Stepped)] == [1, 2, 3, 4, 5, 6]


def test_a_pause_changes_no_result(setup_of: SetupOf, tmp_path: Path) -> None:
    losses = []
    for number, script in enumerate(
        ({}, {3: [Command("pause"), Command("sample"), Command("save"), Command("resume")]})
    ):
        setup = setup_of(lora={"dropout": 0.2})
        events = carried(Training(setup, run_of(setup, tmp_path / str(number))), told(script))
        losses.append([event.loss for event in of_kind(events, Stepped)])
    assert losses[0] == losses[1]


@pytest.mark.parametrize("save", [True, False])
def test_stop(setup_of: SetupOf, tmp_path: Path, save: bool) -> None:
    setup = setup_of()
    run = run_of(setup, tmp_path)
    events = carried(Training(setup, run), told({3: [Command("stop", save=save)]}))
    end = events[-1]
    assert isinstance(end, Stopped)
    assert (end.step, end.saved) == (3, save)
    assert [path.name for path in checkpoints(run.checkpoints)] == (["step-00000003"] if save else [])
    assert run.adapter.is_dir() == save
    assert (run.summary() or {})["state"] == "stopped"


def test_stop_during_a_pause(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of()
    events = carried(
        Training(setup, run_of(setup, tmp_path)), told({1: [Command("pause"), Command("stop", save=False)]})
    )
    assert names(events)[-2:] == ["paused", "stopped"]


def test_only_the_adapters_dropout_acts(setup_of: SetupOf, gpt2: Path, tmp_path: Path) -> None:
    """GPT-2's config asks for dropout in its own layers; the same data must give the same first loss every time."""
    losses = []
    for number, dropout in enumerate((0.0, 0.5)):
        setup = setup_of(model=str(gpt2), lora={"dropout": dropout}, training={"max_steps": 1, "seed": number})
        training = Training(setup, run_of(setup, tmp_path / str(number)))
        batch = setup.batch(0)
        expected = setup.loss(batch).item() / batch.supervised
        losses.append(of_kind(carried(training), Stepped)[0].loss == pytest.approx(expected, rel=1e-6))
    assert losses == [True, True], "B is zero at the first step, so the adapter's dropout cannot be seen in it"


def test_gradient_checkpointing_changes_no_loss(setup_of: SetupOf, tmp_path: Path) -> None:
    found = []
    for number, switch in enumerate(("off", "on")):
        setup = setup_of(training={"gradient_checkpointing": switch}, lora={"dropout": 0.1})
        found.append(
            [e.loss for e in of_kind(carried(Training(setup, run_of(setup, tmp_path / str(number)))), Stepped)]
        )
    assert found[0] == pytest.approx(found[1], rel=1e-5)


def test_a_loss_that_is_not_finite_ends_the_run_and_changes_nothing(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of()
    training = Training(setup, run_of(setup, tmp_path))
    before: dict[str, torch.Tensor] = {}

    def poison(event: Event) -> None:
        if isinstance(event, Stepped) and event.step == 2:
            before.update({name: value.clone() for name, value in setup.adapter.state().items()})
            loss = setup.loss
            object.__setattr__(setup, "loss", lambda batch: loss(batch) * math.nan)

    with pytest.raises(Failure, match="loss is not finite at step 3") as caught:
        carried(training, poison)
    assert caught.value.now is not None
    assert "learning rate" in caught.value.now
    assert training.position.step == 2
    assert all(torch.equal(value, before[name]) for name, value in setup.adapter.state().items())


def test_memory_that_runs_out_is_told_with_advice(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of()

    def full(batch: object) -> torch.Tensor:
        return torch.empty(1 << 60)

    object.__setattr__(setup, "loss", full)
    with pytest.raises(Failure) as caught:
        carried(Training(setup, run_of(setup, tmp_path)))
    assert caught.value.code == "out-of-memory"
    assert caught.value.field == "training.batch_size"


def test_a_full_disk_pauses_and_is_tried_again(
    setup_of: SetupOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = setup_of(saving={"every_steps": 2})
    failures: Iterator[bool] = iter([True, False, False])
    save = train_module.save_checkpoint

    def sometimes(*arguments: object) -> Path:
        if next(failures):
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(train_module, "save_checkpoint", sometimes)
    events = carried(
        Training(setup, run_of(setup, tmp_path)),
        lambda event: Command("resume") if isinstance(event, Paused) else None,
    )
    found = names(events)
    at = found.index("warned")
    assert found[at : at + 4] == ["warned", "paused", "resumed", "saved"]
    assert isinstance(events[-1], Finished)


def test_threads_follow_the_load_unless_the_plan_says_no(
    setup_of: Callable[..., Setup], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("studio.engine.threads.all_threads", lambda: 2)
    monkeypatch.setattr("studio.engine.threads.rate_of", lambda number: asked.append(number) or float(3 - number))
    before = torch.get_num_threads()
    try:
        Stepper(setup_of(training={"follow_load": False})).step(0, 0)
        assert asked == []
        Stepper(setup_of()).step(0, 0)
        assert asked == [2, 1]
        assert torch.get_num_threads() == 1  # the probe found one thread faster
    finally:
        torch.set_num_threads(before)


def test_what_the_targets_came_to_is_measured_along_the_way(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of(training={"max_steps": 3})
    ranks = resolve_targets(setup.plan.lora, setup.description.modules)
    told = [event for event in carried(Training(setup, run_of(setup, tmp_path))) if isinstance(event, Measured)]
    assert [event.step for event in told] == [1, 2, 3]
    for event in told:
        assert set(event.moved) == set(event.gradients) == set(ranks)
        assert all(length > 0 for length in event.gradients.values())
    assert [bool(event.effective_ranks) for event in told] == [False, False, True]
    assert all(1 <= told[-1].effective_ranks[name] <= target.rank for name, target in ranks.items())
