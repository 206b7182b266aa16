"""Chat templates: the text of a conversation, and which characters of it are answers."""

import re
from collections import Counter
from functools import cached_property
from os.path import commonprefix
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from transformers.utils.chat_template_utils import render_jinja_template

from studio.data.limits import WATCH
from studio.data.segment import Segment, special_ids
from studio.data.templates import MARKS, TEMPLATES
from studio.data.turns import Tool, Turn, last_answer, tool_name
from studio.plan.errors import Refusal

GENERATION_MARK = re.compile(r"\{%[-+]?\s*generation\s*[-+]?%\}")
Span = tuple[int, int]  # characters, end excluded
PROBE: list[Turn] = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]


class ChatTemplate:
    """Renders conversations with a template, in transformers' sandbox and within limits of time and memory.

    Every trained answer ends in an end token, so that the model learns to stop: one that the template writes behind what it marks is
    learnt too, and where it writes none the tokenizer's own stands behind the last answer.
    """

    def __init__(self, source: str, tokenizer: Any) -> None:
        self._source = source
        self._special_tokens = tokenizer.special_tokens_map
        self._marked = GENERATION_MARK.search(source) is not None
        tokens = tokenizer.convert_ids_to_tokens(sorted(special_ids(tokenizer)))
        self._special = re.compile("|".join(map(re.escape, sorted(tokens, key=len, reverse=True))) or r"(?!)")
        end = tokenizer.eos_token_id
        self._end = None if end is None else Segment(tokenizer.convert_ids_to_tokens(end), trained=True, token=end)

    def segments(self, turns: list[Turn], loss_on: str, tools: list[Tool] | None = None) -> list[Segment]:
        """The conversation as joined segments, with the `tools` that it offers.

        Trained are all characters ("all"), every assistant turn ("assistant") or the last one ("completion"): what the template marks as
        generated, and without such marks what it adds to the prompt of that turn. Raises Refusal where the template refuses the turns,
        leaves tools or their calls out, or writes earlier turns anew so that an answer has no one place.
        """
        text, spans = self._render(turns, tools, marked=self._marked and loss_on != "all")
        _check_tools(text, turns, tools)
        if loss_on == "all":
            return self._ended([Segment(text, trained=True, joined=True)])
        if not self._marked:
            answers = [index for index, turn in enumerate(turns) if turn["role"] == "assistant"]
            spans = [
                self._answer(turns, tools, index, text)
                for index in (answers if loss_on == "assistant" else answers[-1:])
            ]
        else:
            spans = self._with_ends(text, spans)
            if loss_on == "completion":
                spans = self._of_last_answer(spans, turns, tools)
        return self._ended(_cut(text, spans))

    def _of_last_answer(self, spans: list[Span], turns: list[Turn], tools: list[Tool] | None) -> list[Span]:
        """The marked spans of the last answer; a template may mark an answer in pieces."""
        if len(spans) == sum(turn["role"] == "assistant" for turn in turns):
            return spans[-1:]
        text, before = self._render(turns[: last_answer(turns)], tools, marked=True)
        return spans[len(self._with_ends(text, before)) :]

    def _with_ends(self, text: str, spans: list[Span]) -> list[Span]:
        """The spans, each with the end that the template writes right behind its mark; those that touch are one."""
        whole: list[Span] = []
        for begin, end in spans:
            if self._outer_end and text.startswith(self._outer_end, end) and not self._ends(text[begin:end]):
                end += len(self._outer_end)
            if whole and begin <= whole[-1][1]:
                whole[-1] = whole[-1][0], max(end, whole[-1][1])
            else:
                whole.append((begin, end))
        return whole

    @cached_property
    def _outer_end(self) -> str:
        """The special token that the template writes behind the mark of an answer; empty where it marks the end too, or has none.

        Found behind an answer that nothing follows, where it cannot be the begin of the next turn.
        """
        try:
            text, spans = self._render(PROBE, None, marked=True)
        except Refusal:
            return ""  # a template that wants other turns: its marks are taken as they are
        if not spans or self._ends(text[slice(*spans[-1])]):
            return ""
        behind = self._special.match(text, spans[-1][1])
        return behind.group() if behind else ""

    def _ended(self, written: list[Segment]) -> list[Segment]:
        """With the tokenizer's end token, where the text ends with an answer that has none."""
        last = written[-1]
        if self._end is None or not last.trained or self._ends(last.text):
            return written
        return [*written, self._end]

    def _ends(self, text: str) -> bool:
        """Whether the last thing that a text says is a special token."""
        found = [*self._special.finditer(text)]
        return bool(found) and not text[found[-1].end() :].strip()

    def prompt(self, turns: list[Turn]) -> list[Segment]:
        """The conversation with the header of the answer that is to come."""
        return [Segment(self._render(turns, None, header=True)[0], trained=False, joined=True)]

    def _answer(self, turns: list[Turn], tools: list[Tool] | None, index: int, text: str) -> Span:
        """Where the answer `turns[index]` stands in the text of all turns."""
        before = turns[:index]
        upto = text if index == len(turns) - 1 else self._render(turns[: index + 1], tools)[0]
        head = self._head(upto, before, tools) if before else ""
        if head is None or not text.startswith(upto):
            kind = "last answer" if index == last_answer(turns) else "earlier answers"
            raise Refusal(
                "row-template-rewrites",
                f"the chat template writes the turns anew, so that the {kind} cannot be told from the prompt",
                now="set data.loss_on to completion or all" if kind == "earlier answers" else "set data.loss_on to all",
                field="data.loss_on",
            )
        return len(head), len(upto)

    def _head(self, upto: str, before: list[Turn], tools: list[Tool] | None) -> str | None:
        """What of a text is given to the model before its answer; None where the text does not begin as the turns before it do."""
        header = self._render(before, tools, header=True)[0]
        if upto.startswith(header):
            return header
        # Some templates open an answer otherwise than they write it down, with a <think> for example: then up to where they part.
        plain = self._render(before, tools)[0]
        common = commonprefix([header, upto])  # noqa: RUF071 - of characters
        last = max((found.end() for found in self._special.finditer(common)), default=0)
        return upto[: max(len(plain), last, common.rfind("\n") + 1)] if upto.startswith(plain) else None

    def _render(
        self, turns: list[Turn], tools: list[Tool] | None, *, header: bool = False, marked: bool = False
    ) -> tuple[str, list[Span]]:
        try:
            with WATCH.limited():
                texts, spans = render_jinja_template(
                    conversations=[turns],
                    tools=tools,
                    chat_template=self._source,
                    return_assistant_tokens_mask=marked,
                    add_generation_prompt=header,
                    **self._special_tokens,
                )
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
            raise Refusal(
                "row-template-refuses",
                f"the chat template refuses this conversation: {error}",
                now="order the turns as the model expects them",
                field="data.train",
            ) from error
        return texts[0], spans[0] if marked else []


