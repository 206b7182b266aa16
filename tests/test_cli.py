import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.cli import run
from studio.plan.plan import Plan
from studio.runs.folder import create_run
from studio.runs.notes import Notes, notes_file, write_notes
from studio.runs.places import resources_folder, runs_folder

COMMANDS = ("train", "resume", "inspect", "estimate", "preflight", "export", "generate", "runs", "doctor")


def studio(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "studio", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"} | environment,
    )


@pytest.fixture
def plan(shared: Path, tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(
        f"model: {shared / 'models' / 'stories260k'}\n"
        f"data: {{train: {shared / 'data' / 'e2e' / 'train.jsonl'}, max_length: 128, max_examples: 60}}\n"
        "lora: {rank: 4}\n"
        "training: {max_steps: 3, batch_size: 4, gradient_accumulation: 1, precision: float32, device: cpu}\n"
    )
    return file


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: lora-studio {command}" in capsys.readouterr().out


def test_help_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"lora-studio {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("words", [["fly"], ["train"], ["train", "--fast"], ["export", "x"], ["runs", "more"]])
def test_a_wrong_command_line_is_one_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err.count("\n") == 1
    assert heard.err.endswith("see lora-studio --help.\n")


def test_a_refusal_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", str(tmp_path / "none.yaml"), "--json"]) == 2
    heard = capsys.readouterr()
    (line,) = heard.out.splitlines()
    event = json.loads(line)
    assert (event["event"], event["code"], event["refused"]) == ("failed", "plan-missing", True)
    assert heard.err.count("\n") == 1


def test_a_plan_is_carried_out_resumed_and_exported(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    done = studio("train", str(plan), "--run", str(folder), "--set", "lora.rank=2", "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["step"] for event in events if event["event"] == "stepped"] == [1, 2, 3]
    assert events[-1]["event"] == "finished"
    again = studio("resume", str(folder), "--json")
    assert again.returncode == 0, again.stderr
    out = tmp_path / "merged"
    exported = studio("export", str(folder), "--to", str(out), "--format", "merged", "--json")
    assert exported.returncode == 0, exported.stderr
    assert json.loads(exported.stdout.splitlines()[-1])["value"]["agrees"] is True
    assert (out / "model.safetensors").is_file()


def test_a_refused_plan_leaves_nothing(plan: Path, tmp_path: Path) -> None:
    done = studio("train", str(plan), "--run", str(tmp_path / "run"), "--set", "lora.targets=[nothing]", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout.splitlines()[-1])["code"] == "pattern-matches-nothing"
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "run").exists()


def test_ctrl_c_stops_and_saves(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    words = ["train", str(plan), "--run", str(folder), "--set", "training.max_steps=100000", "--json"]
    process = subprocess.Popen([sys.executable, "-m", "studio", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "stepped":
            break
    process.send_signal(signal.SIGINT)
    last = process.stdout.read().splitlines()[-1]
    process.stdout.close()
    assert process.wait(60) == 130
    event = json.loads(last)
    assert (event["event"], event["saved"]) == ("stopped", True)
    assert list((folder / "checkpoints").iterdir())


def test_estimate_and_inspect_print_one_object(plan: Path, shared: Path) -> None:
    costs = json.loads(studio("estimate", str(plan), "--json").stdout)
    assert costs["peak_bytes"] == sum(costs["memory"].values())
    found = json.loads(studio("inspect", str(shared / "models" / "stories260k"), "--json").stdout)
    assert found["total_parameters"] == 260_032


def test_no_runs_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_runs_are_listed_with_their_tags_and_note(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan.model_validate({"model": "/m", "data": {"train": "/d.jsonl"}})
    tagged, damaged = (create_run(plan, runs_folder() / name) for name in ("tagged", "damaged"))
    write_notes(tagged, Notes(("good",), "the first that worked"))
    notes_file(damaged).write_text("{")
    assert run(["runs", "--json"]) == 0
    told = {row["name"]: (row["tags"], row["note"]) for row in json.loads(capsys.readouterr().out)}
    assert told == {"tagged": (["good"], "the first that worked"), "damaged": ([], "")}


def test_no_display_is_a_sentence_and_no_abort() -> None:
    done = studio(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (done.returncode, done.stdout) == (2, "")
    assert "lora-studio train PLAN.yaml" in done.stderr


def test_generate_answers_in_words_or_in_events(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["generate", "--model", str(resources_folder() / "starter"), "--prompt", "Once", "--max-new-tokens", "4"]
    assert run(words) == 0
    text = capsys.readouterr().out
    assert text.strip()
    assert run([*words, "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[-1]["event"] == "answered"
    assert events[-1]["value"]["texts"]["base"] + "\n" == text  # greedy: the same words every time
    worded = [event for event in events if event["event"] == "worded"]
    assert 1 <= len(worded) <= 4
    assert "".join(event["text"] for event in worded) == events[-1]["value"]["texts"]["base"]


def test_doctor_is_a_report_under_headings(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    assert run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.splitlines() if line and line[0] != " "] == [
        "Machine",
        "Python",
        "Devices",
        "Folders",
    ]
    assert str(own_home / "studio") in shown
