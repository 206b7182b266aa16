"""Our masks are those of TRL's SFTTrainer, token by token; tests/data/test_trl_differences.py holds where they are not."""

import pytest
from transformers import AutoTokenizer

from studio.data.templates import TEMPLATES as NAMED
from tests.data import trl_sft
from tests.data.conftest import CHATML, MARKED, byte_tokenizer
from tests.data.trl_sft import learnt, our, ours, starter, templated, their, theirs, trl_template

PAIRS = {
    "words": ("name", "Al is here"),
    "empty-prompt": ("", "x"),
    "unicode": ("café 🙂", "été 🙂👨‍👩 你好"),
    "trailing-spaces": ("a  ", "b  "),
    "leading-space": ("a", " b"),
    "leading-spaces": ("a", "   b"),
    "leading-newline": ("a", "\nb"),
    "tabs": ("tail ", "\tx\n"),
    "anothers-end": ("a", "b</s> c"),
}
SYSTEM = {"role": "system", "content": "Be brief."}
TURNS = [
    {"role": "user", "content": "Hi  there\n\n"},
    {"role": "assistant", "content": "Hello 🙂"},
    {"role": "user", "content": "Bye"},
    {"role": "assistant", "content": " See you, café "},
]
TOOL = [
    {"role": "user", "content": "How warm?"},
    {"role": "assistant", "content": "I look."},
    {"role": "tool", "content": "42 °C"},
    {"role": "assistant", "content": "It is 42 °C."},
]
CHATS = {
    "one-answer": TURNS[:2],
    "two-answers": TURNS,
    "system": [SYSTEM, *TURNS],
    "tool": TOOL,
    "newlines": [TURNS[0], {"role": "assistant", "content": "\nb\n"}],
    "ends-with-user": TURNS[:3],
}
REFUSED = {
    "gemma": "system",
    "alpaca": "tool",
    "llama-2": "tool",
    "mistral": "tool",
}  # turns that a template does not know
CALL = {"type": "function", "function": {"name": "weather", "arguments": {"city": "Rome"}}}
WEATHER = {"name": "weather", "description": "How warm it is.", "parameters": {"type": "object", "properties": {}}}

# Templates of vision models write no text that is not in a list of parts; diffusion_gemma is one of the differences.
OTHERS = {"idefics3", "llava_next", "smolvlm", "diffusion_gemma"}
TRAINING = sorted({path.stem.removesuffix("_training") for path in trl_sft.TEMPLATES.glob("*_training.jinja")} - OTHERS)
# Without marks: templates of which TRL's variant with marks writes the same text and marks all that the model is to write.
UNMARKED = [
    *("cohere", "cohere2", "deepseek_r1_distill", "deepseekv3", "gemma3", "lfm2", "lfm2_v2", "llama3"),
    *("qwen2_5_vl", "qwen3_instruct_2507", "qwen3_vl"),
]


def conversations(template: str) -> dict[str, trl_sft.Row]:
    """The conversations that a template can write."""
    return {name: {"messages": turns} for name, turns in CHATS.items() if REFUSED.get(template) != name}


@pytest.mark.parametrize("loss_on", ["completion", "all"])
@pytest.mark.parametrize("name", ["starter", "gpt2-tokenizer", "start-token"])
def test_plain_pairs(name: str, loss_on: str, request: pytest.FixtureRequest) -> None:
    if name == "gpt2-tokenizer":
        tokenizer = AutoTokenizer.from_pretrained(request.getfixturevalue("shared") / "models" / name)
    else:
        tokenizer = starter() if name == "starter" else byte_tokenizer(bos=True)
    mine = {name: {"prompt": prompt, "completion": completion} for name, (prompt, completion) in PAIRS.items()}
    # TRL joins without anything between; the line break is ours.
    same = {name: {**row, "prompt": row["prompt"] + "\n"} for name, row in mine.items()}
    reference = theirs(tokenizer, same, completion_only_loss=loss_on == "completion")
    if name == "start-token" and loss_on == "all":
        # A start token is given, never learnt; the first token counts in neither loss, as nothing stands before it.
        reference = {name: (ids, [False, *trained[1:]]) for name, (ids, trained) in reference.items()}
    assert ours(tokenizer, mine, loss_on) == reference


