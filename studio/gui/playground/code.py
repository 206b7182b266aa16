"""The same answer without the studio: as Python, and as a command line."""

import shlex
from collections.abc import Mapping
from typing import Any

PYTHON = """from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained({model!r})
model = AutoModelForCausalLM.from_pretrained({model!r})
model = PeftModel.from_pretrained(model, {adapter!r})
for module in model.modules():  # how strongly the adapter acts
    if hasattr(module, "scaling"):
        module.scaling = {{name: scale * {scale} for name, scale in module.scaling.items()}}

inputs = tokenizer({prompt!r} + "\\n", return_tensors="pt")
output = model.generate(**inputs, {settings})
print(tokenizer.decode(output[0, inputs["input_ids"].shape[1]:], skip_special_tokens=True))
"""


def python_code(request: Mapping[str, Any]) -> str:
    """A program for transformers and PEFT that asks what `request`, a "generate" request of the playground, asks its last adapter."""
    adapter = request["adapters"][-1]
    settings = [f"max_new_tokens={request['max_new_tokens']}"]
    if request["temperature"]:
        settings += [
            f"do_sample=True, temperature={request['temperature']}, top_p={request['top_p']}, top_k={request['top_k']}"
        ]
    else:
        settings += ["do_sample=False"]
    if request["repetition_penalty"] != 1.0:
        settings += [f"repetition_penalty={request['repetition_penalty']}"]
    return PYTHON.format(
        model=request["model"], adapter=adapter["path"], scale=adapter["scale"], prompt=request["prompt"],
        settings=", ".join(settings),
    )  # fmt: skip


def command_line(request: Mapping[str, Any]) -> str:
    """The command that asks the last adapter, greedily."""
    adapter = request["adapters"][-1]
    words = [
        *("lora-studio", "generate", "--model", request["model"], "--adapter", f"{adapter['path']}:{adapter['scale']:g}"),
        *("--prompt", request["prompt"], "--max-new-tokens", str(request["max_new_tokens"])),
    ]  # fmt: skip
    return shlex.join(words)
