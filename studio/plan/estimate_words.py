"""An estimate's figures in words: how long, how sure, and where they come from."""

from studio.plan.estimate import Estimate
from studio.plan.words import about_text, share_text


def time_words(result: Estimate) -> str:
    """About 3 min, within 20 %, corrected by 3 earlier runs; empty where no time is known."""
    if result.seconds_total is None or result.time_error is None:
        return ""
    error = f"within {share_text(result.time_error)}"
    if not result.time_runs:
        return f"{about_text(result.seconds_total)}, rough: no earlier run has shown it"
    return f"{about_text(result.seconds_total)}, {error}, {corrected_words(result.time_runs)}"


def memory_words(result: Estimate) -> str:
    """Where the memory's figures come from, where it is not the formula alone; else empty."""
    sources = {
        "formula": [],
        "measurement": ["from a measurement of this model"],
        "formula of other models": ["rough, since the formula was made for other models"],
    }[result.memory_from]
    if result.memory_runs:
        sources = [*sources, corrected_words(result.memory_runs)]
    return f"Memory: {'; '.join(sources)}." if sources else ""


def corrected_words(runs: int) -> str:
    """By how many runs of this machine a figure was corrected."""
    return f"corrected by {runs} earlier run{'' if runs == 1 else 's'}"
