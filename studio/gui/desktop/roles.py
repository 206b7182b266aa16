"""Roles of the widgets that we paint ourselves: what a screen reader calls them."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

# By class name, as Qt asks. Without one Qt knows such a widget as a nameless pane.
ROLES = {
    "MatrixGrid": QAccessible.Role.Table,
    "PlotCanvas": QAccessible.Role.Chart,
}


def tell_roles() -> None:
    """Answer Qt's question for an accessible interface where the class is one of ours."""
    QAccessible.installFactory(_interface)


def _interface(class_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    role = ROLES.get(class_name)
    return QAccessibleWidget(widget, role) if role is not None and isinstance(widget, QWidget) else None
