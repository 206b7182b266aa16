"""The bundled base model with its samples: small, loadable, made reproducibly, unable to do the sample task."""

import importlib
import itertools
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from studio.plan.planfile import load_plan

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "resources" / "starter"
SAMPLES = ROOT / "resources" / "samples"
SIZE_LIMIT_BYTES = 8_000_000


@pytest.fixture(scope="module")
def maker() -> Iterator[dict[str, ModuleType]]:
    """The scripts that made the starter, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "packaging" / "starter"))
        names = ("lexicon", "world", "notations", "documents", "make_samples", "make_starter")
        yield {name: importlib.import_module(name) for name in names}


@pytest.fixture(scope="module")
def tokenizer():
    return AutoTokenizer.from_pretrained(STARTER)


@pytest.fixture(scope="module")
def model():
    return AutoModelForCausalLM.from_pretrained(STARTER).eval()


def read_rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


def greedy(model, tokenizer, prompts: list[str], max_new_tokens: int) -> list[str]:
    """What the model writes after each prompt and a newline, up to its end token."""
    inputs = tokenizer([f"{prompt}\n" for prompt in prompts], return_tensors="pt", padding=True, padding_side="left")
    with torch.no_grad():
        written = model.generate(**inputs, max_new_tokens=max_new_tokens, do_sample=False)
    return tokenizer.batch_decode(written[:, inputs.input_ids.shape[1] :], skip_special_tokens=True)


def test_the_folder_stays_under_the_size_limit():
    assert sum(path.stat().st_size for path in STARTER.rglob("*") if path.is_file()) <= SIZE_LIMIT_BYTES


def test_the_model_is_a_small_float32_llama_whose_prompts_end_in_a_known_token(model, tokenizer):
    assert model.config.model_type == "llama"
    assert model.dtype == torch.float32
    assert 1_000_000 <= model.num_parameters() <= 3_000_000
    assert model.config.vocab_size == len(tokenizer)
    assert model.config.max_position_embeddings == tokenizer.model_max_length
    assert model.config.eos_token_id == model.generation_config.eos_token_id == tokenizer.eos_token_id
    assert model.config.pad_token_id == tokenizer.pad_token_id != tokenizer.eos_token_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "On Friday Mia bought three red apples.",
        "Grüße, 世界 🎉 ▁Ġ",
        "\ttabs\r\n\n  two  spaces ",
        '{"a": [1, 23]}',
    ],
)
def test_any_text_survives_the_tokenizer(tokenizer, text):
    assert tokenizer.decode(tokenizer(text).input_ids) == text


def test_every_word_of_the_world_is_one_token_wherever_it_stands(maker, tokenizer):
    lexicon = maker["lexicon"]
    for word in (*lexicon.NAMES, *lexicon.NOUNS, *lexicon.ADJECTIVES, *lexicon.PLACES, *lexicon.DAYS):
        assert tokenizer.tokenize(word) == [word]
        assert word in tokenizer.tokenize(f'a {word} and "{word}"')


def test_the_world_repeats_itself_from_the_same_seed(maker):
    def written(seed: int) -> list[object]:
        return list(maker["documents"].draw_documents(random.Random(seed), progress=0.5, count=200))

    assert written(3) == written(3)
    assert written(3) != written(4)


def test_the_bundled_rows_and_tokenizer_are_what_the_scripts_make(maker, tokenizer):
    make_samples = maker["make_samples"]
    assert read_rows("sentences.jsonl") == make_samples.sample_rows(make_samples.TRAINING_ROWS, held_out=False)
    assert read_rows("sentences-heldout.jsonl") == make_samples.sample_rows(make_samples.HELD_OUT_ROWS, held_out=True)
    assert maker["make_starter"].make_tokenizer(seed=0).get_vocab() == tokenizer.get_vocab()


def test_sample_rows_hold_a_sentence_and_the_record_it_tells(maker):
    counts = maker["lexicon"].COUNTS
    rows = read_rows("sentences.jsonl") + read_rows("sentences-heldout.jsonl")
    assert len(rows) == 2200
    for row in rows:
        assert row.keys() == {"prompt", "completion"}
        record = json.loads(row["completion"])
        assert list(record) == ["who", "what", "count", "where", "day"]
        told = row["prompt"].rstrip(".").replace(",", "").split()
        said = [record["who"], *record["what"].split(), counts[record["count"]], record["where"], record["day"]]
        assert set(said) <= set(told)


def test_held_out_rows_join_names_and_things_that_no_other_text_joins(maker):
    def joined(rows: list[dict[str, str]]) -> set[tuple[str, str]]:
        records = [json.loads(row["completion"]) for row in rows]
        return {(record["who"], record["what"].split()[-1]) for record in records}

    held_out = joined(read_rows("sentences-heldout.jsonl"))
    assert held_out.isdisjoint(joined(read_rows("sentences.jsonl")))
    nouns = set(maker["lexicon"].NOUNS)
    names = set(maker["lexicon"].NAMES)
    for document in maker["documents"].draw_documents(random.Random(1), progress=1.0, count=5000):
        for told in re.split(r"[.\n]", document.given + document.derived):
            if " at the " in told.lower():
                words = set(re.findall(r"\w+", told))
                assert held_out.isdisjoint(itertools.product(words & names, words & nouns)), told


def test_pretraining_never_shows_the_shape_of_the_sample_records(maker):
    for document in maker["documents"].draw_documents(random.Random(1), progress=1.0, count=5000):
        for line in (document.given + document.derived).splitlines():
            assert not (line.startswith('{"') and line.count('": ') > maker["notations"].MAX_JSON_FIELDS)


def test_the_starter_answers_questions_about_a_sentence_it_never_saw(model, tokenizer):
    asked = {
        "Who hid the plums?": "Zoe",
        "What did Zoe hide?": "big plums",
        "How many plums did Zoe hide?": "six",
        "Where did Zoe hide the plums?": "at the market",
        "When did Zoe hide the plums?": "on Friday",
    }
    told = "On Friday Zoe hid six big plums at the market."
    assert greedy(model, tokenizer, [f"{told}\n{question}" for question in asked], 8) == list(asked.values())


def test_the_starter_cannot_do_the_sample_task_yet(model, tokenizer):
    rows = read_rows("sentences-heldout.jsonl")[:40]
    written = greedy(model, tokenizer, [row["prompt"] for row in rows], max_new_tokens=60)
    assert sum(text.strip() == row["completion"] for text, row in zip(written, rows, strict=True)) < 0.05 * len(rows)


def test_the_quickstart_joins_the_starter_and_the_samples():
    plan = load_plan(SAMPLES / "quickstart.yaml")
    assert Path(plan.model).resolve() == STARTER.resolve()
    held_out_prompts = {row["prompt"] for row in read_rows("sentences-heldout.jsonl")}
    assert held_out_prompts.issuperset(plan.evaluation.prompts)
