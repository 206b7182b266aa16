"""Heat colours: a value between 0 and 1 as a colour of viridis or cividis."""

from PySide6.QtGui import QColor

# Every eighth of matplotlib's tables; both rise evenly in lightness, so that they read in grey too.
VIRIDIS = ("#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30", "#FDE725")
CIVIDIS = ("#00224E", "#123570", "#3B496C", "#575D6D", "#707173", "#8A8678", "#A59C74", "#C3B369", "#FEE838")


def heat(value: float, table: tuple[str, ...] = VIRIDIS) -> QColor:
    """The colour of a value; values outside 0 to 1 get the end's colour."""
    place = min(max(value, 0.0), 1.0) * (len(table) - 1)
    low = min(int(place), len(table) - 2)
    return mixed(QColor(table[low]), QColor(table[low + 1]), place - low)


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
