import pytest
from pydantic import ValidationError

from studio.plan.plan import DataPlan, Plan
from studio.plan.settings import SECTIONS, SettingInfo, settings

EVERY = list(settings().values())


def plan_with(info: SettingInfo, value: object) -> Plan:
    plan = Plan(model="m", data=DataPlan(train="d"))
    section, name = info.key.split(".")
    return plan.with_values(**{section: getattr(plan, section).with_values(**{name: value})})


def test_every_setting_is_in_the_table() -> None:
    assert set(settings()) == {f"{section}.{name}" for section, part in SECTIONS.items() for name in part.model_fields}


@pytest.mark.parametrize("info", EVERY, ids=lambda info: info.key)
def test_a_default_is_allowed(info: SettingInfo) -> None:
    if info.default is not None and info.key != "data.train":
        plan_with(info, info.default)
    assert info.shown.label
    assert info.shown.hint.endswith(".")


@pytest.mark.parametrize("info", [info for info in EVERY if info.kind in ("int", "float")], ids=lambda info: info.key)
def test_limits_are_those_that_the_plan_enforces(info: SettingInfo) -> None:
    tiny = 1 if info.kind == "int" else 1e-9
    inside = [info.minimum, info.maximum]
    outside = [info.above, info.below]
    outside += [None if info.minimum is None else info.minimum - tiny]
    outside += [None if info.maximum is None else info.maximum + max(tiny, info.maximum * 1e-9)]
    assert (info.minimum, info.above) != (None, None)
    for value in inside:
        if value is not None:
            plan_with(info, int(value) if info.kind == "int" else value)
    for value in outside:
        if value is not None:
            with pytest.raises(ValidationError):
                plan_with(info, value)


@pytest.mark.parametrize("info", [info for info in EVERY if info.choices], ids=lambda info: info.key)
def test_choices_are_those_that_the_plan_takes(info: SettingInfo) -> None:
    for choice in info.choices:
        plan_with(info, choice)
    with pytest.raises(ValidationError):
        plan_with(info, "something else")


def test_what_a_form_asks_for() -> None:
    table = settings()
    assert (table["lora.rank"].kind, table["lora.rank"].minimum, table["lora.rank"].maximum) == ("int", 1, 65536)
    assert (table["training.learning_rate"].above, table["training.learning_rate"].maximum) == (0, 1)
    assert (table["evaluation.every_steps"].auto, table["evaluation.every_steps"].kind) == (True, "int")
    assert (table["training.max_steps"].optional, table["training.max_steps"].minimum) == (True, 1)
    assert table["saving.keep_best"].kind == "switch"
    assert table["evaluation.prompts"].kind == "list"
    assert table["training.device"].kind == "text"
    assert table["training.scheduler"].choices == ("cosine", "linear", "constant")
