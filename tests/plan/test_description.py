import json

import pytest

from studio.plan.description import ModelDescription, ModuleInfo


def test_json_brings_the_same_description_back(small: ModelDescription) -> None:
    assert ModelDescription.from_json(json.loads(json.dumps(small.to_json()))) == small


def test_inspect_prints_what_scripts_rely_on(small: ModelDescription) -> None:
    tree = small.to_json()
    assert {"model_type", "total_parameters", "modules"} <= tree.keys()
    assert {"name", "kind", "shape", "parameters", "adaptable", "reason"} <= tree["modules"][0].keys()


def test_conv1d_is_stored_the_other_way_round() -> None:
    assert ModuleInfo("a", "linear", (3, 5), 15, True).dims == (3, 5)
    assert ModuleInfo("a", "conv1d", (5, 3), 15, True).dims == (3, 5)
    assert ModuleInfo("a", "conv1d", (5, 3), 15, True).adapter_parameters(2) == 2 * (3 + 5)


def test_a_module_without_a_matrix_has_no_dims() -> None:
    with pytest.raises(ValueError, match="no matrix"):
        _ = ModuleInfo("norm", "norm", (8,), 8, False).dims


def test_lookups(small: ModelDescription) -> None:
    assert small.by_name["model.norm"].kind == "norm"
    assert {module.name.rsplit(".", 1)[-1] for module in small.adaptable} == {
        "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj",
    }  # fmt: skip
