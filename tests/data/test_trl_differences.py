"""Where our tokens or masks are not those of TRL's SFTTrainer, both shown, with the reason."""

import json

import pytest
from tokenizers import processors
from transformers import AutoTokenizer

from studio.data.templates import TEMPLATES as NAMED
from studio.plan.errors import Refusal
from tests.data.conftest import MARKED, byte_tokenizer
from tests.data.trl_sft import Row, learnt, our, starter, templated, their, trl_template

HI, HELLO = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}
BYE, SMILE = {"role": "user", "content": "Bye"}, {"role": "assistant", "content": " Bye 🙂"}
TWO = {"messages": [HI, HELLO, BYE, SMILE]}
END_OUTSIDE = MARKED.replace("<|im_end|>{% endgeneration %}", "{% endgeneration %}<|im_end|>")

# What the generation prompt writes already and TRL's marked variants let the model learn all the same.
HEADERS = {
    "gptoss": "<|start|>assistant",
    "muse_glimmer": "<|start|>assistant",
    "qwen2_5": "\n",
    "qwen3_5_nothink": "<think>\n\n</think>\n\n",
    "qwen3_5_think": "<think>\n",
    "qwen3_6": "<think>\n",
    "qwen3_8": "<think>\n",
}


def test_a_prompt_keeps_its_tokens_where_the_completion_would_merge_with_it(shared) -> None:
    # TRL tokenises both as one text and learns from where that leaves the prompt's own tokens: the end of the prompt
    # becomes part of the answer, behind a prompt that the model never gets. Ours is the prompt as a generation gets it.
    tokenizer = AutoTokenizer.from_pretrained(shared / "models" / "gpt2-tokenizer")
    prompt = tokenizer("a\n").input_ids
    trl = their(tokenizer, {"prompt": "a\n", "completion": "\n\n b"})
    assert learnt(tokenizer, trl) == ["\n\n\n b<|endoftext|>"]
    assert trl[0][: len(prompt)] != prompt
    mine = our(tokenizer, {"prompt": "a", "completion": "\n\n b"}, "completion")
    assert learnt(tokenizer, mine) == ["\n\n b<|endoftext|>"]
    assert mine[0][: len(prompt)] == prompt


@pytest.mark.parametrize(("completion", "trl_decodes"), [("little one", "little one"), (" b", "b")])
def test_a_completion_is_tokenised_as_a_text_of_its_own(completion: str, trl_decodes: str, shared) -> None:
    # SentencePiece writes a space mark before every text, and its decoder drops the first one. Tokenised apart, as ours,
    # what is generated decodes to the completion, spaces and all; a prompt and its answer decoded in one show a space more.
    tokenizer = AutoTokenizer.from_pretrained(shared / "models" / "stories260k")
    trl = their(tokenizer, {"prompt": "a\n", "completion": completion})
    mine = our(tokenizer, {"prompt": "a", "completion": completion}, "completion")
    assert learnt(tokenizer, trl) == [trl_decodes + "</s>"]
    assert learnt(tokenizer, mine) == [completion + "</s>"]
    first = mine[1].index(True)
    assert mine[0][:first] == trl[0][:first] == tokenizer("a\n").input_ids
    assert mine[0][first:-1] == tokenizer(completion, add_special_tokens=False).input_ids


def test_an_answer_ends_once_where_the_tokenizer_adds_an_end_itself() -> None:
    # TRL writes the end token into the text, and the tokenizer another behind it. Generation stops at the first.
    tokenizer = byte_tokenizer(bos=True)
    tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    assert learnt(tokenizer, their(tokenizer, {"prompt": "a\n", "completion": "b"})) == ["b</s></s>"]
    assert learnt(tokenizer, our(tokenizer, {"prompt": "a", "completion": "b"}, "completion")) == ["b</s>"]


