"""Plan files: YAML in, a checked `Plan` out, and back."""

import difflib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from studio.plan.errors import Refusal
from studio.plan.plan import Plan

HUB_DATA = "hub:"  # before the name of a data set on the Hub


def load_plan(path: Path, changes: Sequence[str] = ()) -> Plan:
    """The plan in a YAML file, with `KEY=VALUE` changes made, its paths made absolute from the file's folder.

    Raises Refusal: file missing or not YAML, unknown key, value out of range.
    """
    path = path.expanduser()
    if path.is_dir() and (path / "plan.yaml").is_file():
        path = path / "plan.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Refusal("plan-missing", "there is no plan at this path", where=str(path), now="check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            "plan-unreadable", f"the plan cannot be read: {error}", where=str(path), now="give a YAML text file"
        ) from error
    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f", line {mark.line + 1}"
        raise Refusal(
            "plan-not-yaml", "the plan is not valid YAML", where=f"{path}{line}", now="mend the file there"
        ) from error
    if not isinstance(tree, dict):
        raise Refusal("plan-empty", "the plan holds no settings", where=str(path), now="give at least model and data")
    for change in changes:
        _set(tree, change)
    return with_absolute_paths(parse_plan(tree), path.parent)


def parse_plan(tree: dict[str, Any]) -> Plan:
    """A plan from nested mappings. Raises Refusal that names the key, and the nearest known one where it is unknown."""
    try:
        return Plan.model_validate(tree)
    except ValidationError as error:
        raise refusal_of(error) from error


def dump_plan(plan: Plan) -> str:
    """The plan as YAML, every default filled in."""
    tree = plan.model_dump(mode="json", exclude_none=False)
    if plan.record is None:
        del tree["record"]
    for override in tree["lora"]["overrides"]:
        for key in [key for key, value in override.items() if value is None]:
            del override[key]
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=120)


def with_absolute_paths(plan: Plan, folder: Path) -> Plan:
    """The plan with its relative paths resolved from `folder`. A model that exists nowhere stays as a Hub id if it can be one."""
    folder = folder.absolute()
    data = plan.data.with_values(
        train=_absolute(plan.data.train, folder),
        more=[more.model_dump() | {"path": _absolute(more.path, folder)} for more in plan.data.more],
        eval=None if plan.data.eval is None else _absolute(plan.data.eval, folder),
    )
    model = plan.model
    if not could_be_hub_id(model) or (folder / model).exists():
        model = _absolute(model, folder)
    return plan.with_values(model=model, data=data)


def could_be_hub_id(text: str) -> bool:
    """Whether a model's name has the form of a Hub id: `owner/name`, or a bare legacy name such as `gpt2`."""
    parts = text.split("/")
    return len(parts) <= 2 and all(
        part and not part.startswith((".", "~", "-")) and all(c.isalnum() or c in "._-" for c in part) for part in parts
    )


def refusal_of(error: ValidationError) -> Refusal:
    """The first problem of a pydantic error as a sentence with its key."""
    first = error.errors(include_url=False)[0]
    place = [str(part) for part in first["loc"]]
    if first["type"] in ("extra_forbidden", "invalid_key"):
        key = ".".join(place)
        near = difflib.get_close_matches(place[-1], _known_keys(place[:-1]), n=1)
        now = f"did you mean {'.'.join([*place[:-1], near[0]])}" if near else "remove it"
        return Refusal("plan-unknown-key", f"{key} is not a setting", where=key, now=now, field=key)
    # Pydantic appends the alternative of a union that it tried; only the plan's own keys are of use.
    place = _plan_place(place)
    key = ".".join(place)
    if first["type"] == "missing":
        return Refusal("plan-missing-key", f"the plan does not say {key}", where=key, now=f"add {key}", field=key)
    wanted = _wanted(error, first)
    found = first["input"]
    shown = "nan" if isinstance(found, float) and math.isnan(found) else repr(found)
    if not place:
        return Refusal("plan-invalid", wanted, now="mend the plan")
    return Refusal("plan-invalid", f"{key} cannot be {shown}", where=key, now=wanted, field=key)


def _wanted(error: ValidationError, first: Any) -> str:
    """What would have been right, over all alternatives of the same key."""
    key = _plan_place([str(part) for part in first["loc"]])
    told = []
    for problem in error.errors(include_url=False):
        if _plan_place([str(part) for part in problem["loc"]]) == key:
            told.append(_kind_wanted(problem))
    return f"give {' or '.join(dict.fromkeys(told))}"


def _kind_wanted(problem: Any) -> str:
    """What one of pydantic's problems asks for; in its own words where they are not among those that a plan's types can come to."""
    context = problem.get("ctx", {})
    match problem["type"]:
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return "a whole number"
        case "float_type" | "float_parsing":
            return "a number"
        case "finite_number":
            return "a finite number"
        case "bool_type" | "bool_parsing":
            return "true or false"
        case "string_type":
            return "a text"
        case "list_type" | "tuple_type":
            return "a list"
        case "dict_type" | "mapping_type" | "model_type" | "model_attributes_type":
            return "a mapping of keys to values"
        case "string_too_short":
            return "a text that is not empty"
        case "string_too_long":
            return f"a text of at most {context['max_length']} characters"
        case "string_pattern_mismatch":
            return f"a text that matches {context['pattern']}"
        case "greater_than":
            return f"a number above {context['gt']:.10g}"
        case "greater_than_equal":
            return f"a number of at least {context['ge']:.10g}"
        case "less_than":
            return f"a number below {context['lt']:.10g}"
        case "less_than_equal":
            return f"a number of at most {context['le']:.10g}"
        case "literal_error":
            return str(context["expected"])
        case "value_error":
            return str(context["error"])
    return str(problem["msg"])


def _plan_place(place: list[str]) -> list[str]:
    kept: list[str] = []
    for part in place:
        if kept and kept[-1].isdigit() and len(kept) > 2 and part not in _known_keys(["lora", "overrides", kept[-1]]):
            break
        if kept and not part.isdigit() and _known_keys(kept) == [] and not kept[-1].isdigit():
            break
        kept.append(part)
    return kept


def _known_keys(place: Sequence[str]) -> list[str]:
    """The keys that a plan may have at a place; empty where the place holds a plain value."""
    part: Any = Plan
    for name in place:
        if name.isdigit():
            continue
        field = part.model_fields.get(name) if isinstance(part, type) and issubclass(part, BaseModel) else None
        if field is None:
            return []
        part = next((kind for kind in _models(field.annotation)), None)
    return list(part.model_fields) if isinstance(part, type) and issubclass(part, BaseModel) else []


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for argument in get_args(annotation) for model in _models(argument)]


def _set(tree: dict[str, Any], change: str) -> None:
    key, equals, value = change.partition("=")
    if not equals or not key:
        raise Refusal(
            "set-malformed", f"--set {change} is not KEY=VALUE", where=change, now="write for example lora.rank=8"
        )
    *path, last = key.strip().split(".")
    place = tree
    for part in path:
        inner = place.get(part)
        if inner is None:
            inner = place[part] = {}
        if not isinstance(inner, dict):
            raise Refusal("set-malformed", f"{key} is not a setting", where=key, now="see the plan's keys", field=key)
        place = inner
    try:
        place[last] = yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise Refusal("set-malformed", f"the value of {key} is not YAML", where=change, now="quote it") from error


def _absolute(text: str, folder: Path) -> str:
    if text.startswith(HUB_DATA):
        return text
    path = Path(text).expanduser()
    return str(path if path.is_absolute() else Path.cwd().joinpath(folder, path).resolve())
