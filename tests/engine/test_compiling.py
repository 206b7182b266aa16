"""Compiled blocks compute what the others do, are kept where a trial finds them faster, and are the same again after a resume."""

import logging
import queue
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from studio.engine import compile_trial, compiling
from studio.engine.carry import carry, carry_on
from studio.engine.compile_trial import Choice, with_chosen_blocks
from studio.engine.compiling import CompiledBlocks
from studio.engine.proof import Slope, slope
from studio.engine.setup import Setup
from studio.engine.stepper import offload_of
from studio.engine.train import set_training
from studio.lora.layers.layer import LoraLayer
from studio.plan.commands import Command
from studio.plan.events import Event, Progressed, Saved, Started, Stepped, Warned
from studio.plan.plan import Plan
from studio.plan.training import TrainingPlan
from studio.runs.folder import Run
from tests.engine.conftest import done

SetupOf = Callable[..., Setup]
PlanOf = Callable[..., Plan]
Graph = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_compiler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A compiler that only traces, with nothing left of it afterwards."""
    monkeypatch.setattr(compiling, "BACKEND", "eager")
    monkeypatch.setenv(compiling.FOLDER, str(tmp_path / "compiled"))
    monkeypatch.setattr(logging.getLogger("torch.__trace"), "disabled", True)  # else pytest would keep all of its lines
    torch.compiler.reset()
    torch._dynamo.utils.counters.clear()
    yield
    torch.compiler.reset()
    torch.compiler.set_stance("default")


def _slope(setup: Setup, number: int = 0) -> Slope:
    def loss(batch: Any) -> torch.Tensor:
        with offload_of(setup):
            return setup.loss(batch)

    set_training(setup, True)
    try:
        return slope(setup.model, loss, setup.batch(number))
    finally:
        set_training(setup, False)


def _same(one: Slope, other: Slope) -> bool:
    return one.loss == other.loss and torch.equal(one.gradient, other.gradient)


def _plain(setup: Setup) -> list[bool]:
    return [module.plain for module in setup.model.modules() if isinstance(module, LoraLayer)]


def _trial(setup: Setup, asked: str = "auto") -> Choice:
    choice: Choice = done(compile_trial._Trial(setup, asked, again=False).choice())
    return choice


def _instead(monkeypatch: pytest.MonkeyPatch, made: Callable[[Graph], Graph]) -> None:
    """Make this of a block's forward in torch's stead, which takes seconds."""
    monkeypatch.setattr(torch, "compile", lambda body, **_: made(body))


@pytest.fixture
def no_least_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny run of a test is long enough for a trial of as long as it takes."""
    monkeypatch.setattr(compile_trial, "USUAL_SECONDS", 0.0)
    monkeypatch.setattr(compile_trial, "LARGEST_SHARE", 1e9)


@pytest.mark.parametrize(
    ("backend", "packing", "checkpointing"),
    [("eager", "none", "offload"), pytest.param("aot_eager", "pack", "on", marks=pytest.mark.slow)],
)
def test_compiled_blocks_give_the_loss_and_gradient_of_the_others(
    setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch, backend: str, packing: str, checkpointing: str
) -> None:
    monkeypatch.setattr(compiling, "BACKEND", backend)
    setup = setup_of(data={"packing": packing}, training={"gradient_checkpointing": checkpointing})
    before = [_slope(setup, number) for number in range(3)]
    blocks = CompiledBlocks(setup.model, setup.fused)
    assert len(blocks) == 2
    blocks.install()
    assert all(_plain(setup))
    with blocks.compiling():
        found = [_slope(setup, number) for number in range(3)]
    graphs = torch._dynamo.utils.counters["stats"]["unique_graphs"]
    assert graphs == 2  # of a block whose input asks for no gradient, and of all others
    for one, other in zip(found, before, strict=True):
        assert abs(one.loss - other.loss) <= 1e-5 * other.loss
        assert (one.gradient - other.gradient).norm() <= 1e-5 * other.gradient.norm()
        assert other.gradient.any()
    blocks.remove()
    blocks.forget()
    assert not any(_plain(setup))
    assert _same(_slope(setup), before[0])


def test_what_is_not_compiled_in_time_is_never_compiled(setup_of: SetupOf) -> None:
    setup = setup_of()
    before = _slope(setup)
    blocks = CompiledBlocks(setup.model, setup.fused)
    blocks.install()
    with blocks.compiling():
        pass
    assert _slope(setup).near(before, torch.float32)
    assert not torch._dynamo.utils.counters["stats"]["unique_graphs"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="torch compiles for a CPU with g++")