def test_an_end_behind_the_mark_is_learnt_and_every_byte_before_it() -> None:
    # TRL warns that the model may not learn to stop, and goes on. transformers asks for the token of the last character,
    # and of the four that spell the emoji it is told the first: three bytes of the answer are never learnt.
    tokenizer = byte_tokenizer(END_OUTSIDE)
    assert learnt(tokenizer, their(tokenizer, TWO, assistant_only_loss=True)) == ["Hello", " Bye \ufffd"]
    assert learnt(tokenizer, our(tokenizer, TWO, "assistant")) == ["Hello<|im_end|>", " Bye 🙂<|im_end|>"]


def test_an_answer_that_begins_with_a_space_is_learnt_where_offsets_are_trimmed() -> None:
    # Byte-level tokenizers may leave the space before a word out of its offsets. transformers then finds no token for the
    # mark's first character, takes the text for cut off there and leaves out this answer and all behind it.
    tokenizer = byte_tokenizer(MARKED, trim=True)
    row = {"messages": [*TWO["messages"], HI, HELLO]}
    assert learnt(tokenizer, their(tokenizer, row, assistant_only_loss=True)) == ["Hello<|im_end|>"]
    assert learnt(tokenizer, our(tokenizer, row, "assistant")) == [
        "Hello<|im_end|>",
        " Bye 🙂<|im_end|>",
        "Hello<|im_end|>",
    ]


def test_what_a_template_writes_behind_the_end_is_not_learnt() -> None:
    # Generation stops at the end token; the line break behind it belongs to the next turn, and the marks say so.
    tokenizer = templated(starter(), NAMED["chatml"])
    trl = their(tokenizer, {"prompt": [HI], "completion": [HELLO]})
    mine = our(tokenizer, {"messages": [HI, HELLO]}, "completion")
    assert mine[0] == trl[0]
    assert learnt(tokenizer, trl) == ["Hello<|im_end|>\n"]
    assert learnt(tokenizer, mine) == ["Hello<|im_end|>"]


def test_a_question_within_a_completion_is_not_learnt() -> None:
    # A completion of several turns: TRL learns all behind the prompt, so the model learns to ask the user's questions.
    tokenizer = byte_tokenizer(MARKED)
    (trl,) = learnt(tokenizer, their(tokenizer, {"prompt": [HI], "completion": [HELLO, BYE, SMILE]}))
    assert "<|im_start|>user\nBye<|im_end|>" in trl
    assert learnt(tokenizer, our(tokenizer, TWO, "completion")) == [" Bye 🙂<|im_end|>"]
    assert learnt(tokenizer, our(tokenizer, TWO, "assistant")) == ["Hello<|im_end|>", " Bye 🙂<|im_end|>"]


@pytest.mark.parametrize("name", HEADERS)
def test_the_header_that_a_generation_is_given_is_not_learnt(name: str) -> None:
    # Generation begins behind the header, which the template writes: learning it is spent on what is never asked for.
    tokenizer, row = templated(starter(), trl_template(name)), {"messages": [HI, HELLO]}
    trl, mine = their(tokenizer, row, assistant_only_loss=True), our(tokenizer, row, "assistant")
    assert mine[0] == trl[0]
    assert learnt(tokenizer, trl) == [HEADERS[name] + learnt(tokenizer, mine)[0]]
    given = tokenizer.apply_chat_template([HI], add_generation_prompt=True, return_dict=False)
    assert mine[0][: mine[1].index(True)] == given


@pytest.mark.parametrize("name", ["deepseek_r1_distill", "deepseekv3"])
def test_a_header_that_opens_a_thought_is_not_learnt(name: str) -> None:
    # The same, where the answer that is written down has no thought: the header as far as both agree is given.
    tokenizer, row = templated(starter(), trl_template(name)), {"messages": [HI, HELLO]}
    trl, mine = their(tokenizer, row, assistant_only_loss=True), our(tokenizer, row, "assistant")
    assert mine[0] == trl[0]
    assert learnt(tokenizer, trl) == ["<｜Assistant｜>" + learnt(tokenizer, mine)[0]]
    first = mine[1].index(True)
    given = tokenizer.apply_chat_template([HI], add_generation_prompt=True, return_dict=False)
    assert mine[0][:first] == given[:first]


