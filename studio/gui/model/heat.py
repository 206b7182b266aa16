"""Heat colours: a value between 0 and 1 as a colour of viridis."""

from PySide6.QtGui import QColor

# Every sixteenth of matplotlib's table; it rises evenly in lightness, so that it reads in grey too.
VIRIDIS = (
    "#440154", "#48186A", "#472D7B", "#424086", "#3B528B", "#33638D",
    "#2C728E", "#26828E", "#21918C", "#1F9F88", "#27AD81", "#3EBC74",
    "#5DC863", "#82D34D", "#AADC32", "#D5E21A", "#FDE725",
)  # fmt: skip


def heat(value: float) -> QColor:
    """The colour of a value; values outside 0 to 1 get the end's colour."""
    place = min(max(value, 0.0), 1.0) * (len(VIRIDIS) - 1)
    low = min(int(place), len(VIRIDIS) - 2)
    return mixed(QColor(VIRIDIS[low]), QColor(VIRIDIS[low + 1]), place - low)


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two; `share` of the second."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever has the higher contrast on a colour (WCAG 2 relative luminance)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # 0.179 is where (L + 0.05) / 0.05 and 1.05 / (L + 0.05) are equal.
    return QColor("#000000") if luminance > 0.179 else QColor("#FFFFFF")
