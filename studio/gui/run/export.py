"""Plots as files: an image of what is seen, or a table of everything that was reported."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from studio.gui.run.series import Column
from studio.runs.atomic import write_bytes

IMAGE_SCALE = 2


def save_csv(path: Path, columns: Mapping[str, Column]) -> None:
    """Columns of equal length with a header line; NaN is an empty cell. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*(_cells(column) for column in columns.values()), strict=True))
    write_bytes(path, text.getvalue().encode("utf-8"))


def save_image(path: Path, widget: QWidget, ground: QColor) -> None:
    """The widget as PNG at twice its size, or as SVG where the name ends so. Raises OSError."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if path.suffix.lower() == ".svg":
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        drawing.setSize(widget.size())
        drawing.setViewBox(widget.rect())
        painter = QPainter(drawing)
        painter.fillRect(widget.rect(), ground)
        widget.render(painter, QPoint())
        painter.end()
    else:
        QImageWriter(buffer, QByteArray(b"PNG")).write(image_of(widget, ground))
    buffer.close()
    write_bytes(path, bytes(data.data()))


def image_of(widget: QWidget, ground: QColor) -> QImage:
    """The widget on its ground, at twice its size."""
    image = QImage(widget.size() * IMAGE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(IMAGE_SCALE)
    image.fill(ground)
    widget.render(image, QPoint())
    return image


def _cells(column: Column) -> list[object]:
    """Whole numbers without a point, NaN as nothing."""
    values = column.tolist()
    if np.isfinite(column).all() and (column == np.floor(column)).all() and (np.abs(column) < 2**53).all():
        return [int(value) for value in values]
    return ["" if value != value else value for value in values]
