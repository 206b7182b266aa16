import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.gui.flow_layout import FlowLayout


@pytest.fixture
def panel(qtbot):
    widget = QWidget()
    outer = QVBoxLayout(widget)
    outer.setContentsMargins(0, 0, 0, 0)
    row = FlowLayout()
    for text in ("One", "Two", "Three", "Four"):
        row.addWidget(QPushButton(text))
    outer.addLayout(row)
    outer.addStretch(1)
    qtbot.addWidget(widget)
    return widget


def test_buttons_wrap_where_the_width_ends_and_none_is_cut(panel, qtbot):
    buttons = panel.findChildren(QPushButton)
    panel.resize(1000, 300)
    panel.show()
    qtbot.waitExposed(panel)
    assert len({button.y() for button in buttons}) == 1
    panel.resize(buttons[0].sizeHint().width() + buttons[1].sizeHint().width() + 10, 300)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    for button in buttons:
        assert button.width() == button.sizeHint().width()
        assert button.geometry().right() < panel.width()
