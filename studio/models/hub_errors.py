"""What the Hub and the network answer, as sentences."""

import errno

import httpx2
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from studio.plan.errors import Failure, Refusal, StudioError

# Everything that a request to the Hub raises; OSError covers a full disk as well.
HUB_ERRORS = (httpx2.HTTPError, OSError)


def hub_error(model: str, error: Exception) -> StudioError:
    """The refusal (the request was at fault) or failure (the way there was) that an error of the Hub's library stands for."""
    match error:
        case OfflineModeIsEnabled():
            return offline(model)
        case GatedRepoError():
            what = "the model's owner has to grant access first"
            now = "ask for access on its page, then log in with `hf auth login`"
            return _refusal("hub-gated", what, model, now)
        case RevisionNotFoundError():
            return _refusal(
                "hub-no-revision", "the model has no such revision", model, "name a branch, tag or commit it has"
            )
        case DisabledRepoError():
            return _refusal("hub-disabled", "the Hub has disabled this model", model, "choose another model")
        # The Hub says "not found" for private models too, so that it does not give their names away.
        case RepositoryNotFoundError():
            what = "the Hub knows no such model, or it is private"
            return _refusal(
                "hub-not-found", what, model, "check the name; for a private model log in with `hf auth login`"
            )
        case HfHubHTTPError():
            return _answered(model, error.response.status_code, error)
        case httpx2.TransportError():
            host = f" ({error.request.url.host})" if error._request is not None else ""
            return Failure(
                "hub-unreachable",
                f"the connection to the Hub{host} failed or was lost",
                where=model,
                now="check the network and try again; files that are complete are kept",
                field="model",
            )
        case OSError(errno=errno.ENOSPC):
            return disk_full(model, None)
    return Failure(
        "download-failed",
        f"the download failed: {' '.join(str(error).split())[:200] or type(error).__name__}",
        where=model,
        now="try again",
        field="model",
    )


def offline(model: str) -> Refusal:
    """The refusal where HF_HUB_OFFLINE is set."""
    return _refusal(
        "hub-offline",
        "downloads are switched off by HF_HUB_OFFLINE",
        model,
        "unset that variable and start again, or choose a model that is on this machine",
    )


def disk_full(model: str, missing_bytes: int | None) -> StudioError:
    """The error where the cache's disk cannot take the model: before the download (bytes known) or during it."""
    if missing_bytes is None:
        return Failure("disk-full", "the disk is full", where=model, now="free some space and try again", field="model")
    what = f"the model needs {missing_bytes / 1e9:,.1f} GB more than the disk has free"
    return _refusal("disk-full", what, model, "free some space, or move the cache with HF_HOME")


def _answered(model: str, status: int, error: HfHubHTTPError) -> StudioError:
    match status:
        case 401 | 403:
            now = "log in with `hf auth login`, and check that the account may read this model"
            return _refusal("hub-no-access", f"the Hub does not give this model to you (status {status})", model, now)
        case 404:
            return _refusal("hub-not-found", "the Hub has no such model or file", model, "check the name")
        case 429:
            wait = error.response.headers.get("Retry-After", "")
            now = f"try again in {wait} seconds" if wait.isdigit() else "wait some minutes and try again"
            return Failure("hub-busy", "the Hub asks to slow down (status 429)", where=model, now=now, field="model")
    return Failure(
        "hub-failed",
        f"the Hub answered with status {status}",
        where=model,
        now="try again later",
        field="model",
    )


def _refusal(code: str, what: str, model: str, now: str) -> Refusal:
    return Refusal(code, what, where=model, now=now, field="model")
