"""Chat templates that people know by name, with the answers marked as generated.

Each writes what the model family's own template writes for system, user and assistant turns of text.
"""

# ChatML (OpenAI 2023); Qwen, Hermes, SmolLM.
CHATML = """\
{%- for message in messages -%}
{{ '<|im_start|>' + message.role + '\\n' }}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ message.content + '<|im_end|>' }}{%- endgeneration -%}
{%- else -%}
{{ message.content + '<|im_end|>' }}
{%- endif -%}
{{ '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}"""

# Meta's Llama 3 model card, "Llama 3 prompt formats".
LLAMA_3 = """\
{{- bos_token -}}
{%- for message in messages -%}
{{ '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' }}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ message.content | trim + '<|eot_id|>' }}{%- endgeneration -%}
{%- else -%}
{{ message.content | trim + '<|eot_id|>' }}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif -%}"""

# google/gemma-2's tokenizer_config.json: no system turn, answers are the "model"'s.
GEMMA = """\
{{- bos_token -}}
{%- for message in messages -%}
{%- if message.role == 'system' -%}{{ raise_exception('this template has no system turn') }}{%- endif -%}
{{ '<start_of_turn>' + ('model' if message.role == 'assistant' else message.role) + '\\n' }}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ message.content | trim + '<end_of_turn>' }}{%- endgeneration -%}
{%- else -%}
{{ message.content | trim + '<end_of_turn>' }}
{%- endif -%}
{{ '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<start_of_turn>model\\n' }}{%- endif -%}"""

# mistralai/Mistral-7B-Instruct-v0.3's tokenizer_config.json, without tools.
MISTRAL = """\
{{- bos_token -}}
{%- for message in messages -%}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ ' ' + message.content | trim + eos_token }}{%- endgeneration -%}
{%- elif message.role == 'user' -%}
{%- set system = messages[0].content + '\\n\\n' if loop.index0 == 1 and messages[0].role == 'system' else '' -%}
{{ '[INST] ' + system + message.content + '[/INST]' }}
{%- elif not loop.first -%}{{ raise_exception('a system turn stands first') }}
{%- endif -%}
{%- endfor -%}"""

# microsoft/Phi-3-mini-4k-instruct's tokenizer_config.json.
PHI_3 = """\
{%- for message in messages -%}
{{ '<|' + message.role + '|>\\n' }}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ message.content + '<|end|>' }}{%- endgeneration -%}
{%- else -%}
{{ message.content + '<|end|>' }}
{%- endif -%}
{{ '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|assistant|>\\n' }}{%- endif -%}"""

# HuggingFaceH4/zephyr-7b-beta's tokenizer_config.json.
ZEPHYR = """\
{%- for message in messages -%}
{{ '<|' + message.role + '|>\\n' }}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ message.content + eos_token }}{%- endgeneration -%}
{%- else -%}
{{ message.content + eos_token }}
{%- endif -%}
{{ '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|assistant|>\\n' }}{%- endif -%}"""

# lm-sys/FastChat, conversation.py, vicuna_v1.1.
VICUNA = """\
{%- for message in messages -%}
{%- if message.role == 'system' -%}{{ message.content + ' ' }}
{%- elif message.role == 'assistant' -%}
{{ 'ASSISTANT:' }}{%- generation -%}{{ ' ' + message.content + eos_token }}{%- endgeneration -%}
{%- else -%}{{ 'USER: ' + message.content + ' ' }}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ 'ASSISTANT:' }}{%- endif -%}"""

# meta-llama/Llama-2-7b-chat-hf's tokenizer_config.json.
LLAMA_2 = """\
{%- for message in messages -%}
{%- if message.role == 'assistant' -%}
{%- generation -%}{{ ' ' + message.content | trim + ' ' + eos_token }}{%- endgeneration -%}
{%- elif message.role == 'user' -%}
{%- set first = loop.index0 == 1 and messages[0].role == 'system' -%}
{%- set system = '<<SYS>>\\n' + messages[0].content + '\\n<</SYS>>\\n\\n' if first else '' -%}
{{ bos_token + '[INST] ' + system + message.content | trim + ' [/INST]' }}
{%- elif not loop.first -%}{{ raise_exception('a system turn stands first') }}
{%- endif -%}
{%- endfor -%}"""

# The prompt of Stanford Alpaca (tatsu-lab/stanford_alpaca, train.py), for several turns as LLaMA-Factory writes it.
ALPACA = """\
{%- if messages[0].role == 'system' -%}{{ messages[0].content + '\\n\\n' }}
{%- else -%}
{{ 'Below is an instruction that describes a task. Write a response that appropriately completes the request.\\n\\n' }}
{%- endif -%}
{%- for message in messages -%}
{%- if message.role == 'user' -%}{{ '### Instruction:\\n' + message.content + '\\n\\n### Response:\\n' }}
{%- elif message.role == 'assistant' -%}
{%- generation -%}{{ message.content + eos_token }}{%- endgeneration -%}
{%- if not loop.last -%}{{ '\\n\\n' }}{%- endif -%}
{%- elif not loop.first -%}{{ raise_exception('a system turn stands first') }}
{%- endif -%}
{%- endfor -%}"""

TEMPLATES = {
    "alpaca": ALPACA,
    "chatml": CHATML,
    "llama-2": LLAMA_2,
    "llama-3": LLAMA_3,
    "gemma": GEMMA,
    "mistral": MISTRAL,
    "phi-3": PHI_3,
    "zephyr": ZEPHYR,
    "vicuna": VICUNA,
}
# What each writes that must be one token, or the model would learn to spell it.
MARKS = {
    "chatml": ("<|im_start|>", "<|im_end|>"),
    "llama-3": ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
    "gemma": ("<start_of_turn>", "<end_of_turn>"),
    "mistral": ("[INST]", "[/INST]"),
    "alpaca": (),
    "llama-2": (),
    "phi-3": ("<|user|>", "<|assistant|>", "<|end|>"),
    "zephyr": (),
    "vicuna": (),
}
