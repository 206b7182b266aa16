"""What the window remembers between two starts: recent files, theme, language, size of cells, plots. Geometry is Qt's own affair."""

import json
from dataclasses import asdict, dataclass, field
from typing import Self

from studio.runs.atomic import write_text
from studio.runs.places import settings_file

LONGEST = 12


@dataclass
class Remembered:
    """Small choices of the user; written at once when one changes."""

    models: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    theme: str = "system"
    language: str = "system"
    toured: bool = False
    zoom: float = 1.0
    all_plots: bool = False

    @classmethod
    def load(cls) -> Self:
        """What was remembered; an unreadable file counts as nothing remembered."""
        try:
            tree = json.loads(settings_file().read_text(encoding="utf-8"))
            made = cls(list(tree["models"]), list(tree["data"]), theme=str(tree["theme"]))
            made.plans = list(tree.get("plans", made.plans))  # a file of an earlier version has none of these
            made.language = str(tree.get("language", made.language))
            made.toured = bool(tree.get("toured", made.toured))
            made.zoom = min(max(float(tree.get("zoom", made.zoom)), 0.01), 100.0)  # nothing that has no logarithm
            made.all_plots = bool(tree.get("all_plots", made.all_plots))
            return made
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def add_model(self, model: str) -> None:
        """Put a model in front of the recent ones."""
        self.models = _in_front(model, self.models)
        self._save()

    def add_data(self, path: str) -> None:
        """Put a data file in front of the recent ones."""
        self.data = _in_front(path, self.data)
        self._save()

    def add_plan(self, path: str) -> None:
        """Put a plan file in front of the recent ones."""
        self.plans = _in_front(path, self.plans)
        self._save()

    def forget_plans(self) -> None:
        """Empty the list of recent plan files."""
        self.plans = []
        self._save()

    def set_theme(self, theme: str) -> None:
        """Remember light, dark, contrast or system."""
        self.theme = theme
        self._save()

    def set_language(self, language: str) -> None:
        """Remember a language's code, or system."""
        self.language = language
        self._save()

    def set_toured(self) -> None:
        """Remember that the tour was shown."""
        self.toured = True
        self._save()

    def set_zoom(self, zoom: float) -> None:
        """Remember how large the cells of the layer matrix are."""
        self.zoom = zoom
        self._save()

    def set_all_plots(self, at_once: bool) -> None:
        """Remember whether every plot is shown at once."""
        self.all_plots = at_once
        self._save()

    def _save(self) -> None:
        settings_file().parent.mkdir(parents=True, exist_ok=True)
        write_text(settings_file(), json.dumps(asdict(self), indent=1, ensure_ascii=False))


def _in_front(item: str, items: list[str]) -> list[str]:
    return [item, *(other for other in items if other != item)][:LONGEST]