def test_plain_text() -> None:
    rows = {text: {"text": text} for text in ("Once upon é🙂 ", "\n a", "x")}
    assert ours(starter(), rows, "completion") == theirs(starter(), rows)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("model", ["starter", "gpt2-tokenizer", "stories260k"])
def test_conversations_with_a_named_template(model: str, name: str, request: pytest.FixtureRequest) -> None:
    if model == "starter":
        tokenizer = starter()
    else:
        tokenizer = AutoTokenizer.from_pretrained(request.getfixturevalue("shared") / "models" / model)
    tokenizer, rows = templated(tokenizer, NAMED[name]), conversations(name)
    assert ours(tokenizer, rows, "assistant") == theirs(tokenizer, rows, assistant_only_loss=True)


@pytest.mark.parametrize("name", TRAINING)
def test_a_conversation_with_a_template_that_trl_marked(name: str) -> None:
    tokenizer = templated(starter(), trl_template(f"{name}_training"))
    row = conversations(name).get("system") or {"messages": TURNS}
    reference = their(tokenizer, row, assistant_only_loss=True)
    assert our(tokenizer, row, "assistant") == reference
    assert "See you, café" in learnt(tokenizer, reference)[-1]


@pytest.mark.parametrize("name", UNMARKED)
def test_a_conversation_with_a_template_without_marks(name: str) -> None:
    # TRL takes its own marked variant in the template's stead; we find the answers by rendering with and without them.
    tokenizer, row = templated(starter(), trl_template(name)), {"messages": [SYSTEM, *TURNS]}
    assert our(tokenizer, row, "assistant") == their(tokenizer, row, assistant_only_loss=True)


@pytest.mark.parametrize("loss_on", ["assistant", "all"])
def test_a_conversation_with_tools(loss_on: str) -> None:
    tokenizer = templated(starter(), trl_template("qwen2_5_training"))
    turns = [TOOL[0], {"role": "assistant", "content": "", "tool_calls": [CALL]}, *TOOL[2:]]
    row = {"messages": turns, "tools": [{"type": "function", "function": WEATHER}]}
    reference = their(tokenizer, row, assistant_only_loss=loss_on == "assistant")
    assert our(tokenizer, row, loss_on) == reference
    if loss_on == "assistant":
        call, answer = learnt(tokenizer, reference)
        assert '"arguments": {"city": "Rome"}' in call
        assert "It is 42 °C." in answer


def test_whole_conversations() -> None:
    tokenizer, rows = templated(starter(), NAMED["chatml"]), conversations("chatml")
    assert ours(tokenizer, rows, "all") == theirs(tokenizer, rows)


@pytest.mark.parametrize("template", [CHATML, MARKED], ids=["without-marks", "with-marks"])
def test_a_prompt_of_turns_with_its_completion(template: str) -> None:
    tokenizer = byte_tokenizer(template)
    chats = {name: turns for name, turns in CHATS.items() if turns[-1]["role"] == "assistant"}
    pairs = {name: {"prompt": turns[:-1], "completion": turns[-1:]} for name, turns in chats.items()}
    reference = theirs(tokenizer, pairs, assistant_only_loss=template == MARKED)
    assert ours(tokenizer, {name: {"messages": turns} for name, turns in chats.items()}, "completion") == reference


@pytest.mark.parametrize("template", [CHATML, MARKED], ids=["without-marks", "with-marks"])
def test_a_pair_of_texts_is_a_prompt_of_one_turn(template: str) -> None:
    tokenizer = byte_tokenizer(template)
    prompt, completion = [{"role": "user", "content": "a"}], [{"role": "assistant", "content": "b 🙂"}]
    reference = their(tokenizer, {"prompt": prompt, "completion": completion}, assistant_only_loss=template == MARKED)
    assert our(tokenizer, {"prompt": "a", "completion": "b 🙂"}, "completion") == reference
