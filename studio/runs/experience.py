"""What this machine has shown, as it is kept on disk. Deleting the folder's files starts anew."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from studio.plan.experience import Correction, Experience, Outcome, Rates
from studio.runs.atomic import write_text
from studio.runs.places import data_folder


def rates_file() -> Path:
    """Measured rates, by machine."""
    return data_folder() / "rates.json"


def scales_file() -> Path:
    """What models that the formula was not made for were measured to keep, over what it says; by model."""
    return data_folder() / "activation-scales.json"


def outcomes_file() -> Path:
    """One line for each finished run: what was predicted, and what came."""
    return data_folder() / "experience.jsonl"


def experience_of(machine: str) -> Experience:
    """All that is known of a machine; what cannot be read counts as not known."""
    outcomes = [outcome for outcome in _outcomes() if outcome.machine == machine]
    corrections = {
        precision: Correction.learnt([outcome for outcome in outcomes if outcome.precision == precision])
        for precision in {outcome.precision for outcome in outcomes}
    }
    rates = _tree(rates_file()).get(machine)
    scales = {model: float(scale) for model, scale in _tree(scales_file()).items()}
    return Experience(None if rates is None else Rates.from_json(rates), corrections, scales)


def keep_rates(machine: str, rates: Rates) -> None:
    """Keep what was measured of a machine; earlier figures of it give way. Raises OSError."""
    _put(rates_file(), machine, asdict(rates))


def keep_scale(model: str, scale: float) -> None:
    """Keep what was measured of a model. Raises OSError."""
    _put(scales_file(), model, scale)


def keep_outcome(outcome: Outcome) -> None:
    """Add what came of a run. Raises OSError."""
    outcomes_file().parent.mkdir(parents=True, exist_ok=True)
    with outcomes_file().open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(outcome)) + "\n")


def _outcomes() -> list[Outcome]:
    """All that was kept, oldest first; a line that a crash cut short, or that another version wrote, is passed over."""
    found = []
    try:
        lines = outcomes_file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for line in lines:
        try:
            found.append(Outcome(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def _tree(file: Path) -> Mapping[str, Any]:
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _put(file: Path, key: str, value: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, json.dumps({**_tree(file), key: value}, indent=1))
