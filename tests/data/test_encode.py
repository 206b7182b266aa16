"""Token ids and masks, against transformers and against what people train with today."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoTokenizer

from studio.data.encode import encode
from studio.data.formats import segments
from studio.data.segment import Segment, special_ids
from tests.data.conftest import CHATML, MARKED, byte_tokenizer

TURNS = [
    {"role": "user", "content": "Hi  there\n\n"},
    {"role": "assistant", "content": "Hello 🙂"},
    {"role": "user", "content": "Bye"},
    {"role": "assistant", "content": " See you 🙂"},
]


def peer_encode(shared: Path):
    """The `encode` of the outside reference, without importing what stands around it."""
    tree = ast.parse((shared / "bench" / "peer_peft.py").read_text(encoding="utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "encode")
    scope: dict = {}
    exec(compile(ast.Module([function], []), "peer", "exec"), scope)
    return scope["encode"]


@pytest.mark.parametrize("name", ["stories260k", "gpt2-tokenizer"])
def test_pairs_are_encoded_as_by_the_outside_reference(shared: Path, name: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(shared / "models" / name)
    reference = peer_encode(shared)
    lines = (shared / "data" / "e2e" / "train.jsonl").read_text(encoding="utf-8").splitlines()[:200]
    for row in map(json.loads, lines):
        ours = encode(segments(row, "prompt-completion", {}, tokenizer), tokenizer)
        theirs = reference(row, tokenizer, 10_000)
        ids, trained = theirs["input_ids"], [label != -100 for label in theirs["labels"]]
        if name == "stories260k":
            # The reference puts a second start token between prompt and completion, which no generation ever sees.
            second = trained.index(True)
            assert ids[second] == tokenizer.bos_token_id == ids[0]
            del ids[second], trained[second]
        assert ours.ids.tolist() == ids
        assert ours.trained.tolist() == trained


@pytest.mark.parametrize("name", ["stories260k", "gpt2-tokenizer"])
def test_the_mask_is_exactly_the_completion_and_its_end(shared: Path, name: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(shared / "models" / name)
    row = {"prompt": "name[Alimentum]", "completion": "Alimentum is a café – cheap."}
    encoded = encode(segments(row, "prompt-completion", {}, tokenizer), tokenizer)
    assert encoded.ids[encoded.trained][-1] == tokenizer.eos_token_id
    assert tokenizer.decode(encoded.ids[encoded.trained][:-1]) == row["completion"]


@pytest.mark.parametrize("trim", [False, True], ids=["whole-offsets", "trimmed-offsets"])
@pytest.mark.parametrize(("template", "answer_end"), [(CHATML, "<|im_end|>\n"), (MARKED, "<|im_end|>")])
def test_a_template_is_encoded_as_transformers_does(template: str, answer_end: str, trim: bool) -> None:
    tokenizer = byte_tokenizer(template, bos=True, trim=trim)
    encoded = encode(segments({"messages": TURNS}, "chat", {}, tokenizer, "assistant"), tokenizer)
    assert encoded.ids.tolist() == tokenizer.apply_chat_template(TURNS, return_dict=False)
    learnt = tokenizer.decode(encoded.ids[encoded.trained], skip_special_tokens=False)
    assert learnt == f"Hello 🙂{answer_end} See you 🙂{answer_end}"


def test_generation_marks_give_the_mask_of_transformers() -> None:
    tokenizer = byte_tokenizer(MARKED)
    reference = tokenizer.apply_chat_template(TURNS, return_dict=True, return_assistant_tokens_mask=True)
    encoded = encode(segments({"messages": TURNS}, "chat", {}, tokenizer, "assistant"), tokenizer)
    assert encoded.trained.tolist() == [bool(one) for one in reference["assistant_masks"]]


def test_a_template_that_writes_the_start_token_has_one() -> None:
    tokenizer = byte_tokenizer("{{ bos_token }}" + CHATML, bos=True)
    encoded = encode(segments({"messages": TURNS}, "chat", {}, tokenizer), tokenizer)
    assert encoded.ids.tolist().count(tokenizer.bos_token_id) == 1


def test_the_first_token_never_counts(plain_tokenizer) -> None:
    encoded = encode([Segment("abc", trained=True)], plain_tokenizer)
    assert (encoded.trained.sum(), encoded.supervised()) == (3, 2)


@given(st.lists(st.tuples(st.text("a \n\té🙂", min_size=1, max_size=6), st.booleans()), min_size=1, max_size=6))
def test_every_byte_of_a_joined_text_is_learnt_where_its_segment_is(pieces: list[tuple[str, bool]]) -> None:
    # Trimmed offsets say nothing of a space at the very start of a text; no template begins with one.
    pieces = [("x", False), *pieces]
    expected = [trained for text, trained in pieces for _ in text.encode()]
    for tokenizer in BYTE_TOKENIZERS:
        encoded = encode([Segment(text, trained, joined=True) for text, trained in pieces], tokenizer)
        assert encoded.trained.tolist() == expected


BYTE_TOKENIZERS = [byte_tokenizer(trim=False), byte_tokenizer(trim=True)]


def test_tokens_that_were_added_as_special_are_special(plain_tokenizer) -> None:
    names = plain_tokenizer.convert_ids_to_tokens(sorted(special_ids(plain_tokenizer)))
    assert names == ["<s>", "</s>", "<pad>", "<|im_start|>", "<|im_end|>"]
