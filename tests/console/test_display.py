"""The check for a display: what is missing is a sentence, said before Qt could abort."""

import pytest

from studio.console.display import DRAWING, HEADLESS, X11, check_display
from studio.plan.errors import Refusal


def loads(*missing: str):
    """A loader of shared libraries on a system that lacks some."""

    def load(name: str) -> None:
        if name in missing:
            raise OSError(name)

    return load


def test_without_a_display_the_headless_command_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        check_display({}, platform="linux", load=loads())
    assert refused.value.code == "no-display"
    assert HEADLESS in refused.value.sentence
    assert "lora-studio train PLAN.yaml" in refused.value.sentence


@pytest.mark.parametrize("library", [*DRAWING, *X11])
def test_a_missing_library_names_its_package(library: str) -> None:
    package = (DRAWING | X11)[library]
    with pytest.raises(Refusal, match=f"apt-get install {package} - or ") as refused:
        check_display({"DISPLAY": ":0"}, platform="linux", load=loads(library))
    assert refused.value.code == "library-missing"
    assert library in refused.value.what


@pytest.mark.parametrize(
    "environment",
    [
        {"QT_QPA_PLATFORM": "offscreen"},
        {"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"},
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
    ],
)
def test_libraries_of_x11_are_asked_of_x11_only(environment: dict[str, str]) -> None:
    check_display(environment, platform="linux", load=loads(*X11))
    with pytest.raises(Refusal, match="libegl1"):
        check_display(environment, platform="linux", load=loads(*DRAWING))


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_always_have_a_display(platform: str) -> None:
    check_display({}, platform=platform, load=loads(*DRAWING, *X11))
