"""What several adapters on one base cost: a switch between two, and a mixed batch against one adapter's.

    python tests/bench/bank.py

The switch is timed on the shape of a 1B Llama (112 linear targets in 16 layers) with weights on the meta device, since it touches none; the
batch on a 30M Llama with random weights, forward alone, the rows of 4 adapters and the base in one batch against the same batch through one
adapter. Medians over alternated rounds.
"""

import statistics
import time
from collections.abc import Callable

import torch
from transformers import AutoModelForCausalLM, LlamaConfig

from studio.lora.bank import Bank
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec

ROUNDS = 15


def main() -> None:
    with torch.device("meta"):
        large = AutoModelForCausalLM.from_config(
            LlamaConfig(
                vocab_size=128256, hidden_size=2048, intermediate_size=8192, num_hidden_layers=16,
                num_attention_heads=32, num_key_value_heads=8,
            )
        )  # fmt: skip
    bank = _bank(large, 2)
    names = iter(["1", "0"] * ROUNDS)
    print(
        f"switch between two adapters of rank 16, 1B shape: {1e3 * _median(lambda: bank.use({next(names): 1.0})):.2f} ms"
    )

    torch.manual_seed(0)
    small = AutoModelForCausalLM.from_config(
        LlamaConfig(
            vocab_size=8192, hidden_size=384, intermediate_size=1024, num_hidden_layers=12, num_attention_heads=6,
            num_key_value_heads=6,
        )
    ).eval()  # fmt: skip
    bank = _bank(small, 4)
    for rows, length in ((10, 64), (20, 128)):
        ids = torch.randint(0, 8192, (rows, length))
        mixed_rows = [("0", "1", "2", "3", None)[row % 5] for row in range(rows)]
        ones, mixes = [], []
        with torch.inference_mode():
            for _ in range(ROUNDS):
                bank.use({"0": 1.0})
                ones.append(_seconds(lambda ids=ids: small(ids, use_cache=False)))
                with bank.rows(mixed_rows):
                    mixes.append(_seconds(lambda ids=ids: small(ids, use_cache=False)))
        one, mixed = statistics.median(ones), statistics.median(mixes)
        print(
            f"{rows} rows of {length}: one adapter {1e3 * one:.0f} ms, 4 adapters and base mixed {1e3 * mixed:.0f} ms, {mixed / one:.2f}x"
        )


def _bank(model: torch.nn.Module, count: int) -> Bank:
    targets = [name for name, it in model.named_modules() if isinstance(it, torch.nn.Linear) and "lm_head" not in name]
    bank = Bank(model)
    for number in range(count):
        adapter = inject(model, dict.fromkeys(targets, AdapterSpec(16, 32.0)), seed=number, device=torch.device("cpu"))
        bank.add(str(number), adapter)
    return bank


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
