"""What tells runs apart: their plans, the data and model they met, the versions they were carried out with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.plan.plan import Plan

ABSENT = "—"
SHORT = 12  # characters of a fingerprint that are shown: enough to tell two apart


@dataclass(frozen=True, slots=True)
class Difference:
    """One key with its value in each run, as text. `part` is plan, data, model or versions."""

    part: str
    key: str
    values: tuple[str, ...]


def differences(plans: Sequence[Plan]) -> list[Difference]:
    """The keys in which plans as carried out are not all equal: settings first, then fingerprints, then versions."""
    trees = [_facts(plan) for plan in plans]
    keys = dict.fromkeys(key for tree in trees for key in tree)
    found = []
    for part, key in keys:
        values = tuple(tree.get((part, key), ABSENT) for tree in trees)
        if len(set(values)) > 1:
            found.append(Difference(part, key, values))
    order = ("plan", "data", "model", "versions")
    return sorted(found, key=lambda difference: order.index(difference.part))


def _facts(plan: Plan) -> dict[tuple[str, str], str]:
    tree = plan.model_dump(mode="json")
    record = tree.pop("record") or {}
    facts = {("plan", key): value for key, value in _flat(tree).items()}
    for path, fingerprint in record.pop("data_fingerprints", {}).items():
        facts["data", _fingerprint_of(path)] = fingerprint[:SHORT]
    facts["model", _fingerprint_of("")] = (record.pop("model_fingerprint", None) or ABSENT)[:SHORT]
    versions = record.pop("versions", {})
    facts |= {("plan", _carried_out(key)): _text(value) for key, value in record.items()}
    facts |= {("versions", name): version for name, version in versions.items()}
    return facts


def _fingerprint_of(path: str) -> str:
    return f"fingerprint of {path}" if path else "fingerprint"


def _carried_out(key: str) -> str:
    return f"as carried out: {key}"


def _flat(tree: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Every leaf by its dotted key; a list is one leaf."""
    leaves: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            leaves |= _flat(value, f"{above}{key}.")
        else:
            leaves[f"{above}{key}"] = _text(value)
    return leaves


def _text(value: Any) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, list):
        return "; ".join(_text(entry) for entry in value) or ABSENT
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(entry)}" for key, entry in value.items() if entry is not None)
    return str(value)
