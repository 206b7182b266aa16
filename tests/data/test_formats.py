"""Rows as the model gets them: what is written, and which of it is learnt."""

import json

import pytest

from studio.data.formats import RowWriter, prompt_segments, segments
from studio.data.layout import layout_of
from studio.plan.errors import Refusal
from tests.data.conftest import CHATML, MARKED, byte_tokenizer

TURNS = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello"},
    {"role": "user", "content": "Bye"},
    {"role": "assistant", "content": "See you"},
]
SHAREGPT = [
    {"from": {"user": "human", "assistant": "gpt"}.get(t["role"], t["role"]), "value": t["content"]} for t in TURNS
]
# Opens a thought only in front of the last answer, as reasoning models do: earlier turns change when the chat goes on.
REWRITING = CHATML.replace("{{ message.content }}", "{% if loop.last %}<think>{% endif %}{{ message.content }}")


TOOLS = [{"type": "function", "function": {"name": "weather", "description": "…", "parameters": {"type": "object"}}}]
CALL = {"id": "1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Rome"}'}}
CALLING = [
    {"role": "user", "content": "Rain in Rome?", "tool_calls": None},
    {"role": "assistant", "content": None, "tool_calls": [CALL]},
    {"role": "tool", "content": "dry", "name": "weather"},
    {"role": "assistant", "content": "No.", "tool_calls": None},
]
# In the manner of Qwen 2.5's template.
WITH_TOOLS = (
    "{% if tools %}tools:{% for tool in tools %} {{ tool | tojson }}{% endfor %}\n{% endif %}"
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}"
    "{% for call in message.tool_calls or [] %}<tool_call>{{ call.function | tojson }}</tool_call>{% endfor %}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def text_of(written, *, trained_only: bool = False) -> str:
    return "".join(segment.text for segment in written if segment.trained or not trained_only)


def test_prompt_and_completion_are_joined_by_a_line_break(plain_tokenizer) -> None:
    written = segments({"prompt": "Q", "completion": "A"}, "prompt-completion", {}, plain_tokenizer)
    assert [(s.text, s.trained, s.token) for s in written] == [
        ("Q\n", False, None),
        ("A", True, None),
        ("</s>", True, 1),
    ]


def test_a_tokenizer_that_sets_a_start_token_sets_one() -> None:
    written = segments({"prompt": "Q", "completion": "A"}, "prompt-completion", {}, byte_tokenizer(bos=True))
    assert text_of(written) == "<s>Q\nA</s>"
    assert (written[0].token, written[0].trained) == (0, False)


def test_a_text_and_its_label(plain_tokenizer) -> None:
    assert text_of(segments({"text": "good film", "label": 1}, "text-label", {}, plain_tokenizer)) == "good film\n1</s>"


@pytest.mark.parametrize("label", [float("nan"), float("inf"), True, None, [1]])
def test_a_cell_that_is_no_text_is_not_spelled_out(plain_tokenizer, label: object) -> None:
    with pytest.raises(Refusal) as caught:
        segments({"text": "a", "label": label}, "text-label", {}, plain_tokenizer)
    assert caught.value.code == "row-no-text"


@pytest.mark.parametrize("context", ["", None, "Paris, Rome"])
def test_alpaca_is_written_as_alpaca_does(plain_tokenizer, context: str | None) -> None:
    written = segments({"instruction": "Sort {these}", "input": context, "output": "ok"}, "alpaca", {}, plain_tokenizer)
    text = text_of(written)
    assert text.startswith("Below is an instruction that describes a task")
    assert text.endswith("### Response:\nok</s>")
    assert ("### Input:\nParis, Rome\n\n" in text) == bool(context)
    assert "### Instruction:\nSort {these}\n\n" in text
    assert text_of(written, trained_only=True) == "ok</s>"


@pytest.mark.parametrize(("loss_on", "trained"), [("completion", "ab</s>"), ("assistant", "ab</s>"), ("all", "ab</s>")])
def test_plain_text_is_learnt_whole(plain_tokenizer, loss_on: str, trained: str) -> None:
    assert text_of(segments({"text": "ab"}, "text", {}, plain_tokenizer, loss_on), trained_only=True) == trained


@pytest.mark.parametrize(
    ("loss_on", "trained"),
    [
        ("completion", "See you</s>"),
        ("assistant", "Hello</s>See you</s>"),
        ("all", "system: Be brief.\nuser: Hi\nassistant:\nHello</s>user: Bye\nassistant:\nSee you</s>"),
    ],
)
@pytest.mark.parametrize("row", [{"messages": TURNS}, {"conversations": SHAREGPT}], ids=["messages", "sharegpt"])
def test_a_chat_without_a_template(plain_tokenizer, row: dict, loss_on: str, trained: str) -> None:
    written = segments(row, "chat", {}, plain_tokenizer, loss_on)
    assert text_of(written, trained_only=True) == trained
    assert text_of(written) == "system: Be brief.\nuser: Hi\nassistant:\nHello</s>user: Bye\nassistant:\nSee you</s>"


