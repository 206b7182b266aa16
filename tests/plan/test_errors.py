import pytest

from studio.plan.errors import Failure, Refusal, StudioError, error_from_json


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refusal("x", "the file is empty"), "the file is empty."),
        (Refusal("x", "the file is empty.", where="a.csv"), "the file is empty (a.csv)."),
        (Refusal("x", "a.csv is empty", where="a.csv"), "a.csv is empty."),
        (Refusal("x", "the file is empty", where="a.csv", now="fill it."), "the file is empty (a.csv): fill it."),
    ],
)
def test_a_sentence_says_what_where_and_what_now(error: StudioError, sentence: str) -> None:
    assert error.sentence == str(error) == sentence


def test_exit_codes_tell_refused_from_failed() -> None:
    assert (Refusal("x", "y").exit_code, Failure("x", "y").exit_code) == (2, 1)


@pytest.mark.parametrize("refused", [True, False])
def test_json_brings_the_same_error_back(refused: bool) -> None:
    error = (Refusal if refused else Failure)("code", "what", where="place", now="do", field="lora.rank")
    back = error_from_json(error.to_json(), refused=refused)
    assert type(back) is type(error)
    assert back.to_json() == error.to_json()


def test_an_error_survives_pickling_fields() -> None:
    error = Refusal("code", "what")
    assert error.args == ("code", "what", None, None, None)
