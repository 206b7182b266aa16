"""Chat templates: what each writes, that every answer ends, and that none runs for ever."""

import threading

import pytest

from studio.data import limits
from studio.data.encode import encode
from studio.data.formats import RowWriter
from studio.data.layout import Layout
from studio.data.template import chosen_template, template_names, template_warnings
from studio.data.templates import MARKS, TEMPLATES
from studio.plan.errors import Refusal
from tests.data.conftest import CHATML, MARKED, byte_tokenizer

CHAT = Layout("chat", {"messages": "messages"})
TURNS = [
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello"},
    {"role": "user", "content": "Bye"},
    {"role": "assistant", "content": "See you"},
]
SYSTEM = {"role": "system", "content": "Be brief."}
WRITTEN = {
    "alpaca": "Below is an instruction that describes a task. Write a response that appropriately completes the request."
    "\n\n### Instruction:\nHi\n\n### Response:\nHello</s>",
    "llama-2": "<s>[INST] Hi [/INST] Hello </s>",
    "chatml": "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n",
    "llama-3": "<s><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
    "<|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|>",
    "gemma": "<s><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\nHello<end_of_turn>\n",
    "mistral": "<s>[INST] Hi[/INST] Hello</s>",
    "phi-3": "<|user|>\nHi<|end|>\n<|assistant|>\nHello<|end|>\n",
    "zephyr": "<|user|>\nHi</s>\n<|assistant|>\nHello</s>\n",
    "vicuna": "USER: Hi ASSISTANT: Hello</s>",
}


def tokenizer_for(name: str):
    tokenizer = byte_tokenizer()
    tokenizer.add_special_tokens({"extra_special_tokens": list(MARKS.get(name, ()))})
    return tokenizer


def written(turns, template: str, tokenizer, loss_on: str = "assistant"):
    return RowWriter(CHAT, tokenizer, loss_on, template).segments({"messages": turns})


def text_of(segments, *, trained: bool | None = None) -> str:
    return "".join(segment.text for segment in segments if trained is None or segment.trained == trained)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_named_template_writes_what_its_family_does(name: str) -> None:
    tokenizer = tokenizer_for(name)
    assert text_of(written(TURNS[:2], name, tokenizer)) == WRITTEN[name]
    assert template_warnings(name, tokenizer) == ()


@pytest.mark.parametrize("loss_on", ["assistant", "completion", "all"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_last_thing_that_is_learnt_is_an_end(name: str, loss_on: str) -> None:
    tokenizer = tokenizer_for(name)
    encoded = encode(written(TURNS, name, tokenizer, loss_on), tokenizer)
    learnt = tokenizer.decode(encoded.ids[encoded.trained], skip_special_tokens=False).rstrip("\n")
    end = MARKS[name][-1] if name in ("chatml", "llama-3", "gemma", "phi-3") else "</s>"
    assert learnt.endswith((f"See you{end}", f"See you {end}"))
    if loss_on == "assistant":
        assert learnt.replace(" ", "") == f"Hello{end}Seeyou{end}"
    if loss_on == "completion":
        assert learnt.replace(" ", "") == f"Seeyou{end}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_prompt_is_what_stands_before_the_answer(name: str) -> None:
    tokenizer = tokenizer_for(name)
    prompt = RowWriter(Layout("prompt-completion", {}), tokenizer, template=name).prompt("Hi")
    before = text_of(written(TURNS[:2], name, tokenizer), trained=False)
    assert before.startswith(text_of(prompt))
    assert before.removeprefix(text_of(prompt)) in ("", "\n")


@pytest.mark.parametrize("name", ["chatml", "llama-3", "mistral", "phi-3", "zephyr", "vicuna"])
def test_a_system_turn_is_written(name: str) -> None:
    assert "Be brief." in text_of(written([SYSTEM, *TURNS], name, tokenizer_for(name)))


def test_a_template_without_a_system_turn_says_so() -> None:
    with pytest.raises(Refusal, match="no system turn"):
        written([SYSTEM, *TURNS], "gemma", tokenizer_for("gemma"))


def test_marks_that_are_no_tokens_are_told() -> None:
    (words,) = template_warnings("llama-3", byte_tokenizer())
    assert "<|eot_id|>" in words
    assert RowWriter(CHAT, byte_tokenizer(), template="llama-3").warnings == (words,)


def test_an_end_behind_the_mark_is_learnt_too() -> None:
    outside = MARKED.replace("<|im_end|>{% endgeneration %}", "{% endgeneration %}<|im_end|>")
    assert outside != MARKED
    for template in (outside, MARKED):
        assert text_of(written(TURNS, template, byte_tokenizer()), trained=True) == "Hello<|im_end|>See you<|im_end|>"


def test_where_a_template_writes_no_end_the_tokenizers_is_added() -> None:
    bare = "{% for turn in messages %}{{ turn.role }}: {{ turn.content }}\n{% endfor %}"
    segments = written(TURNS, bare, byte_tokenizer(), "completion")
    assert text_of(segments, trained=True) == "assistant: See you\n</s>"
    assert segments[-1].token == byte_tokenizer().eos_token_id


def test_names_and_the_tokenizers_own() -> None:
    assert template_names()[:2] == ("auto", "plain")
    assert set(template_names()[2:]) == set(TEMPLATES) == set(MARKS)
    tokenizer = byte_tokenizer(CHATML)
    assert chosen_template("plain", tokenizer) is None
    assert text_of(written(TURNS, "auto", tokenizer)) == text_of(written(TURNS, CHATML, tokenizer))


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set it = namespace(x='ab') %}{% for a in range(99999) %}{% set it.x = it.x ~ it.x %}{% endfor %}",
    ],
    ids=["endless", "doubling"],
)
def test_a_template_that_would_not_end_is_ended(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    monkeypatch.setattr(limits, "GROWTH_BYTES", 200 << 20)
    with pytest.raises(Refusal, match="took more than") as caught:
        written(TURNS, template, byte_tokenizer())
    assert (caught.value.code, caught.value.field) == ("template-endless", "data.template")
    # The next row is none the worse for it, and there is one watch for all.
    assert text_of(written(TURNS[:2], "vicuna", byte_tokenizer())) == WRITTEN["vicuna"]
    assert sum(thread.name == "template-watch" for thread in threading.enumerate()) == 1


@pytest.mark.parametrize(
    "template", ["{{ messages[9].content }}", "{{ 1 / 0 }}", "{{ messages + 1 }}", "{{ ''.__class__.__mro__ }}"]
)
def test_a_template_that_fails_on_a_row_refuses_it(template: str) -> None:
    with pytest.raises(Refusal) as caught:
        written(TURNS, template, byte_tokenizer())
    assert caught.value.code in ("row-template-refuses", "row-template-rewrites")