@pytest.mark.parametrize(
    ("template", "end"), [(CHATML, "<|im_end|>\n"), (MARKED, "<|im_end|>")], ids=["plain", "marked"]
)
@pytest.mark.parametrize("loss_on", ["completion", "assistant", "all"])
def test_a_chat_template_says_what_is_written(template: str, end: str, loss_on: str) -> None:
    tokenizer = byte_tokenizer(template, bos=True)
    rendered = tokenizer.apply_chat_template(TURNS, tokenize=False)
    written = segments({"messages": TURNS}, "chat", {}, tokenizer, loss_on)
    assert text_of(written) == rendered
    expected = {"completion": f"See you{end}", "assistant": f"Hello{end}See you{end}", "all": rendered}[loss_on]
    assert text_of(written, trained_only=True) == expected


def test_a_pair_becomes_two_turns_of_the_template() -> None:
    tokenizer = byte_tokenizer(CHATML)
    written = segments({"prompt": "Q", "completion": "A"}, "prompt-completion", {}, tokenizer)
    assert text_of(written) == "<|im_start|>user\nQ<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n"
    assert text_of(written, trained_only=True) == "A<|im_end|>\n"


def test_a_template_that_rewrites_earlier_turns_serves_for_the_last_answer_only() -> None:
    tokenizer = byte_tokenizer(REWRITING)
    with pytest.raises(Refusal, match="cannot be told from the prompt"):
        segments({"messages": TURNS}, "chat", {}, tokenizer, "assistant")
    single = {"messages": TURNS[3:]}
    with pytest.raises(Refusal, match="last answer"):  # the user's own turn changes when an answer follows
        segments(single, "chat", {}, tokenizer)


