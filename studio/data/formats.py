"""Formats: how a row of each becomes the text that the model gets.

Without a chat template, prompt and completion are joined as `prompt + "\\n" + completion + eos`; a chat is written as `role: content`
lines, and each answer as `assistant:`, a line break, its text and eos. With a chat template, prompt and completion are its user and
assistant turns. Plain text stands between the tokenizer's start token, where it has one, and eos.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from studio.data.layout import Layout, guess_format, layout_of
from studio.data.rows import Row
from studio.data.segment import Segment, special_tokens
from studio.data.template import chosen_template, template_warnings
from studio.data.turns import Tool, Turn, last_answer, tools_of, turns_of, with_system
from studio.plan.errors import Refusal

__all__ = ["RowWriter", "guess_format", "prompt_segments", "segments"]

# The prompts of Stanford Alpaca (tatsu-lab/stanford_alpaca, train.py), up to the line break before the answer.
ALPACA = (
    "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n{instruction}\n\n### Response:"
)
ALPACA_WITH_INPUT = (
    "Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request.\n\n"
    "### Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:"
)
ANSWER_HEADER = "assistant:\n"


class RowWriter:
    """Writes rows of one layout as segments for one tokenizer (None: plain, without special tokens).

    `template` is as in `chosen_template`. `warnings` say in words what of it may not be meant.
    """

    def __init__(self, layout: Layout, tokenizer: Any, loss_on: str = "completion", template: str = "auto") -> None:
        known = tokenizer is not None and layout.format != "text"
        self.warnings: tuple[str, ...] = template_warnings(template, tokenizer) if known else ()
        self._layout = layout
        self._loss_on = loss_on
        self._template = chosen_template(template, tokenizer) if known else None
        plain = tokenizer is not None and self._template is None
        special = special_tokens(tokenizer) if plain else None
        self._start = special.start if special else ()
        self._end = special.end if special else None
        self._context_end = (
            replace(special.end, trained=False) if special else None
        )  # once: a row is written in microseconds

    def segments(self, row: Row) -> list[Segment]:
        """The text of a row. Raises Refusal, without the row's place, where the row cannot be learnt from."""
        if self._layout.format == "text":
            text = _filled(self._layout.text(row, "text"), "the text")
            return self._plain([*self._answer(text, trained=True)])
        system = self._layout.optional_text(row, "system")
        if self._layout.format == "chat":
            turns = turns_of(self._layout.cell(row, "messages"), system)
            return self._chat(turns, tools_of(self._layout.cell(row, "tools")))
        prompt, completion = self._pair(row)
        _filled(completion, "the completion")
        if self._template is not None:
            turns = [{"role": "user", "content": prompt}, {"role": "assistant", "content": completion}]
            return self._chat(with_system(turns, system))
        before = f"{system}\n\n" if system.strip() else ""
        return self._plain([Segment(f"{before}{prompt}\n", False), *self._answer(completion, trained=True)])

    def prompt(self, prompt: str) -> list[Segment]:
        """A prompt as the model gets it before its answer: what `segments` writes in front of the first trained token."""
        if self._layout.format == "text":
            return self._plain([Segment(prompt, False)], context=True)
        if self._template is not None:
            return self._template.prompt([{"role": "user", "content": prompt}])
        if self._layout.format == "chat":
            return self._plain([Segment(f"user: {prompt}\n{ANSWER_HEADER}", False)], context=True)
        if self._layout.format == "alpaca":
            prompt = ALPACA.format(instruction=prompt)
        return self._plain([Segment(prompt + "\n", False)], context=True)

    @property
    def knows_turns(self) -> bool:
        """Whether questions and answers can follow each other as in the rows."""
        return self._template is not None or self._layout.format == "chat"

    def conversation(self, earlier: Sequence[tuple[str, str]], prompt: str) -> list[Segment]:
        """A prompt with the questions and answers before it. Raises Refusal where rows were shown without turns."""
        turns: list[Turn] = []
        for question, answer in earlier:
            turns += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
        if self._template is not None:
            return self._template.prompt([*turns, {"role": "user", "content": prompt}])
        if not self.knows_turns:
            what = "this model learnt from single questions: without a chat template it knows no conversation"
            raise Refusal("no-conversation", what, now="ask each question by itself")
        written: list[Segment] = []
        for question, answer in earlier:
            written += [Segment(f"user: {question}\n{ANSWER_HEADER}", False), *self._answer(answer, trained=False)]
        return self._plain([*written, Segment(f"user: {prompt}\n{ANSWER_HEADER}", False)], context=True)

    def _pair(self, row: Row) -> tuple[str, str]:
        if self._layout.format == "text-label":
            return self._layout.text(row, "text"), self._layout.text(row, "label")
        if self._layout.format == "prompt-completion":
            return self._layout.text(row, "prompt"), self._layout.text(row, "completion")
        instruction = self._layout.text(row, "instruction")
        context = self._layout.optional_text(row, "input")
        output = self._layout.text(row, "output")
        if self._template is not None:
            return (f"{instruction}\n{context}" if context else instruction), output
        if context:
            return ALPACA_WITH_INPUT.format(instruction=instruction, input=context), output
        return ALPACA.format(instruction=instruction), output

    def _chat(self, turns: list[Turn], tools: list[Tool] | None = None) -> list[Segment]:
        if self._template is not None:
            return self._template.segments(turns, self._loss_on, tools)
        if tools or any("tool_calls" in turn for turn in turns):
            raise Refusal(
                "row-tools",
                "the conversation calls or offers tools, and without a chat template there is no way to write them",
                now="set data.template to one that writes tools, or leave the row out",
                field="data.template",
            )
        last, context = last_answer(turns), ""
        written: list[Segment] = []
        for index, turn in enumerate(turns):
            if turn["role"] != "assistant":
                context += f"{turn['role']}: {turn['content']}\n"
                continue
            trained = self._loss_on != "completion" or index == last
            written += [Segment(context + ANSWER_HEADER, False), *self._answer(turn["content"], trained)]
            context = ""
        return self._plain([*written, Segment(context, False)] if context else written)

    def _plain(self, written: list[Segment], *, context: bool = False) -> list[Segment]:
        """The segments behind the tokenizer's start token; all of them trained where everything is to be learnt."""
        if self._loss_on == "all" and not context:
            written = [replace(segment, trained=True) for segment in written]
        return [*self._start, *written]

    def _answer(self, text: str, trained: bool) -> tuple[Segment, ...]:
        """A text with the end token behind it, once: some data have it already."""
        segment, end = Segment(text, trained), self._end if trained else self._context_end
        return (segment,) if end is None or text.endswith(end.text) else (segment, end)


