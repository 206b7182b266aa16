"""Groups of targets that can be muted."""

from fnmatch import fnmatchcase

import pytest

from studio.gui.playground.groups import Group, groups_of


def held(group: Group, names: list[str]) -> list[str]:
    return [name for name in names if any(fnmatchcase(name, glob) for glob in group.globs)]


@pytest.mark.parametrize(
    "names",
    [
        [f"model.layers.{layer}.{part}" for layer in range(7) for part in ("self_attn.q_proj", "mlp.down_proj")],
        [f"transformer.h.{layer}.{part}.c_proj" for layer in range(3) for part in ("attn", "mlp")],
        [
            "l.0.mlp.up_proj",
            "l.1.mlp.experts.0.up_proj",
            "l.1.mlp.experts.11.up_proj",
            "l.2.mlp.shared.up_proj",
            "head",
        ],
        [f"{side}.layers.{layer}.fc1" for side in ("encoder", "decoder") for layer in range(4)],
        ["head", "x.head", "0.q", "1.q", "2.q"],
    ],
)
def test_each_target_is_of_one_kind_and_in_one_third(names: list[str]) -> None:
    groups = groups_of(names)
    assert sorted(name for group in groups.kinds for name in held(group, names)) == sorted(names)
    layered = [name for name in names if any(part.isdigit() for part in name.split("."))]
    assert sorted(name for group in groups.thirds for name in held(group, names)) == sorted(layered)


def test_kinds_are_named_as_short_as_is_clear() -> None:
    assert [group.label for group in groups_of(["h.0.attn.c_proj", "h.0.mlp.c_proj", "h.0.mlp.c_fc"]).kinds] == [
        "attn.c", "mlp.c", "c_fc",
    ]  # fmt: skip


def test_the_depth_falls_into_even_thirds() -> None:
    names = [f"l.{layer}.q" for layer in range(80)]
    assert [group.label for group in groups_of(names).thirds] == ["0–26", "27–53", "54–79"]
    assert groups_of(names[:2]).thirds == ()