def template_names() -> tuple[str, ...]:
    """The templates that can be chosen by name."""
    return "auto", "plain", *TEMPLATES


def chosen_template(template: str, tokenizer: Any) -> ChatTemplate | None:
    """The template of a plan: "auto" is the tokenizer's own, "plain" none, a name or a Jinja text. None where rows are joined plainly.

    Raises Refusal for an unknown name, and a Jinja text with a mistake, with its line.
    """
    if template == "auto":
        return chat_template(tokenizer)
    if template == "plain":
        return None
    if template in TEMPLATES:
        return ChatTemplate(TEMPLATES[template], tokenizer)
    if "{{" not in template and "{%" not in template:
        what, now = f"there is no template {template!r}", f"use {', '.join(template_names())}, or a Jinja text"
        raise Refusal("template-unknown", what, now=now, field="data.template")
    try:
        render_jinja_template(conversations=[], chat_template=template)  # only compiled
    except TemplateSyntaxError as error:
        what = f"the template has a mistake in line {error.lineno}: {error.message}"
        raise Refusal("template-mistake", what, now="mend it there", field="data.template") from None
    return ChatTemplate(template, tokenizer)


def template_warnings(template: str, tokenizer: Any) -> tuple[str, ...]:
    """What is odd of a named template with a tokenizer, in words."""
    unknown = [mark for mark in MARKS.get(template, ()) if mark not in tokenizer.get_vocab()]
    if not unknown:
        return ()
    return (f"the template {template} writes {', '.join(unknown)}, which this tokenizer does not know as one token",)


def chat_template(tokenizer: Any) -> ChatTemplate | None:
    """The template of a tokenizer; None where it has none. Raises Refusal where it has several and no default."""
    source = tokenizer.chat_template
    if isinstance(source, dict):
        if source and "default" not in source:
            names = ", ".join(source)
            raise Refusal(
                "tokenizer-templates",
                f"the tokenizer has several chat templates ({names}) and none is the default",
                now="name one of them default in the model's tokenizer_config.json",
                field="model",
            )
        source = source.get("default")
    return ChatTemplate(source, tokenizer) if source else None


def _check_tools(text: str, turns: list[Turn], tools: list[Tool] | None) -> None:
    """Raises Refusal where a template that knows of no tools has left some out: without them an answer teaches nonsense."""
    named = Counter(map(tool_name, tools or ()))
    named.update(tool_name(call) for turn in turns for call in turn.get("tool_calls", ()))
    lost = next((name for name, times in named.items() if text.count(name) < times), None)
    if lost is not None:
        raise Refusal(
            "row-tools",
            f"the conversation offers or calls the tool {lost}, and the chat template does not write that",
            now="set data.template to one that writes tools, or leave the row out",
            field="data.template",
        )


def _cut(text: str, spans: list[Span]) -> list[Segment]:
    segments, done = [], 0
    for begin, end in spans:
        segments += [Segment(text[done:begin], False, joined=True), Segment(text[begin:end], True, joined=True)]
        done = end
    segments.append(Segment(text[done:], False, joined=True))
    return [segment for segment in segments if segment.text]
