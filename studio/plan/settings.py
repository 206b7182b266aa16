"""The settings of a plan as a table: what a form, a search field or a help text needs to know of each."""

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic.fields import FieldInfo

from studio.plan.part import PlanPart, Setting
from studio.plan.plan import DataPlan, EvaluationPlan, LoraPlan, SavingPlan
from studio.plan.training import TrainingPlan

SECTIONS: dict[str, type[PlanPart]] = {
    "data": DataPlan,
    "lora": LoraPlan,
    "training": TrainingPlan,
    "evaluation": EvaluationPlan,
    "saving": SavingPlan,
}

NO_LIMIT = 1e9
JUST_BELOW = 1e-4


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """One row of the table. `kind` is int, float, choice, text, switch or list; `choices` hold literal values.

    `optional`: None is a value ("empty"). `auto`: the word "auto" is a value beside the numbers.
    """

    key: str
    kind: str
    default: Any
    shown: Setting
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    below: float | None = None
    optional: bool = False
    auto: bool = False

    @property
    def limits(self) -> tuple[float, float]:
        """Lowest and highest number that a box should offer; an open lower end is the limit itself, an open upper end just below it."""
        low = self.minimum if self.minimum is not None else self.above or 0
        high = self.maximum if self.maximum is not None else NO_LIMIT if self.below is None else self.below - JUST_BELOW
        return (int(low), int(high)) if self.kind == "int" else (low, high)

    def allows(self, number: float) -> bool:
        """Whether a number is within the limits."""
        return (
            (self.minimum is None or number >= self.minimum)
            and (self.above is None or number > self.above)
            and (self.maximum is None or number <= self.maximum)
            and (self.below is None or number < self.below)
        )


@cache
def settings() -> dict[str, SettingInfo]:
    """Every setting by its dotted key ("lora.rank"), in the order of declaration."""
    table = {}
    for section, part in SECTIONS.items():
        for name, field in part.model_fields.items():
            info = _describe(f"{section}.{name}", field)
            if info is not None:
                table[info.key] = info
    return table


def _describe(key: str, field: FieldInfo) -> SettingInfo | None:
    shown = next((item for item in field.metadata if isinstance(item, Setting)), None)
    if shown is None:
        return None
    limits: dict[str, Any] = {}
    parts = _flatten(field.annotation, field.metadata, limits)
    literals = tuple(value for part in parts if get_origin(part) is Literal for value in get_args(part))
    plain = [part for part in parts if get_origin(part) is not Literal and part is not type(None)]
    kind = "choice" if not plain else _kind(plain[0])
    default = None if field.is_required() else field.get_default()
    return SettingInfo(
        key,
        kind,
        default,
        shown,
        choices=literals if kind == "choice" else (),
        optional=type(None) in parts,
        auto="auto" in literals and kind != "choice",
        **limits,
    )


def _flatten(annotation: Any, metadata: list[Any], limits: dict[str, Any]) -> list[Any]:
    """The alternatives of a type; numeric limits met on the way go into `limits`."""
    for item in metadata:
        if isinstance(item, FieldInfo):
            _flatten(None, item.metadata, limits)
        for kind, name, attribute in (
            (annotated_types.Ge, "minimum", "ge"),
            (annotated_types.Le, "maximum", "le"),
            (annotated_types.Gt, "above", "gt"),
            (annotated_types.Lt, "below", "lt"),
        ):
            if isinstance(item, kind):
                limits[name] = getattr(item, attribute)
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _flatten(inner, more, limits)
    if get_origin(annotation) in (Union, types.UnionType):
        return [part for choice in get_args(annotation) for part in _flatten(choice, [], limits)]
    return [annotation]


def _kind(annotation: Any) -> str:
    if annotation in (int, float):
        return str(annotation.__name__)
    if annotation is bool:
        return "switch"
    return "text" if annotation is str else "list"
