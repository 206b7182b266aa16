"""Files of ours in PEFT, and files of PEFT's in ours, for every kind of layer and every variant: the same outputs."""

import peft
import pytest

from studio.formats.peft.folder import load_adapter, save_adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from tests.formats.peft.pairs import (
    IN_PEFT,
    TARGETS,
    assert_close,
    bare_weights,
    both,
    filled_by_peft,
    takes_dora,
)
from tests.lora.layers.cases import CASES

pytestmark = [
    pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*groups > 1. Merging is not supported:UserWarning"),
    # It looks for the patterns' names among modules alone, and has used them for parameters by then.
    pytest.mark.filterwarnings("ignore:The following (rank|alpha)_pattern keys did not match:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:fan_in_fan_out is set to False but the target module is `Conv1D`:UserWarning"),
]
VARIANTS = ("lora", "rslora", "dora", "lora-fa")
STARTS = ("default", "pissa", "olora")
OURS = [
    (name, variant, start)
    for name in IN_PEFT
    for variant in VARIANTS
    for start in STARTS
    if not (variant == "dora" and not takes_dora(name)) and not (CASES[name].looked_up and variant == "lora-fa")
]
THEIRS = [
    (name, rslora, dora)
    for name in IN_PEFT
    for rslora in (False, True)
    for dora in ((False, True) if takes_dora(name) else (False,))
    if name != "conv2-grouped"  # theirs mixes the groups
]


@pytest.mark.parametrize(("name", "variant", "start"), OURS)
def test_peft_reads_ours(name, variant, start, trained, tmp_path):
    model, inputs = both(name)
    base = model(*inputs)
    ranks = (4, 2) if "grouped" in name else (3, 2)
    specs = {
        target: AdapterSpec(rank, alpha, 0.0, variant)
        for target, rank, alpha in zip(TARGETS, ranks, (6.0, 3.5), strict=True)
    }
    adapter = trained(inject(model, specs, init=start))
    save_adapter(adapter, tmp_path / "ours", base_model=None, task_type=None)
    theirs = peft.PeftModel.from_pretrained(both(name)[0], tmp_path / "ours")
    ours = model(*inputs)
    assert all((one - other).abs().max() > 0.01 for one, other in zip(ours, base, strict=True))
    assert_close(ours, theirs(*inputs))
    again = load_adapter(both(name)[0], tmp_path / "ours").model
    assert_close(again(*inputs), ours)


@pytest.mark.parametrize(("name", "rslora", "dora"), THEIRS)
def test_ours_reads_pefts(name, rslora, dora, tmp_path):
    model, inputs = both(name)
    bare = bare_weights(model)
    named = {"target_parameters": bare, "target_modules": []} if bare else {"target_modules": list(TARGETS)}
    patterns = {"rank_pattern": {bare[-1] if bare else "second": 2}, "alpha_pattern": {bare[0] if bare else "first": 9}}
    theirs = filled_by_peft(model, r=4, lora_alpha=6, use_rslora=rslora, use_dora=dora, **named, **patterns)
    theirs.save_pretrained(tmp_path / "theirs")
    model = both(name)[0]
    base = model(*inputs)
    adapter = load_adapter(model, tmp_path / "theirs")
    ours = model(*inputs)
    assert all((one - other).abs().max() > 0.01 for one, other in zip(ours, base, strict=True))
    assert_close(ours, theirs(*inputs))
    if not bare:
        assert [spec.rank for spec in adapter.specs.values()] == [4, 2]
