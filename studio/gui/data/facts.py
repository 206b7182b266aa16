"""The facts of the data in words: short lines made of a preview, a scan or one row."""

from collections.abc import Mapping, Sequence
from typing import Any

from studio.gui.data.cutoff import CutCost
from studio.plan.errors import Refusal
from studio.plan.words import share_text

NAMED_PLACES = 3
ROWS_UNFIT = "rows-unlearnable"
Facts = Mapping[str, Any]


def counted(count: int, one: str, many: str | None = None) -> str:
    """1 -> "1 row", 2000 -> "2,000 rows"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """0.0308 -> "3.08 %", which no line break parts."""
    return share_text(share).replace(" ", "\u00a0")


def preview_line(preview: Facts) -> str:
    """What the first rows say of the data: "2,000 rows · longest 40 tokens · 1 cut · 25 % learnt · of the first 50"."""
    rows = preview.get("rows", [])
    parts = []
    if preview.get("total_rows") is not None:
        parts.append(counted(preview["total_rows"], "row"))
    if preview.get("longest_tokens"):
        parts.append(f"longest {preview['longest_tokens']:,} tokens")
        parts.append(f"{preview.get('truncated_rows', 0):,} cut")
    tokens = sum(row.get("tokens") or 0 for row in rows)
    if tokens:
        parts.append(
            f"{percent(round(sum(row.get('trained_tokens') or 0 for row in rows) / tokens, 2))} of tokens learnt"
        )
    if parts and preview.get("total_rows", len(rows)) != len(rows):
        parts.append(f"seen in the first {len(rows)}")
    return " · ".join(parts)


def scan_line(statistics: Facts) -> str:
    """What all rows say: "2,000 rows · longest 40 tokens · 1 cut · 25 % of tokens learnt"."""
    parts = [counted(statistics["rows"], "row"), f"longest {statistics['longest']:,} tokens"]
    parts.append(f"{statistics['cut_rows']:,} cut")
    if statistics["tokens"]:
        parts.append(f"{percent(round(statistics['supervised_tokens'] / statistics['tokens'], 2))} of tokens learnt")
    return " · ".join(parts)


def bad_rows(statistics: Facts) -> int:
    """How many rows cannot be learnt from."""
    return sum(int(problem["rows"]) for problem in statistics.get("problems", ()))


def first_bad_row(statistics: Facts) -> int | None:
    """The first row that cannot be learnt from, as far as rows are named."""
    return min((place[0] for problem in statistics.get("problems", ()) for place in problem["first"]), default=None)


def bad_rows_line(statistics: Facts, skipped: bool) -> str:
    """ "3 rows cannot be learnt" and what becomes of them; empty where all can."""
    count = bad_rows(statistics)
    if not count:
        return ""
    return f"{counted(count, 'row')} cannot be learnt" + (", left out" if skipped else "")


def refusal_of_rows(statistics: Facts, skipped: bool) -> Refusal | None:
    """What keeps a run from starting: rows that cannot be learnt and are not to be left out, or none that can."""
    problems = statistics.get("problems", ())
    if not problems and not skipped and (found := statistics.get("eval_problems")):
        what = f"{counted(found[0]['rows'], 'evaluation row')} cannot be learnt: {found[0]['what']}"
        return Refusal(ROWS_UNFIT, what, where=found[0]["first"][0][1], now=found[0]["now"], field="data.eval")
    if not problems or (skipped and statistics.get("learnable_rows", 1)):
        return None
    named = [str(place) for _, place in problems[0]["first"][:NAMED_PLACES]]
    more = ", …" if problems[0]["rows"] > len(named) else ""
    what = f"{bad_rows_line(statistics, skipped=False)}; most because {problems[0]['what']}"
    if len(problems) == 1:
        what = f"{bad_rows_line(statistics, skipped=False)}: {problems[0]['what']}"
    first = str(problems[0].get("now") or "repair them")
    now = first if skipped else f"{first}, or have them left out in the data window"
    return Refusal(ROWS_UNFIT, what, where=", ".join(named) + more or None, now=now, field="data.train")


def cost_line(cost: CutCost, exact: bool = True) -> str:
    """ "412 rows cut, 3.1 % · 18,200 tokens lost (0.9 %) · 7 rows with nothing left to learn"."""
    if not cost.cut_rows and not cost.emptied:
        return "No row is cut."
    about = "" if exact else "about "
    parts = [
        f"{about}{counted(cost.cut_rows, 'row')} cut, {percent(cost.row_share)}",
        f"{about}{counted(cost.cut_tokens, 'token')} lost ({percent(cost.token_share)})",
    ]
    if cost.emptied:
        parts.append(f"{counted(cost.emptied, 'row')} with nothing left to learn")
    return " · ".join(parts)


def learnt_line(statistics: Facts) -> str:
    """The share of tokens that count in the loss."""
    tokens = statistics["tokens"]
    if not tokens:
        return "No token is learnt."
    learnt = statistics["supervised_tokens"]
    return f"{learnt:,} of {counted(tokens, 'token')} are learnt, {percent(learnt / tokens)}; the others are read only."


def padding_lines(statistics: Facts, packing: str) -> list[tuple[str, str, bool]]:
    """The ways of packing: in words, how much of a batch is padding then, and whether the plan goes that way."""
    shares, rows, packed = statistics["padding"], statistics["learnable_rows"], statistics["packed_rows"]
    fewer = f", {rows / packed:.1f}× fewer rows" if packed else ""
    lines = {
        "none": ("none: as the rows come", percent(shares["none"])),
        "auto": ("auto: rows of like length together", percent(shares["auto"])),
        "pack": ("pack: several to a row", f"{percent(shares['pack'])}{fewer}"),
    }
    return [(words, share, way == packing) for way, (words, share) in lines.items()]


def row_line(answer: Facts) -> str:
    """The facts of one row of the lens."""
    tokens = counted(answer["length"], "token")
    parts = [str(answer["place"]), tokens]
    if answer["kept"] != answer["length"]:
        parts.append(f"{answer['kept']:,} kept")
    parts.append(f"{answer['supervised']:,} learnt")
    if answer["shown"] < answer["length"]:
        parts.append(f"the first {answer['shown']:,} shown")
    return " · ".join(parts)


def token_line(index: int, token: Sequence[Any], packed: bool) -> str:
    """What there is to know of one token: id, text, state, special, document, position."""
    number, text, state, special, document, position = token
    parts = [f"token {index + 1:,}", f"id {number:,}", repr(text)]
    if packed:
        parts.append(f"document {document + 1}")
    parts += [f"position {position:,}", STATES[state] + (", special" if special else "")]
    return " · ".join(parts)


STATES = {"trained": "learnt", "masked": "read, not learnt", "cut": "cut away"}
