"""A worker process that answers without torch: it tells the truth, prints noise, carries a run, or dies, as it is asked."""

import json
import os
import sys
from pathlib import Path

from studio.link.wire import answer_line, read_request
from studio.plan.events import (
    Answered,
    Cancelled,
    Event,
    Failed,
    Finished,
    Paused,
    Ready,
    Resumed,
    Started,
    Stepped,
    Stopped,
)
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run
from studio.runs.log import EventLog, Follower


def say(number: int, event: Event) -> None:
    sys.stdout.write(answer_line(number, event) + "\n")
    sys.stdout.flush()


def carry(run: Run, steps: int) -> None:
    """Steps that wait while paused, as a real run does."""
    commands = Follower(run.commands_file)
    with run.owned(), EventLog(run.events_file) as log:
        log.append(
            Started(
                step=0, steps=steps, examples=steps, device="cpu", precision="float32", trainable_parameters=1,
                total_parameters=2, targets={"a": 1},
            )
        )  # fmt: skip
        paused = False
        step = 0
        while step < steps:
            for line in commands.lines():
                wish = json.loads(line)["command"]
                if wish in ("pause", "resume"):
                    paused = wish == "pause"
                    log.append(Paused(step=step) if paused else Resumed(step=step))
                elif wish == "stop":
                    run.write_summary({"state": "stopped", "steps": step})
                    log.append(Stopped(step=step, saved=False, summary={}))
                    return
            if paused:
                continue
            step += 1
            log.append(
                Stepped(
                    step=step, loss=4 / step, learning_rate=1e-3, grad_norm=1.0, tokens=step * 10, tokens_per_second=10.0,
                    memory={}, trainable_parameters=1, eta_seconds=0.0,
                )
            )  # fmt: skip
        run.write_summary({"state": "finished", "steps": steps})
        log.append(Finished(step=steps, adapter=str(run.adapter), summary={}))


def main() -> None:
    say(0, Ready(machine={"memory_available": 8_000_000_000}))
    for line in sys.stdin:
        request = read_request(line)
        if request.name == "echo":
            say(request.id, Answered(value=request.arguments))
        elif request.name == "cancel":
            say(request.arguments["id"], Cancelled())
        elif request.name == "refuse":
            say(request.id, Failed(code="no", what="no such thing", field="model", refused=True))
        elif request.name == "die":
            sys.stderr.write("Killed by the test\n")
            sys.stderr.flush()
            os._exit(7)
        elif request.name == "train":
            if request.arguments.get("refuse"):
                say(request.id, Failed(code="no", what="no such thing", field="model", refused=True))
                continue
            plan = Plan.model_validate(request.arguments["plan"])
            if plan.model == "refused":
                say(request.id, Failed(code="no", what="no such thing", field="model", refused=True))
                continue
            run = create_run(plan, Path(request.arguments["run"]) if request.arguments.get("run") else None)
            say(request.id, Answered(value={"run": str(run.path)}))
            carry(run, int(plan.training.max_steps or 3))
            return


main()
