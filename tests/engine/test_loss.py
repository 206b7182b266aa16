"""The fast loss against the plain one, and against transformers' own."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn
from transformers import AutoModelForCausalLM

from studio.data.batches import Batch
from studio.engine.head_loss import head_loss
from studio.engine.loss import ChunkedLoss, LineLoss, PlainLoss, choose_loss
from studio.engine.setup import Setup

SetupOf = Callable[..., Setup]


def gradients(setup: Setup, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    loss.backward()
    found = {name: parameter.grad.clone() for name, parameter in setup.adapter.named_parameters()}
    for parameter in setup.adapter.parameters():
        parameter.grad = None
    return found


def stir(setup: Setup) -> None:
    """Give B values, so that A gets a gradient too."""
    generator = torch.Generator().manual_seed(1)
    for _, pair in setup.adapter.pairs():
        pair.B.data.normal_(0, 0.1, generator=generator)


@pytest.mark.parametrize("model", ["llama", "gpt2"])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
@pytest.mark.parametrize("attention", ["sdpa", "eager"])
def test_fast_and_plain_loss_agree_in_value_and_every_gradient(
    setup_of: SetupOf, request: pytest.FixtureRequest, model: str, precision: str, attention: str
) -> None:
    setup = setup_of(model=str(request.getfixturevalue(model)), training={"precision": precision})
    stir(setup)
    assert isinstance(setup.loss, LineLoss)
    batch = setup.batch(0)
    assert batch.lengths.min() < batch.lengths.max(), "padding must take part"
    line = setup.loss(batch)
    in_line = gradients(setup, line)
    setup.model.set_attn_implementation(attention)
    body, head = setup.model.get_decoder(), setup.model.get_output_embeddings()
    plain, padded = PlainLoss(setup.model)(batch), ChunkedLoss(body, head)(batch)
    theirs = gradients(setup, plain)
    found = [(line, in_line), (padded, gradients(setup, padded))]
    for value, _ in found:
        torch.testing.assert_close(value, plain, rtol=1e-5 if precision == "float32" else 2e-2, atol=0)
    if precision == "bfloat16":
        setup.model.float()
        exact = gradients(setup, PlainLoss(setup.model)(batch))
        for _, ours in found:
            assert off(ours, exact) <= 1.2 * off(theirs, exact)
        return
    for _, ours in found:
        assert ours.keys() == theirs.keys()
        for name, gradient in theirs.items():
            scale = gradient.abs().max()
            assert scale > 0
            torch.testing.assert_close(ours[name], gradient, rtol=0, atol=float(scale) * 3e-5)


def off(found: dict[str, torch.Tensor], exact: dict[str, torch.Tensor]) -> float:
    """How long the error of a gradient is, as a share of the gradient's own length."""
    assert found.keys() == exact.keys()
    apart = sum(float((found[name].float() - exact[name]).square().sum()) for name in exact)
    length = sum(float(gradient.square().sum()) for gradient in exact.values())
    assert length > 0
    return (apart / length) ** 0.5


def test_the_mean_is_that_of_transformers(setup_of: SetupOf, llama: Path) -> None:
    setup = setup_of()
    batch = setup.batch(0)
    model = AutoModelForCausalLM.from_pretrained(llama)
    places = torch.arange(batch.input_ids.shape[1])
    mask = (places < batch.lengths[:, None]).long()
    expected = model(input_ids=batch.input_ids, attention_mask=mask, labels=batch.labels).loss
    torch.testing.assert_close(setup.loss(batch) / batch.supervised, expected, rtol=1e-5, atol=0)


def test_ignored_positions_never_reach_the_head(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = setup_of()
    seen = []

    def counting(rows: torch.Tensor, *others: torch.Tensor) -> torch.Tensor:
        seen.append(rows.shape[0])
        return head_loss(rows, *others)

    monkeypatch.setattr("studio.engine.loss.head_loss", counting)
    batch = setup.batch(0)
    setup.loss(batch)
    assert sum(seen) == batch.supervised < int(batch.lengths.sum())


def test_an_adapted_head_takes_the_plain_way(setup_of: SetupOf, tmp_path: Path) -> None:
    setup = setup_of(lora={"targets": ["lm_head", "*.q_proj"]})
    assert isinstance(setup.loss, PlainLoss)


def test_a_model_that_changes_its_logits_takes_the_plain_way(setup_of: SetupOf) -> None:
    setup = setup_of()
    sample = setup.batch(0)
    setup.model.config.final_logit_softcapping = 30.0
    assert isinstance(choose_loss(setup.model, sample), PlainLoss)


def test_a_body_that_needs_its_mask_takes_the_plain_way(setup_of: SetupOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof at the start is what notices: here a body that answers otherwise when it is asked without a mask."""
    setup = setup_of()
    body = setup.model.get_decoder()
    forward = body.forward

    def strange(*args: object, attention_mask: torch.Tensor | None = None, **kwargs: object) -> object:
        output = forward(*args, attention_mask=attention_mask, **kwargs)
        if attention_mask is None:
            output.last_hidden_state = output.last_hidden_state * 1.5
        return output

    monkeypatch.setattr(body, "forward", strange)
    assert isinstance(choose_loss(setup.model, setup.batch(0)), PlainLoss)


def test_padding_changes_nothing(setup_of: SetupOf) -> None:
    setup = setup_of()
    rows = [row for (row,) in setup.batches.batch(0)]
    together = setup.loss(setup.collated(rows))
    apart = sum(setup.loss(setup.collated([row])) for row in rows)
    torch.testing.assert_close(together, apart, rtol=1e-5, atol=0)
    batch = setup.collated(rows)
    wider = Batch(
        nn.functional.pad(batch.input_ids, (0, 9), value=setup.pad_id),
        nn.functional.pad(batch.labels, (0, 9), value=-100),
        batch.lengths,
    )
    torch.testing.assert_close(setup.loss(wider), together, rtol=1e-5, atol=0)