def test_a_template_that_refuses_is_quoted() -> None:
    tokenizer = byte_tokenizer("{{ raise_exception('roles must alternate') }}")
    with pytest.raises(Refusal, match="roles must alternate"):
        segments({"messages": TURNS}, "chat", {}, tokenizer)


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        ("hello", "not a list of turns"),
        ([], "not a list of turns"),
        (["hello"], "not an object"),
        ([{"role": "narrator", "content": "a"}], "role 'narrator'"),
        ([{"role": "user", "content": "a"}], "no assistant turn"),
        ([{"role": "assistant", "content": " "}], "empty"),
        ([{"role": "user", "content": None}, TURNS[2]], "not text"),
        ([{"role": "user", "content": [{"type": "image", "url": "x"}]}, TURNS[2]], "not text"),
        ([{"role": "assistant", "content": None, "tool_calls": [{"name": "f"}]}], "calls or offers tools"),
        ([{"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}], "has no name"),
        ([{"role": "assistant", "content": "", "tool_calls": [{"name": "f", "arguments": "{"}]}], "arguments of f"),
        ([{"role": "assistant", "content": "", "tool_calls": [{"name": "f", "arguments": [1]}]}], "not an object"),
        ([{"role": "user", "content": "a", "tool_calls": [{"name": "f"}]}, TURNS[2]], "not a list of an assistant"),
    ],
)
def test_conversations_that_cannot_be_learnt_from(plain_tokenizer, messages: object, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        segments({"messages": messages}, "chat", {}, plain_tokenizer)


def test_content_in_text_parts_is_joined(plain_tokenizer) -> None:
    parts = [{"type": "text", "text": "H"}, {"type": "text", "text": "i"}]
    written = segments({"messages": [{"role": "user", "content": parts}, TURNS[2]]}, "chat", {}, plain_tokenizer)
    assert text_of(written) == "user: Hi\nassistant:\nHello</s>"


@pytest.mark.parametrize("template", [None, CHATML])
@pytest.mark.parametrize(
    ("format", "row"),
    [
        ("prompt-completion", {"prompt": "Q", "completion": "A"}),
        ("alpaca", {"instruction": "Q", "output": "A"}),
        ("text-label", {"text": "Q", "label": "A"}),
        ("chat", {"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]}),
    ],
)
def test_a_typed_prompt_is_written_as_a_learnt_one(template: str | None, format: str, row: dict) -> None:
    tokenizer = byte_tokenizer(template, bos=True)
    learnt = segments(row, format, {}, tokenizer)
    before = learnt[: next(index for index, segment in enumerate(learnt) if segment.trained)]
    assert text_of(prompt_segments("Q", format, tokenizer)) == text_of(before)


@pytest.mark.parametrize("template", [None, CHATML])
def test_a_conversation_is_written_as_a_learnt_one(template: str | None) -> None:
    tokenizer = byte_tokenizer(template, bos=True)
    turns = TURNS[1:]
    learnt = segments({"messages": turns}, "chat", {}, tokenizer)
    before = learnt[: next(index for index, segment in enumerate(learnt) if segment.trained)]
    asked = prompt_segments("Bye", "chat", tokenizer, earlier=[("Hi", "Hello")])
    assert text_of(asked) == text_of(before)
    assert not any(segment.trained for segment in asked)


def test_without_turns_there_is_no_conversation() -> None:
    with pytest.raises(Refusal, match="knows no conversation"):
        prompt_segments("Bye", "prompt-completion", byte_tokenizer(None), earlier=[("Hi", "Hello")])


def test_a_tokenizer_without_an_end_is_refused(plain_tokenizer) -> None:
    plain_tokenizer.eos_token = None
    with pytest.raises(Refusal, match="end-of-text"):
        segments({"text": "a"}, "text", {}, plain_tokenizer)


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("chatgpt", "template-unknown", "use auto, plain"),
        ("{% for turn in messages %}\n{{ turn.content }}\n{% endfo %}", "template-mistake", "line 3"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(template: str, code: str, words: str) -> None:
    layout = layout_of(("prompt", "completion"), [], "prompt-completion", {})
    with pytest.raises(Refusal) as caught:
        RowWriter(layout, byte_tokenizer(CHATML), template=template)
    assert (caught.value.code, caught.value.field) == (code, "data.template")
    assert words in caught.value.sentence


def test_a_template_of_ones_own_or_none() -> None:
    layout = layout_of(("prompt", "completion"), [], "prompt-completion", {})
    row = {"prompt": "Q", "completion": "A"}
    own = "{% for turn in messages %}<{{ turn.role }}>{{ turn.content }}{% endfor %}"
    written = {
        template: "".join(
            segment.text for segment in RowWriter(layout, byte_tokenizer(CHATML), template=template).segments(row)
        )
        for template in ("auto", "plain", own)
    }
    assert written["plain"] == "Q\nA</s>"
    assert written[own] == "<user>Q<assistant>A</s>"
    assert written["auto"].startswith("<|im_start|>user\nQ<|im_end|>")


@pytest.mark.parametrize("tools", [TOOLS, json.dumps(TOOLS)], ids=["list", "text"])
@pytest.mark.parametrize("arguments", ['{"city": "Rome"}', {"city": "Rome", "day": None}], ids=["text", "object"])
def test_calls_of_tools_are_learnt_as_the_template_writes_them(tools, arguments) -> None:
    call = {**CALL, "function": {"name": "weather", "arguments": arguments}}
    turns = [CALLING[0], {**CALLING[1], "tool_calls": [call]}, *CALLING[2:]]
    written = segments({"messages": turns, "tools": tools}, "chat", {}, byte_tokenizer(WITH_TOOLS), "assistant")
    assert text_of(written).startswith("tools: " + json.dumps(TOOLS[0], ensure_ascii=False))
    called = '<tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call><|im_end|>\n'
    assert text_of(written, trained_only=True) == called + "No.<|im_end|>\n"


def test_a_call_of_sharegpt_is_a_turn_of_its_own() -> None:
    turns = [
        {"from": "human", "value": "Rain?"},
        {"from": "function_call", "value": '{"name": "weather", "arguments": {"city": "Rome"}}'},
        {"from": "observation", "value": "dry"},
        {"from": "gpt", "value": "No."},
    ]
    written = segments({"conversations": turns}, "chat", {}, byte_tokenizer(WITH_TOOLS), "assistant")
    assert text_of(written, trained_only=True).startswith('<tool_call>{"name": "weather", "arguments"')


@pytest.mark.parametrize("row", [{"messages": CALLING}, {"messages": TURNS, "tools": TOOLS}], ids=["calls", "offers"])
@pytest.mark.parametrize("template", [None, CHATML, MARKED], ids=["none", "chatml", "marked"])
def test_tools_that_would_not_be_written_are_refused(template: str | None, row: dict) -> None:
    with pytest.raises(Refusal) as caught:
        segments(row, "chat", {}, byte_tokenizer(template))
    assert (caught.value.code, caught.value.field) == ("row-tools", "data.template")


def test_tools_that_are_none_are_refused() -> None:
    for tools in ("weather", [{"description": "no name"}], {"name": "weather"}, "[{"):
        with pytest.raises(Refusal, match="tools"):
            segments({"messages": TURNS, "tools": tools}, "chat", {}, byte_tokenizer(WITH_TOOLS))


@pytest.mark.parametrize("format", ["prompt-completion", "alpaca"])
def test_a_system_text_beside_a_pair_is_written(plain_tokenizer, format: str) -> None:
    row = {"prompt": "Q", "completion": "A", "instruction": "Q", "output": "A", "system": "Be brief."}
    assert text_of(segments(row, format, {}, plain_tokenizer)).startswith("Be brief.\n\n")
    written = segments(row, format, {}, byte_tokenizer(CHATML))
    assert text_of(written).startswith("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nQ")
    assert text_of(segments(row, format, {"system": ""}, plain_tokenizer)).startswith(("Q\n", "Below is"))