def test_a_template_that_rewrites_earlier_answers_is_not_exchanged() -> None:
    # Qwen 3 writes an empty thought before the last answer only. TRL puts another template in its stead, which writes one
    # before every answer: a text that no chat with the model has. We say so, and learn the last answer as it is written.
    tokenizer = templated(starter(), trl_template("qwen3"))
    first, last = learnt(tokenizer, their(tokenizer, TWO, assistant_only_loss=True))
    assert first.startswith("<think>")
    chat = tokenizer.apply_chat_template(TWO["messages"], tokenize=False)
    assert first not in chat
    with pytest.raises(Refusal, match="writes the turns anew"):
        our(tokenizer, TWO, "assistant")
    ids, trained = our(tokenizer, TWO, "completion")
    assert tokenizer.decode(ids) == chat
    assert learnt(tokenizer, (ids, trained)) == [last]


def test_keys_that_only_other_rows_have_are_not_written() -> None:
    # Arrow gives all objects of a column the same keys, null where a row has none. Learnt as they are, the model learns
    # to call tools with arguments that they do not have.
    def call(name: str, arguments: dict[str, str]) -> Row:
        return {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"function": {"name": name, "arguments": arguments}}],
        }

    tokenizer = templated(starter(), trl_template("qwen2_5_training"))
    turns = [HI, call("weather", {"city": "Rome"}), {"role": "tool", "content": "42"}, call("clock", {"zone": "CET"})]
    row = {"messages": turns}
    trl = learnt(tokenizer, their(tokenizer, row, assistant_only_loss=True))
    mine = learnt(tokenizer, our(tokenizer, row, "assistant"))

    def arguments(text: str) -> Row:
        return json.loads(text.split("<tool_call>")[1].split("</tool_call>")[0])["arguments"]

    assert [arguments(text) for text in trl] == [{"city": "Rome", "zone": None}, {"city": None, "zone": "CET"}]
    assert [arguments(text) for text in mine] == [{"city": "Rome"}, {"zone": "CET"}]


def test_sharegpt_names_are_the_templates_roles() -> None:
    # TRL renames the keys and not the roles, so that the model learns a "human" and a "gpt" that its template has not.
    tokenizer = byte_tokenizer(MARKED)
    row = {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}
    assert tokenizer.decode(their(tokenizer, row)[0]).startswith("<|im_start|>human\nHi")
    with pytest.raises(ValueError, match="not conversational"):
        their(tokenizer, row, assistant_only_loss=True)
    assert learnt(tokenizer, our(tokenizer, row, "assistant")) == ["Hello<|im_end|>"]


@pytest.mark.parametrize(
    ("row", "code", "their_row"),
    [
        ({"prompt": "a", "completion": ""}, "row-empty", {"prompt": "a\n", "completion": ""}),
        ({"messages": [HI, {**HELLO, "content": ""}]}, "row-empty-answer", None),
    ],
    ids=["completion", "answer"],
)
def test_an_empty_answer_is_refused(row: Row, code: str, their_row: Row | None) -> None:
    # TRL learns to end at once. Such rows are mostly holes in the data, and they teach the model to say nothing.
    tokenizer = byte_tokenizer(MARKED if their_row is None else None)
    trl = their(tokenizer, their_row or row, assistant_only_loss=their_row is None)
    assert learnt(tokenizer, trl) in (["</s>"], ["<|im_end|>"])
    with pytest.raises(Refusal) as caught:
        our(tokenizer, row, "assistant")
    assert caught.value.code == code


def test_a_conversation_without_an_answer_is_one_row_refused() -> None:
    # TRL ends the whole training with an error that blames the template; we name the row, and the others are learnt.
    tokenizer, row = byte_tokenizer(MARKED), {"messages": [HI]}
    with pytest.raises(RuntimeError, match="no assistant tokens"):
        their(tokenizer, row, assistant_only_loss=True)
    with pytest.raises(Refusal, match="no assistant turn"):
        our(tokenizer, row, "assistant")
