from dataclasses import replace

from studio.plan.description import ModelDescription
from studio.plan.estimate import estimate
from studio.plan.estimate_words import memory_words, time_words
from studio.plan.plan import DataPlan, Plan


def test_figures_say_how_sure_they_are_and_where_they_come_from(small: ModelDescription) -> None:
    plain = estimate(Plan(model="m", data=DataPlan(train="d")), small, rows=10)
    assert (time_words(plain), memory_words(plain)) == ("", "")
    timed = replace(plain, seconds_total=185.0, time_error=0.5)
    assert time_words(timed) == "about 3 min, rough: no earlier run has shown it"
    learnt = replace(timed, time_runs=3, time_error=0.2, memory_runs=1)
    assert time_words(learnt) == "about 3 min, within 20 %, corrected by 3 earlier runs"
    assert memory_words(learnt) == "Memory: corrected by 1 earlier run."
    measured = replace(plain, memory_from="measurement", memory_runs=2)
    assert memory_words(measured) == "Memory: from a measurement of this model; corrected by 2 earlier runs."


def test_a_formula_of_other_models_is_rough(small: ModelDescription) -> None:
    plain = estimate(Plan(model="m", data=DataPlan(train="d")), small, rows=10)
    assert "rough" in memory_words(replace(plain, memory_from="formula of other models"))
