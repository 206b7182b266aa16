"""Prints what every mistake of `test_bad_input` is refused with, as a line of JSON each; run in a process of its own, which loads torch."""

import contextlib
import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))
import test_bad_input as bad

from studio.cli import run
from studio.runs.places import resources_folder

for mistake in bad.MISTAKES:
    if mistake.id == "a_device_that_is_not_here":
        continue  # it may be here
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(resources_folder() / "starter", folder / "model")
        (folder / "rows.jsonl").write_text(bad.GOOD_ROW * 8)
        tree = {
            "model": "model",
            "data": {"train": "rows.jsonl", "max_length": 64, "eval_fraction": 0.0},
            "training": {"max_steps": 1, "batch_size": 2, "gradient_accumulation": 1, "device": "cpu"},
        }
        mistake.values[0](folder, tree)
        (folder / "plan.yaml").write_text(yaml.safe_dump(tree))
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = run(["train", str(folder / "plan.yaml"), "--run", str(folder / "run"), "--json"])
        print(json.dumps({"id": mistake.id, "code": code, "event": json.loads(said.getvalue().splitlines()[-1])}))
