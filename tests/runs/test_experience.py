"""What a machine has shown, on disk."""

from studio.plan.experience import Correction, Experience, Outcome, Rates
from studio.runs.experience import experience_of, keep_outcome, keep_rates, keep_scale, outcomes_file, rates_file

RATES = Rates({"float32": ((1.0, 1e9),)}, 1e9, 1e-6)
RUN = Outcome("here", "float32", "llama", 100, 300, 340, 1.0, 1.2)


def test_nothing_is_known_at_first() -> None:
    assert experience_of("here") == Experience()


def test_what_is_kept_is_known_of_that_machine_alone() -> None:
    keep_rates("here", RATES)
    keep_outcome(RUN)
    keep_outcome(RUN)
    keep_scale("/model", 1.5)
    known = experience_of("here")
    assert known == Experience(RATES, {"float32": Correction.learnt([RUN, RUN])}, {"/model": 1.5})
    assert experience_of("elsewhere") == Experience(activation_scales={"/model": 1.5})


def test_deleting_the_file_forgets_the_runs() -> None:
    keep_outcome(RUN)
    outcomes_file().unlink()
    assert experience_of("here") == Experience()


def test_damage_costs_no_more_than_what_is_damaged() -> None:
    keep_outcome(RUN)
    with outcomes_file().open("a") as file:
        file.write('{"machine": "he')
    rates_file().write_text("{half")
    assert experience_of("here").corrections == {"float32": Correction.learnt([RUN])}
    keep_rates("here", RATES)
    assert experience_of("here").rates == RATES
