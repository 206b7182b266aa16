"""Turns of a conversation, brought from the chat formats in use to role and content."""

from collections.abc import Mapping
from typing import Any

from studio.plan.errors import Refusal

Turn = dict[str, Any]  # "role" and "content", and whatever else the row's own messages carry for a template

ROLES = {
    "system": "system", "developer": "developer",
    "user": "user", "human": "user",
    "assistant": "assistant", "gpt": "assistant", "bot": "assistant", "chatgpt": "assistant", "model": "assistant",
    "tool": "tool", "observation": "tool", "function_response": "tool",
}  # fmt: skip


def turns_of(messages: Any, system: Any = None) -> list[Turn]:
    """The turns of a `messages` list (role, content) or a sharegpt `conversations` list (from, value).

    A `system` text beside the list becomes the first turn. Raises Refusal, without the row's place: no list, unknown role, a
    content that is not text, no assistant turn, an empty answer.
    """
    if not isinstance(messages, list) or not messages:
        raise _refusal("row-no-turns", "the conversation is not a list of turns", "write [{role, content}, …]")
    turns = [_turn(message) for message in messages]
    if isinstance(system, str) and system.strip() and turns[0]["role"] != "system":
        turns.insert(0, {"role": "system", "content": system})
    if not any(turn["role"] == "assistant" for turn in turns):
        raise _refusal("row-no-assistant", "the conversation has no assistant turn", "add the answer to be learnt")
    return turns


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
    if message.get("tool_calls"):
        raise _refusal("row-tool-calls", "a turn calls tools, which cannot be learnt yet", "leave such rows out")
    text = _text(content)
    if role == "assistant" and not text.strip():
        raise _refusal("row-empty-answer", "an assistant turn is empty", "fill it or leave the row out")
    more = {key: value for key, value in message.items() if key not in ("role", "content", "from", "value")}
    return {**more, "role": role, "content": text}


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
