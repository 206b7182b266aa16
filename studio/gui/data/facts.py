"""The facts of the data in words: short lines made of a preview, a scan or one row."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from studio.gui.data.cutoff import CutCost
from studio.gui.desktop.sentences import told
from studio.plan.errors import Refusal
from studio.plan.words import share_text

NAMED_PLACES = 3
ROWS_UNFIT = "rows-unlearnable"
Facts = Mapping[str, Any]
translate = QCoreApplication.translate


def counted_rows(count: int) -> str:
    """1 -> "1 row", 2000 -> "2,000 rows"."""
    return translate("Facts", "1 row") if count == 1 else translate("Facts", "{0:,} rows").format(count)


def counted_tokens(count: int) -> str:
    """1 -> "1 token", 2000 -> "2,000 tokens"."""
    return translate("Facts", "1 token") if count == 1 else translate("Facts", "{0:,} tokens").format(count)


def percent(share: float) -> str:
    """0.0308 -> "3.08 %", which no line break parts."""
    return share_text(share).replace(" ", "\u00a0")


def preview_line(preview: Facts) -> str:
    """What the first rows say of the data: "2,000 rows · longest 40 tokens · 1 cut · 25 % learnt · of the first 50"."""
    rows = preview.get("rows", [])
    parts = []
    if preview.get("total_rows") is not None:
        parts.append(counted_rows(preview["total_rows"]))
    if preview.get("longest_tokens"):
        parts.append(translate("Facts", "longest {0:,} tokens").format(preview["longest_tokens"]))
        parts.append(translate("Facts", "{0:,} cut").format(preview.get("truncated_rows", 0)))
    tokens = sum(row.get("tokens") or 0 for row in rows)
    if tokens:
        learnt = percent(round(sum(row.get("trained_tokens") or 0 for row in rows) / tokens, 2))
        parts.append(translate("Facts", "{0} of tokens learnt").format(learnt))
    if parts and preview.get("total_rows", len(rows)) != len(rows):
        parts.append(translate("Facts", "seen in the first {0}").format(len(rows)))
    return " · ".join(parts)


def scan_line(statistics: Facts) -> str:
    """What all rows say: "2,000 rows · longest 40 tokens · 1 cut · 25 % of tokens learnt"."""
    parts = [counted_rows(statistics["rows"]), translate("Facts", "longest {0:,} tokens").format(statistics["longest"])]
    parts.append(translate("Facts", "{0:,} cut").format(statistics["cut_rows"]))
    if statistics["tokens"]:
        learnt = percent(round(statistics["supervised_tokens"] / statistics["tokens"], 2))
        parts.append(translate("Facts", "{0} of tokens learnt").format(learnt))
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
    if count == 1:
        return (
            translate("Facts", "1 row cannot be learnt, left out")
            if skipped
            else translate("Facts", "1 row cannot be learnt")
        )
    left_out, wrong = (
        translate("Facts", "{0:,} rows cannot be learnt, left out"),
        translate("Facts", "{0:,} rows cannot be learnt"),
    )
    return (left_out if skipped else wrong).format(count)


def refusal_of_rows(statistics: Facts, skipped: bool) -> Refusal | None:
    """What keeps a run from starting: rows that cannot be learnt and are not to be left out, or none that can."""
    problems = statistics.get("problems", ())
    if not problems and not skipped and (found := statistics.get("eval_problems")):
        wrong = "1 evaluation row" if found[0]["rows"] == 1 else f"{found[0]['rows']:,} evaluation rows"
        what = f"{wrong} cannot be learnt: {found[0]['what']}"
        return Refusal(ROWS_UNFIT, what, where=found[0]["first"][0][1], now=found[0]["now"], field="data.eval")
    if not problems or (skipped and statistics.get("learnable_rows", 1)):
        return None
    named = [told(str(place)) for _, place in problems[0]["first"][:NAMED_PLACES]]
    more = ", …" if problems[0]["rows"] > len(named) else ""
    rows = "1 row" if bad_rows(statistics) == 1 else f"{bad_rows(statistics):,} rows"
    what = f"{rows} cannot be learnt; most because {problems[0]['what']}"
    if len(problems) == 1:
        what = f"{rows} cannot be learnt: {problems[0]['what']}"
    first = str(problems[0].get("now") or "repair them")
    now = first if skipped else f"{first}, or have them left out in the data window"
    return Refusal(ROWS_UNFIT, what, where=", ".join(named) + more or None, now=now, field="data.train")


def cost_line(cost: CutCost, exact: bool = True) -> str:
    """ "412 rows cut, 3.1 % · 18,200 tokens lost (0.9 %) · 7 rows with nothing left to learn"."""
    if not cost.cut_rows and not cost.emptied:
        return translate("Facts", "No row is cut.")
    about = "{0}" if exact else translate("Facts", "about {0}")
    parts = [
        translate("Facts", "{0} cut, {1}").format(about.format(counted_rows(cost.cut_rows)), percent(cost.row_share)),
        translate("Facts", "{0} lost ({1})").format(
            about.format(counted_tokens(cost.cut_tokens)), percent(cost.token_share)
        ),
    ]
    if cost.emptied:
        parts.append(translate("Facts", "{0} with nothing left to learn").format(counted_rows(cost.emptied)))
    return " · ".join(parts)


def learnt_line(statistics: Facts) -> str:
    """The share of tokens that count in the loss."""
    tokens = statistics["tokens"]
    if not tokens:
        return translate("Facts", "No token is learnt.")
    learnt = statistics["supervised_tokens"]
    words = translate("Facts", "{0:,} of {1:,} tokens are learnt, {2}; the others are read only.")
    return words.format(learnt, tokens, percent(learnt / tokens))


def padding_lines(statistics: Facts, packing: str) -> list[tuple[str, str, bool]]:
    """The ways of packing: in words, how much of a batch is padding then, and whether the plan goes that way."""
    shares, rows, packed = statistics["padding"], statistics["learnable_rows"], statistics["packed_rows"]
    pack = percent(shares["pack"])
    if packed:
        pack = translate("Facts", "{0}, {1:.1f}× fewer rows").format(pack, rows / packed)
    lines = {
        "none": (translate("Facts", "none: as the rows come"), percent(shares["none"])),
        "auto": (translate("Facts", "auto: rows of like length together"), percent(shares["auto"])),
        "pack": (translate("Facts", "pack: several to a row"), pack),
    }
    return [(words, share, way == packing) for way, (words, share) in lines.items()]


def row_line(answer: Facts) -> str:
    """The facts of one row of the lens."""
    parts = [told(str(answer["place"])), counted_tokens(answer["length"])]
    if answer["kept"] != answer["length"]:
        parts.append(translate("Facts", "{0:,} kept").format(answer["kept"]))
    parts.append(translate("Facts", "{0:,} learnt").format(answer["supervised"]))
    if answer["shown"] < answer["length"]:
        parts.append(translate("Facts", "the first {0:,} shown").format(answer["shown"]))
    return " · ".join(parts)


def token_line(index: int, token: Sequence[Any], packed: bool) -> str:
    """What there is to know of one token: id, text, state, special, document, position."""
    number, text, state, special, document, position = token
    states = {
        "trained": translate("Facts", "learnt"),
        "masked": translate("Facts", "read, not learnt"),
        "cut": translate("Facts", "cut away"),
    }
    parts = [translate("Facts", "token {0:,}").format(index + 1), f"id {number:,}", repr(text)]
    if packed:
        parts.append(translate("Facts", "document {0}").format(document + 1))
    parts.append(translate("Facts", "position {0:,}").format(position))
    parts.append(translate("Facts", "{0}, special").format(states[state]) if special else states[state])
    return " · ".join(parts)
