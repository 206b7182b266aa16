"""Turns of a conversation, brought from the chat formats in use to role, content and tool calls."""

import json
from collections.abc import Mapping
from typing import Any

from studio.plan.errors import Refusal

Turn = dict[
    str, Any
]  # "role", "content" and perhaps "tool_calls", and whatever else the row's own messages carry for a template
Tool = dict[str, Any]  # a JSON schema, as transformers' chat templates take it

ROLES = {
    "system": "system", "developer": "developer",
    "user": "user", "human": "user",
    "assistant": "assistant", "gpt": "assistant", "bot": "assistant", "chatgpt": "assistant", "model": "assistant",
    "tool": "tool", "observation": "tool", "function_response": "tool",
    "function_call": "assistant",  # ShareGPT's turn that is one call, as a JSON text
}  # fmt: skip


def turns_of(messages: Any, system: str = "") -> list[Turn]:
    """The turns of a `messages` list (role, content) or a sharegpt `conversations` list (from, value).

    A `system` text beside the list becomes the first turn. The arguments of tool calls are objects afterwards. Raises Refusal, without
    the row's place: no list, unknown role, a content that is not text, a call that is none, no assistant turn, an empty answer.
    """
    if not isinstance(messages, list) or not messages:
        raise _refusal("row-no-turns", "the conversation is not a list of turns", "write [{role, content}, …]")
    turns = with_system([_turn(message) for message in messages], system)
    if not any(turn["role"] == "assistant" for turn in turns):
        raise _refusal("row-no-assistant", "the conversation has no assistant turn", "add the answer to be learnt")
    return turns


def with_system(turns: list[Turn], system: str) -> list[Turn]:
    """The turns behind a system turn, where there is a text for one and no such turn yet."""
    if not system.strip() or turns[0]["role"] == "system":
        return turns
    return [{"role": "system", "content": system}, *turns]


def tools_of(value: Any) -> list[Tool] | None:
    """The tools that a row offers: a list of JSON schemas, or the text of one; None where there are none. Raises Refusal for others."""
    if isinstance(value, str) and value.strip():
        value = _parsed(value, "the tools")
    if not value:
        return None
    if not isinstance(value, list) or not all(isinstance(tool, dict) and tool_name(tool) for tool in value):
        now = 'write [{"type": "function", "function": {"name": …, "parameters": …}}, …]'
        raise _refusal("row-bad-tools", "the tools are not a list of schemas with names", now)
    return [_without_nulls(tool) for tool in value]


def tool_name(entry: Mapping[str, Any]) -> str:
    """The name in a tool's schema, or in a call of it; empty where there is none."""
    inner = entry.get("function")
    name = (inner if isinstance(inner, Mapping) else entry).get("name")
    return name if isinstance(name, str) else ""


def last_answer(turns: list[Turn]) -> int:
    """The index of the last assistant turn."""
    return max(index for index, turn in enumerate(turns) if turn["role"] == "assistant")


def _turn(message: Any) -> Turn:
    if not isinstance(message, Mapping):
        raise _refusal("row-bad-turn", "a turn is not an object", "write each turn as {role, content}")
    if "role" in message:
        name, content = message["role"], message.get("content")
    else:
        name, content = message.get("from"), message.get("value")
    role = ROLES.get(str(name).lower())
    if role is None:
        known = "system, user, assistant or tool"
        raise _refusal("row-bad-role", f"a turn has the role {name!r}", f"use {known}")
    more = _without_nulls(
        {key: value for key, value in message.items() if key not in ("role", "content", "from", "value", "tool_calls")}
    )
    calls = message.get("tool_calls") or []
    if str(name).lower() == "function_call":
        calls, content = _parsed(_text(content), "a call"), ""
        calls = calls if isinstance(calls, list) else [calls]
    if calls:
        if role != "assistant" or not isinstance(calls, list):
            raise _refusal(
                "row-bad-call", "tool_calls is not a list of an assistant turn", "write [{function: {…}}, …]"
            )
        return {**more, "role": role, "content": _text(content or ""), "tool_calls": [_call(call) for call in calls]}
    text = _text(content)
    if role == "assistant" and not text.strip():
        raise _refusal("row-empty-answer", "an assistant turn is empty", "fill it or leave the row out")
    return {**more, "role": role, "content": text}


def _call(call: Any) -> dict[str, Any]:
    """A call as templates write it: a function's name, and its arguments as an object; OpenAI's files hold them as a JSON text."""
    name = tool_name(call) if isinstance(call, Mapping) else ""
    if not name:
        raise _refusal("row-bad-call", "a tool call has no name", 'write {"function": {"name": …, "arguments": {…}}}')
    inner = call["function"] if isinstance(call.get("function"), Mapping) else call
    arguments = inner.get("arguments")
    if isinstance(arguments, str):
        arguments = _parsed(arguments or "{}", f"the arguments of {name}")
    if not isinstance(arguments or {}, Mapping):
        raise _refusal(
            "row-bad-call", f"the arguments of {name} are not an object", 'write {"city": "Rome"}, for example'
        )
    more = {key: value for key, value in call.items() if key in ("id", "type") and value is not None}
    function = {"name": name, "arguments": _without_nulls(dict(arguments or {}))}
    return {"type": "function", **more, "function": function}


def _parsed(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        now = "mend it or leave the row out"
        raise _refusal("row-bad-call", f"{what} cannot be read as JSON: {error}", now) from None


def _without_nulls(value: Any) -> Any:
    """Without the keys that are null: Parquet and Arrow give every object all keys that any row has."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(_is_text_part(part) for part in content):
        return "".join(part["text"] for part in content)
    raise _refusal("row-bad-content", "the content of a turn is not text", "give each turn a text")


def _is_text_part(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type", "text") == "text" and isinstance(part.get("text"), str)


def _refusal(code: str, what: str, now: str) -> Refusal:
    return Refusal(code, what, now=now, field="data.train")
