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

# An answer in two marked pieces: the thought or the content, then the end; TRL's own diffusion_gemma_training does so.
TWO_MARKS = MARKED.replace(
    "<|im_end|>{% endgeneration %}", "{% endgeneration %}{% generation %}<|im_end|>{% endgeneration %}"
)
# An answer without an end token, before the special token that begins the next turn.
NO_END = MARKED.replace("<|im_end|>{% endgeneration %}", "\n{% endgeneration %}")

# Templates of vision models write no text that is not in a list of parts; diffusion_gemma is one of the differences.
OTHERS = {"idefics3", "llava_next", "smolvlm", "diffusion_gemma"}
TRAINING = sorted({path.stem.removesuffix("_training") for path in trl_sft.TEMPLATES.glob("*_training.jinja")} - OTHERS)
# Without marks: templates of which TRL's variant with marks writes the same text and marks all that the model is to write.
UNMARKED = [
    *("cohere", "cohere2", "gemma3", "lfm2", "lfm2_v2", "llama3"),
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


def test_adjacent_marks_leave_the_text_as_it_is() -> None:
    tokenizer, row = byte_tokenizer(TWO_MARKS), {"messages": TURNS[2:]}
    assert our(tokenizer, row, "assistant") == their(tokenizer, row, assistant_only_loss=True)


def test_the_completion_is_all_marks_of_the_last_answer() -> None:
    tokenizer, row = byte_tokenizer(TWO_MARKS), {"messages": TURNS}
    assert learnt(tokenizer, our(tokenizer, row, "completion")) == [" See you, café <|im_end|>"]


def test_the_begin_of_the_next_turn_is_no_end() -> None:
    tokenizer, row = byte_tokenizer(NO_END), {"messages": TURNS}
    reference = learnt(tokenizer, their(tokenizer, row, assistant_only_loss=True))
    mine = learnt(tokenizer, our(tokenizer, row, "assistant"))
    assert mine[0] == reference[0] == "Hello 🙂\n"
    assert mine[1] == reference[1] + "</s>"  # the last answer ends in the tokenizer's own


def test_the_header_is_not_learnt_where_a_generation_opens_a_thought() -> None:
    tokenizer, row = templated(starter(), trl_template("nemotron_3_nano")), {"messages": TURNS[:2]}
    assert our(tokenizer, row, "assistant") == their(tokenizer, row, assistant_only_loss=True)


@pytest.mark.parametrize("row", [{"prompt": "a", "completion": "b</s>"}, {"text": "b</s>"}], ids=["pair", "text"])
def test_an_answer_that_has_its_end_gets_no_other(row: trl_sft.Row) -> None:
    tokenizer = byte_tokenizer()
    their_row = {**row, "prompt": "a\n"} if "prompt" in row else row
    assert our(tokenizer, row, "completion") == their(tokenizer, their_row)
