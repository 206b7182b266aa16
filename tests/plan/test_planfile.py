from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.plan.errors import Refusal
from studio.plan.plan import DataPlan, EvaluationPlan, LoraPlan, Override, Plan
from studio.plan.planfile import could_be_hub_id, dump_plan, load_plan, parse_plan, with_absolute_paths
from studio.plan.training import TrainingPlan

PLAIN = "model: owner/name\ndata: {train: rows.jsonl}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plan.yaml"


def refusal(file: Path, text: str, *changes: str) -> Refusal:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        load_plan(file, changes)
    return caught.value


def test_paths_are_relative_to_the_plans_folder(file: Path) -> None:
    (file.parent / "base").mkdir()
    file.write_text("model: base\ndata: {train: sub/rows.jsonl, eval: ../other.csv}\n", encoding="utf-8")
    plan = load_plan(file)
    assert plan.model == str(file.parent / "base")
    assert plan.data.train == str(file.parent / "sub" / "rows.jsonl")
    assert plan.data.eval == str(file.parent.parent / "other.csv")


def test_a_model_that_is_nowhere_stays_a_hub_id(file: Path) -> None:
    file.write_text(PLAIN, encoding="utf-8")
    assert load_plan(file).model == "owner/name"


def test_a_run_folder_means_its_plan(file: Path) -> None:
    file.write_text(PLAIN, encoding="utf-8")
    assert load_plan(file.parent) == load_plan(file)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("gpt2", True),
        ("owner/name-1.5_b", True),
        ("a/b/c", False),
        ("./a", False),
        ("../a", False),
        ("~/a", False),
        ("/a/b", False),
        ("a b", False),
        ("C:\\models", False),
        ("", False),
    ],
)
def test_the_form_of_a_hub_id(text: str, is_one: bool) -> None:
    assert could_be_hub_id(text) is is_one


def test_changes_win(file: Path) -> None:
    file.write_text(PLAIN + "lora: {rank: 4}\n", encoding="utf-8")
    changes = ["lora.rank=8", "training.scheduler=linear", "evaluation.prompts=[a, b]", "training.max_steps=null"]
    plan = load_plan(file, changes)
    assert (plan.lora.rank, plan.training.scheduler, plan.evaluation.prompts) == (8, "linear", ("a", "b"))


def test_numbers_as_people_write_them(file: Path) -> None:
    """YAML 1.1 reads 2e-4 as text; it is meant as a number."""
    file.write_text(PLAIN, encoding="utf-8")
    assert load_plan(file, ["training.learning_rate=2e-4"]).training.learning_rate == 2e-4


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ("lora: {rang: 4}", "lora.rang", "did you mean lora.rank"),
        ("traning: {epochs: 1}", "traning", "did you mean training"),
        ("lora: {xyzzy: 4}", "lora.xyzzy", "remove it"),
        ("lora: {rank: 0}", "lora.rank", "at least 1"),
        ("lora: {rank: many}", "lora.rank", "a whole number"),
        ("lora: {alpha: .nan}", "lora.alpha", "nan"),
        ("training: {learning_rate: .nan}", "training.learning_rate", "cannot be nan"),
        ("training: {batch_size: 0}", "training.batch_size", "at least 1"),
        ("training: {scheduler: cosin}", "training.scheduler", "'cosine', 'linear' or 'constant'"),
        ("training: {max_steps: 0}", "training.max_steps", "at least 1"),
        ("evaluation: {every_steps: often}", "evaluation.every_steps", "'auto' or a whole number"),
        ("lora: {overrides: [{match: '*', rnk: 3}]}", "lora.overrides.0.rnk", "did you mean lora.overrides.0.rank"),
        ("lora: {overrides: [{match: '*', rank: 0}]}", "lora.overrides.0.rank", "at least 1"),
        ("lora: {overrides: [{rank: 3}]}", "lora.overrides.0.match", "add lora.overrides.0.match"),
        ("lora: {overrides: [{match: a}]}", "lora.overrides.0", "changes nothing"),
        ("lora: {targets: most}", "lora.targets", "all-linear"),
        ("task: chess", "task", "causal-lm"),
        ("lora: 3", "lora", "lora cannot be 3"),
        ("evaluation: {prompts: [1]}", "evaluation.prompts.0", "cannot be 1"),
    ],
)
def test_a_wrong_plan_names_its_key_and_what_to_do(file: Path, more: str, field: str, says: str) -> None:
    found = refusal(file, PLAIN + more + "\n")
    assert found.field == field
    assert says in found.sentence
    assert "\n" not in found.sentence
    assert "Input should" not in found.sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "plan-empty"),
        ("- a\n- b\n", "plan-empty"),
        ("just words\n", "plan-empty"),
        ("model: [\n", "plan-not-yaml"),
        ("model: a\n\tdata: b\n", "plan-not-yaml"),
        ("data: {train: a}\n", "plan-missing-key"),
        ("model: a\n", "plan-missing-key"),
        ("model: a\ndata: {}\n", "plan-missing-key"),
        ("1: 2\nmodel: a\ndata: {train: b}\n", "plan-unknown-key"),
    ],
)
def test_a_file_that_is_no_plan(file: Path, text: str, code: str) -> None:
    assert refusal(file, text).code == code


def test_a_broken_line_is_named(file: Path) -> None:
    assert "line 2" in refusal(file, "model: a\ndata: {train: [}\n").sentence


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no plan at this path"):
        load_plan(tmp_path / "none.yaml")


def test_no_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal) as caught:
        load_plan(file)
    assert caught.value.code == "plan-unreadable"


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        load_plan(tmp_path)
    assert caught.value.code == "plan-unreadable"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("lora.rank", "set-malformed"),
        ("=3", "set-malformed"),
        ("model.name=3", "set-malformed"),
        ("lora.rank=[", "set-malformed"),
        ("lora.rang=3", "plan-unknown-key"),
        ("lora.rank=0", "plan-invalid"),
        ("lora.=3", "plan-unknown-key"),
        (".rank=3", "plan-unknown-key"),
    ],
)
def test_a_wrong_change(file: Path, change: str, code: str) -> None:
    assert refusal(file, PLAIN, change).code == code


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
plans = st.builds(
    Plan,
    model=words,
    data=st.builds(DataPlan, train=words, eval=st.none() | words, max_examples=st.none() | st.integers(1, 9)),
    lora=st.builds(
        LoraPlan,
        rank=st.integers(1, 64),
        alpha=st.floats(1e-6, 1e6),
        targets=st.just("all-linear") | st.lists(words, max_size=3).map(tuple),
        overrides=st.lists(
            st.builds(Override, match=words, enabled=st.none() | st.booleans(), rank=st.integers(1, 9)), max_size=3
        ).map(tuple),
    ),
    training=st.builds(
        TrainingPlan,
        learning_rate=st.floats(1e-12, 1),
        max_steps=st.none() | st.integers(1, 10**6),
        gradient_checkpointing=st.sampled_from(["auto", "on", "off"]),
    ),
    evaluation=st.builds(
        EvaluationPlan,
        prompts=st.lists(words, max_size=3).map(tuple),
        every_steps=st.just("auto") | st.integers(1, 99),
    ),
)


@given(plans)
def test_a_dumped_plan_reads_back_the_same(plan: Plan) -> None:
    import yaml

    assert parse_plan(yaml.safe_load(dump_plan(plan))) == plan


def test_absolute_paths_stay(tmp_path: Path) -> None:
    plan = Plan(model=str(tmp_path / "m"), data=DataPlan(train=str(tmp_path / "d")))
    assert with_absolute_paths(plan, Path("elsewhere")) == plan
