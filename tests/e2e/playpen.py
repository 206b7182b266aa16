"""Where the monkey plays: a home folder with things to drop and to open, a known model, and a fence around both."""

import random
from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from studio.gui.window import MainWindow
from studio.plan.description import ModelDescription, ModuleInfo


def describe(window: MainWindow) -> None:
    """A model of 8 layers, which a fake worker cannot read."""
    parts = [f"self_attn.{letter}_proj" for letter in "qkvo"] + [f"mlp.{word}_proj" for word in ("gate", "up", "down")]
    names = [f"model.layers.{layer}.{part}" for layer in range(8) for part in parts]
    modules = tuple(ModuleInfo(name, "linear", (64, 64), 4096, True) for name in names)
    model = window.session.plan.model
    shape = {
        "layers": 8,
        "hidden_size": 64,
        "intermediate_size": 64,
        "vocab_size": 64,
        "heads": 4,
        "kv_heads": 4,
        "head_dim": 16,
        "max_positions": 256,
    }
    window.session.set_description(ModelDescription(model, model, "llama", 300_000, modules, **shape))


def fence(home: Path, luck: random.Random) -> None:
    """Hands that could reach out of the home folder: dialogs about files answer by themselves, and no browser opens."""

    def a_file(*words: object, **more: object) -> tuple[str, str]:
        return str(luck.choice([home / "plan.yaml", home / "rows.jsonl", home / "new.yaml", ""])), ""

    QFileDialog.getOpenFileName = QFileDialog.getSaveFileName = staticmethod(a_file)
    QFileDialog.getOpenFileNames = staticmethod(lambda *words, **more: ([str(home / "rows.jsonl")], ""))
    QFileDialog.getExistingDirectory = staticmethod(lambda *words, **more: str(home / "folder"))
    QDesktopServices.openUrl = staticmethod(lambda url: True)


def furnish(home: Path) -> None:
    """Things to drop and to open: good ones, and bad ones."""
    (home / "folder").mkdir()
    (home / "rows.jsonl").write_text('{"prompt": "a", "completion": "b"}\n' * 50, encoding="utf-8")
    (home / "plan.yaml").write_text(
        f"model: /m\ndata: {{train: {home / 'rows.jsonl'}}}\ntraining: {{max_steps: 40}}\n", encoding="utf-8"
    )
    (home / "bad.yaml").write_text("model: [", encoding="utf-8")
    (home / "picture.png").write_bytes(b"\x89PNG\r\n")
    (home / "empty.jsonl").write_bytes(b"")
