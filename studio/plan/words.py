"""Numbers in words: counts, sizes, times and shares, as short as they stay clear."""


def count_text(count: float) -> str:
    """1180000 -> "1.18 M"."""
    for limit, unit in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(count) >= limit:
            return f"{_three(count / limit)} {unit}"
    return f"{count:,.0f}"


def whole_text(count: float) -> str:
    """1180000 -> "1,180,000"."""
    return f"{count:,.0f}"


def size_text(size_bytes: float) -> str:
    """4700000 -> "4.7 MB", in powers of ten as disks are sold."""
    for limit, unit in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if abs(size_bytes) >= limit:
            value = size_bytes / limit
            return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
    return f"{size_bytes:.0f} B"


def seconds_text(seconds: float) -> str:
    """14 -> "0:14", 3725 -> "1:02:05"."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def about_text(seconds: float) -> str:
    """200 -> "about 3 min", 4500 -> "about 1.3 h"; as exact as such a figure can be."""
    for limit, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 0.95 * limit:
            value = seconds / limit
            exact = value < 2.95 and unit != "min"
            return f"about {value:.1f} {unit}" if exact else f"about {max(1, round(value))} {unit}"
    return f"about {max(1, round(seconds))} s"


def share_text(share: float) -> str:
    """0.0087 -> "0.87 %"."""
    return f"{share * 100:.3g} %"


def _three(value: float) -> str:
    """Three significant digits, trailing zeros dropped."""
    digits = 2 if value < 10 else 1 if value < 100 else 0
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