def segments(
    row: Row, format: str, columns: Mapping[str, str], tokenizer: Any, loss_on: str = "completion"
) -> list[Segment]:
    """The text of one row; `columns` is role to column where the names differ. For many rows use a `RowWriter`."""
    return RowWriter(layout_of(tuple(row), [row], format, columns), tokenizer, loss_on).segments(row)


def prompt_segments(
    prompt: str, format: str, tokenizer: Any, template: str = "auto", earlier: Sequence[tuple[str, str]] = ()
) -> list[Segment]:
    """A prompt that someone typed, written as the rows of a format were when they were learnt; behind `earlier` questions and answers.

    Raises Refusal where there are such, and the format knows no turns.
    """
    writer = RowWriter(Layout(format, {}), tokenizer, template=template)
    return writer.conversation(earlier, prompt) if earlier else writer.prompt(prompt)


def knows_turns(tokenizer: Any, format: str, template: str = "auto") -> bool:
    """Whether rows of a format can hold a conversation: by themselves, or through a chat template."""
    return RowWriter(Layout(format, {}), tokenizer, template=template).knows_turns


def _filled(text: str, name: str) -> str:
    if not text.strip():
        raise Refusal("row-empty", f"{name} is empty", now="fill it or leave the row out", field="data.train")
    return text