def test_the_real_compiler_agrees_and_keeps_its_code_where_ours_lies(
    setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setattr(compiling, "BACKEND", "inductor")
    monkeypatch.setenv(compiling.FOLDER, "/tmp/torchinductor_somebody")  # as torch itself sets it
    setup = setup_of(lora={"targets": ["model.layers.1.*"]})  # one block with a backward, which takes the longest
    before = [_slope(setup, number) for number in range(2)]
    blocks = CompiledBlocks(setup.model, setup.fused)
    blocks.install()
    with blocks.compiling():
        found = [_slope(setup, number) for number in range(2)]
    for one, other in zip(found, before, strict=True):
        assert abs(one.loss - other.loss) <= 1e-5 * other.loss
        assert (one.gradient - other.gradient).norm() <= 1e-5 * other.gradient.norm()
    assert list((own_home / "studio" / "cache" / "compiled").rglob("*.so"))


def test_on_a_cpu_auto_is_off_and_tries_nothing(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_trial, "_Trial", None)
    setup = setup_of()
    before = _slope(setup)
    chosen: Setup = done(with_chosen_blocks(setup, None))
    assert not chosen.compiled
    assert not chosen.compile_reason
    assert chosen.follows_load == setup.follows_load
    assert chosen.plan.record is not None
    assert chosen.plan.record.compiled is False
    assert _same(_slope(chosen), before)


def test_a_short_run_begins_no_trial(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CompiledBlocks, "install", None)
    choice = _trial(setup_of())
    assert not choice.compiled
    assert choice.reason.startswith("a run of about ")
    assert choice.reason.endswith(" is too short to pay for it")


@pytest.mark.usefixtures("no_least_time")
@pytest.mark.parametrize(("there", "asked", "kept"), [(1.5, "auto", True), (0.9, "auto", False), (0.9, "on", True)])
def test_compiled_blocks_stay_where_they_are_faster_or_the_plan_wants_them(
    setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch, there: float, asked: str, kept: bool
) -> None:
    setup = setup_of()
    before = _slope(setup)
    _instead(monkeypatch, lambda body: body)
    monkeypatch.setattr(compile_trial._Trial, "_seconds", lambda _: 1.0 if all(_plain(setup)) else there)
    choice = _trial(setup, asked)
    assert choice.compiled == kept
    assert choice.reason.startswith(f"{there:.2f} times as fast, ")
    assert all(_plain(setup)) == kept
    assert _slope(setup).near(before, torch.float32)
    assert _same(_slope(setup), before) or kept


def _failing(graph: Graph, inputs: Any) -> Graph:
    raise RuntimeError("there is no compiler")


def _wrong(body: Graph) -> Graph:
    return lambda *given, **named: 1.1 * body(*given, **named)


def _endless(body: Graph) -> Graph:
    def forward(*given: Any, **named: Any) -> Any:
        while True:
            time.sleep(0.001)

    return forward


@pytest.mark.usefixtures("no_least_time")
@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (None, "they cannot be (BackendCompilerFailed: "),
        (_wrong, "their gradient is not that of the blocks as they are"),
        (_endless, "they were not ready after 1 s"),
    ],
)
def test_what_goes_wrong_leaves_the_blocks_as_they_were(
    setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch, made: Callable[[Graph], Graph] | None, reason: str
) -> None:
    if made is None:
        monkeypatch.setattr(compiling, "BACKEND", _failing)
    else:
        _instead(monkeypatch, made)
    monkeypatch.setattr(compile_trial, "BUDGET_SECONDS", 1.0 if made is _endless else 600.0)
    setup = setup_of()
    before = _slope(setup)
    choice = _trial(setup)
    assert not choice.compiled
    assert choice.reason.startswith(reason)
    assert not any(_plain(setup))
    assert _same(_slope(setup), before)


@pytest.mark.parametrize(
    ("lora", "reason"),
    [({"dropout": 0.1}, "they cannot be (Unsupported: "), ({"final_rank": 2}, "ranks that shrink would need new code")],
)
def test_a_plan_that_asks_for_what_cannot_be_compiled_is_told_and_carried_out(
    setup_of: SetupOf, lora: dict[str, Any], reason: str
) -> None:
    setup = setup_of(lora=lora, training={"compile": True})
    events: list[Event] = []
    work = with_chosen_blocks(setup, None)
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            chosen: Setup = end.value
            break
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.code == "not-compiled"
    assert warned.what.startswith(f"the blocks are not compiled: {reason}")
    assert not chosen.compiled
    assert chosen.compile_reason.startswith(reason)


def test_a_stop_while_blocks_are_compiled_is_heard(
    plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _instead(monkeypatch, _endless)
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    events = []
    for event in carry(plan_of(training={"compile": "on"}), tmp_path / "run", inbox=inbox):
        events.append(event)
        if isinstance(event, Progressed) and event.phase == compile_trial.PHASE and event.done >= 1:
            inbox.put(Command("stop"))
    assert events[-1].name == "cancelled"
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
def test_the_choice_is_kept_over_a_resume_which_ends_in_the_same_bytes(
    plan_of: PlanOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(training={"compile": "on", "max_steps": 4}, saving={"every_steps": 2})
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    (began,) = [event for event in carry(plan, whole) if isinstance(event, Started)]
    assert began.compiled
    assert "times as fast" in began.compile_reason
    record = Run(whole).plan().record
    assert record is not None
    assert record.compiled
    inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
    for event in carry(plan, broken, inbox=inbox):
        if isinstance(event, Saved):
            inbox.put(Command("stop", save=True))
    monkeypatch.setattr(compile_trial._Trial, "_gain", None)  # nothing is timed again
    resumed = list(carry_on(broken))
    (went_on,) = [event for event in resumed if isinstance(event, Started)]
    assert went_on.compiled
    assert went_on.compile_reason == "as the run was begun"
    assert sum(isinstance(event, Stepped) for event in resumed) < 4
    one, other = (load_file(run / "adapter" / "adapter_model.safetensors") for run in (whole, broken))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_that_was_begun_uncompiled_goes_on_so(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = setup_of(training={"compile": "on"})
    monkeypatch.setattr(compile_trial, "_Trial", None)
    assert setup.plan.record is not None
    assert not done(with_chosen_blocks(setup, setup.plan.record)).compiled


def test_the_setting_takes_yamls_booleans() -> None:
    assert [TrainingPlan.model_validate({"compile": value}).compile for value in (True, False, "auto")] == [
        "on",
        "off",
        "auto",
    ]
